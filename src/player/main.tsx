import { render } from 'preact';
import type { FileIndex, TransferId } from '../model/ids.ts';
import { readStoreFile } from '../platform/browser/read-store-file.ts';
import { storeFileUrl } from '../platform/browser/store-blob.ts';
import { openDownload } from '../platform/webext/downloads-ui.ts';
import type { PlayerActions } from '../ui/player/player-actions.ts';
import { BareScreen } from './bare-screen.tsx';
import { linkToEngine } from './engine-link.ts';
import { PlayerSession } from './player-session.ts';

/** The player: `?id=<transfer>&file=<index>`. It plays a file while it arrives. */
const query = new URLSearchParams(location.search);
const id = (query.get('id') ?? '') as TransferId;
const link = linkToEngine(id, () => void session.known());
const session = new PlayerSession(Number(query.get('file') ?? 0) as FileIndex, {
  link,
  abilities: {
    playsType: (type) => document.createElement('video').canPlayType(type) !== '',
    takesType: (type) => MediaSource.isTypeSupported(type),
  },
  // Firefox has no service worker for pages of extensions.
  hasStreams: 'serviceWorker' in navigator && navigator.serviceWorker !== undefined,
  readStored: readStoreFile,
  wholeUrl: storeFileUrl,
});

const actions: PlayerActions = {
  attach: (media) => session.attach(media),
  play: () => session.play(),
  pause: () => session.pause(),
  chooseAudio: (track) => session.chooseAudio(track),
  openFile: (file) => {
    history.replaceState(null, '', `?${new URLSearchParams({ id, file: String(file) })}`);
    void session.open(file);
  },
  retry: () => void session.open(session.state.value.file),
  openSaved: openDownload,
  readBytes: (file, startByte, endByte, signal) => session.readBytes(file, startByte, endByte, signal),
};

render(<BareScreen view={session.state} actions={actions} />, document.querySelector('#app') as HTMLElement);
session.play();
