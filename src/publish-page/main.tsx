import { effect, signal } from '@preact/signals';
import { infoHashOfDigest } from '../engine/torrent/info-hash.ts';
import { base64Of } from '../model/base64.ts';
import { readColdViews } from '../platform/browser/cold-views.ts';
import { opfsRoot } from '../platform/browser/opfs-root.ts';
import { freeBytes } from '../platform/browser/quota.ts';
import { sha1 as digest } from '../platform/browser/sha1.ts';
import { connectWhileSeen } from '../platform/webext/connect-while-seen.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import { checkServer } from '../publishing/server-check/check-server.ts';
import { kindOfServer, type ServerKind } from '../publishing/server-check/fixes.ts';
import { showScreen } from '../ui/show-screen.ts';
import { TransferListModel } from '../ui/transfer-list-model.ts';
import { AddressModel } from './address-model.ts';
import { clearLeftCopies, withCopyNotes } from './copy-notes.ts';
import { PublishScreen } from './publish-screen.tsx';
import { PUBLISH_WORDS } from './publish-words.ts';
import { readRememberedFields, rememberFields } from './remembered.ts';
import { runJobInWorker } from './run-job.ts';
import { ShareModel } from './share-model.ts';
import { BROWSER_TAKE_AWAY } from './take-away.ts';

/** The page of those who publish. It speaks to servers itself; the engine is told only of files that it shall seed. */
const nowMs = () => performance.now();
const sha1 = (bytes: Uint8Array) => digest(bytes as Uint8Array<ArrayBuffer>);
const infoHashOf = async (infoBytes: Uint8Array) => infoHashOfDigest(await sha1(infoBytes));
// What the engine holds open cannot be removed, and is the engine's then.
const discard = (infoHash: string) =>
  opfsRoot()
    .remove(infoHash)
    .catch((error: unknown) => console.warn('store', String(error)));

const list = new TransferListModel();
const cold = readColdViews();
if (cold !== null) list.showCold(cold);
const viewOf = (id: string) => list.rows.value.find((row) => row.id === id)?.view.value ?? null;
connectWhileSeen((event) => {
  list.apply(event);
  if (event.type === 'snapshot') void clearLeftCopies((infoHash) => viewOf(infoHash) !== null, discard);
});

const fields = signal(readRememberedFields());
effect(() => rememberFields(fields.value));
const kind = signal<ServerKind>('nginx');

const ports = { fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init), nowMs };
const address = new AddressModel(
  {
    checkServer: (url, options) => checkServer(url, { ...options, ports }),
    runJob: runJobInWorker,
    sha1,
    nowMs,
  },
  fields,
);
effect(() => {
  const found = kindOfServer(address.serverName.value);
  if (found !== null) kind.value = found;
});
const shares = new ShareModel({
  runJob: withCopyNotes(runJobInWorker, infoHashOf),
  sha1,
  nowMs,
  freeBytes,
  discard,
  adopt: (torrentBytes) => sendCommand('transfer.adopt', { base64: base64Of(torrentBytes) }),
  inList: viewOf,
  sharing: () => list.settings.value.sharing,
});

showScreen({
  title: () => PUBLISH_WORDS.title,
  draw: () => (
    <PublishScreen
      address={address}
      shares={shares}
      fields={fields}
      kind={kind}
      settings={list.settings}
      setSettings={(change) => sendCommand('settings.set', change)}
      takeAway={BROWSER_TAKE_AWAY}
    />
  ),
  settings: list.settings,
  speak: speakLanguage,
});
