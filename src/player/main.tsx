import { computed } from '@preact/signals';
import type { FileIndex, TransferId } from '../model/ids.ts';
import { showMediaSession } from '../platform/browser/media-session.ts';
import { readPlayerMemory, writePlayerMemory } from '../platform/browser/player-memory.ts';
import { readStoreFile } from '../platform/browser/read-store-file.ts';
import { storeFileUrl } from '../platform/browser/store-blob.ts';
import { connectWhileSeen } from '../platform/webext/connect-while-seen.ts';
import { openDownload, showDownload } from '../platform/webext/downloads-ui.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import type { FaceActions } from '../ui/player/face-actions.ts';
import { type KnownTransfer, PlayerModel } from '../ui/player/player-model.ts';
import { PlayerScreen } from '../ui/player/player-screen.tsx';
import { showScreen } from '../ui/show-screen.ts';
import { TransferListModel } from '../ui/transfer-list-model.ts';
import { sayPlayer } from '../ui/words/player-words.ts';
import { linkToEngine } from './engine-link.ts';
import { PlayerSession } from './player-session.ts';
import { moved } from './texts/moved.ts';
import { textsOfPlayer } from './texts/texts-of-player.ts';
import { untilOpen } from './until-open.ts';

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
let element: HTMLMediaElement | null = null;
const texts = textsOfPlayer({
  state: session.state,
  readStored: (file, startByte, endByte) => readStoreFile(id, `file-${file}`, startByte, endByte),
  playedAtS: () => element?.currentTime ?? 0,
  moved: (signal) => moved(element, signal),
});
void session.open(session.state.value.file);
const list = new TransferListModel();
connectWhileSeen((event) => list.apply(event));

const actions: FaceActions = {
  attach: (media) => {
    element = media;
    session.attach(media);
    session.play();
  },
  play: () => session.play(),
  pause: () => session.pause(),
  chooseAudio: (track) => session.chooseAudio(track),
  openFile: (file) => {
    history.replaceState(null, '', `?${new URLSearchParams({ id, file: String(file) })}`);
    void session.open(file);
  },
  retry: () => void session.open(session.state.value.file),
  openSaved: openDownload,
  showSaved: showDownload,
  readBytes: async (file, startByte, endByte, signal) => {
    await untilOpen(session.state, signal);
    return session.readBytes(file, startByte, endByte, signal);
  },
  followText: (track, onCues, signal) => void texts.follow(track, onCues, signal),
  files: () => sendCommand('transfer.files', { id }),
  resume: () => sendCommand('transfer.resume', { id }),
  download: async (file) => {
    const wished = await sendCommand('transfer.set-files', { id, wishes: [{ files: [file], priority: 'normal' }] });
    return wished.ok ? sendCommand('transfer.resume', { id }) : wished;
  },
  readMemory: readPlayerMemory,
  writeMemory: writePlayerMemory,
  nowMs: () => Date.now(),
  showSession: showMediaSession,
  // Firefox holds our policy (`frame-ancestors`) against frames of our own blobs, too.
  showsPdf: !navigator.pdfViewerEnabled ? 'nowhere' : location.protocol === 'chrome-extension:' ? 'here' : 'in-tab',
};

const transfer = computed<KnownTransfer>(() => {
  if (!list.isKnown.value) return null;
  const row = [...list.rows.value, ...list.staged.value].find((one) => one.id === id);
  return row?.view.value ?? 'gone';
});
const model = new PlayerModel(id, texts.state, transfer, actions);
let isDrawn = false;
showScreen({
  title: () => sayPlayer('product'),
  draw: () => {
    // Another language: the element that plays cannot be drawn anew, so the page begins anew where it was.
    if (isDrawn) location.reload();
    isDrawn = true;
    return <PlayerScreen model={model} />;
  },
  settings: list.settings,
  speak: speakLanguage,
});
