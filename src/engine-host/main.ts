import { Engine } from '../engine/engine.ts';
import type { FromDepot, ToDepot } from '../engine/store/depot-protocol.ts';
import { RemoteDepot } from '../engine/store/remote-depot.ts';
import { WebTorrentSwarm } from '../engine/swarm/webtorrent-swarm.ts';
import type { Added, TorrentToSave } from '../model/commands.ts';
import { FROM_OUTSIDE } from '../model/provenance.ts';
import { base64OfBytes } from '../platform/browser/base64-of-bytes.ts';
import { browserClock } from '../platform/browser/clock.ts';
import { writeColdViews } from '../platform/browser/cold-views.ts';
import { fetchTorrent } from '../platform/browser/fetch-torrent.ts';
import { openRecords } from '../platform/browser/records.ts';
import { sha1 } from '../platform/browser/sha1.ts';
import { sha256 } from '../platform/browser/sha256.ts';
import { workerChannel } from '../platform/browser/worker-channel.ts';
import { DELIVERY_LIMIT_MS } from '../platform/webext/time-limits.ts';
import { openHostMessages } from './host-messages.ts';
import { NetworkLeaveKeeper } from './network-leave.ts';
import { provenanceOf } from './provenance-of.ts';
import { saverVia } from './saver.ts';
import { ViewFeed } from './view-feed.ts';

// The one engine. Messages are listened for at once; whoever asks before the records are read waits for `ready`.
const { saver, hear } = saverVia(() => messages);

const leave = openRecords().then(
  (records) => new NetworkLeaveKeeper(records, (input) => messages.request('guard.allow', input)),
);
const ready: Promise<Engine> = startEngine();

const messages = openHostMessages({
  commands: {
    'link.capture': async ({ url }, source) => (await ready).capture(url, provenanceOf(source)),
    'links.capture': async ({ urls }, source) => {
      const engine = await ready;
      const from = provenanceOf(source);
      const added: Added[] = [];
      for (const url of urls) added.push(await engine.capture(url, from)); // in their order, which is the list's
      return { added, leftOut: 0 };
    },
    'link.deliver': async (link, source) => {
      if (source.kind !== 'page') return { way: 'plain' };
      const { pageUrl: url, isApart, isPrivateWindow = false, atMs, isUnasked = false } = source;
      if (isUnasked && !(await ready).settings.hybridDownloads) return { way: 'plain' };
      const clicked = { clickedAtMs: atMs, giveUpAtMs: atMs + DELIVERY_LIMIT_MS };
      return (await ready).deliver(link, { url, isApart, isPrivateWindow, ...clicked });
    },
    'link.open': async ({ text }) => (await ready).addLink(text, FROM_OUTSIDE),
    'transfer.add': async ({ text }) => (await ready).addLink(text),
    'transfer.add-file': async ({ base64 }, source) =>
      (await ready).addTorrent(bytesOfBase64(base64), provenanceOf(source)),
    'transfer.adopt': async ({ base64 }) => (await ready).adopt(bytesOfBase64(base64)),
    'transfer.pause': async ({ id }) => {
      await (await ready).pause(id);
      return null;
    },
    'transfer.resume': async ({ id }) => {
      await (await ready).resume(id);
      return null;
    },
    'transfer.remove': async ({ id, deleteData }) => {
      await (await ready).remove(id, deleteData);
      return null;
    },
    'transfer.set-patience': async ({ id, patience }) => {
      await (await ready).setPatience(id, patience);
      return null;
    },
    'transfer.set-policy': async ({ id, policy }) => {
      await (await ready).setPolicy(id, policy);
      return null;
    },
    'transfer.files': async ({ id }) => ({ files: await (await ready).files(id) }),
    'transfer.accept': async ({ id, isPaused }) => {
      await (await ready).accept(id, isPaused);
      return null;
    },
    'transfer.export-torrent': async ({ id }) => ({ torrent: torrentToSave(await (await ready).torrentOf(id)) }),
    'store.space': async () => ({ freeBytes: await (await ready).freeBytes() }),
    'transfer.set-files': async ({ id, wishes }) => ({ taken: await (await ready).setFiles(id, wishes) }),
    'transfer.export-log': async ({ id }) => ({ text: (await ready).flightLog(id) }),
    'settings.set': async (changes) => {
      const engine = await ready;
      await engine.setSettings(changes);
      messages.broadcast({ type: 'settings', settings: engine.settings });
      return null;
    },
  },
  notices: {
    'save.changed': hear,
    'guard.redirected': async ({ fromUrl, toUrl }) => (await leave).redirected(fromUrl, toUrl),
    'private.closed': async () => (await ready).forgetPrivateWindows(),
  },
  snapshot: async () => {
    const engine = await ready;
    return { type: 'snapshot', transfers: (await feed).all(), settings: engine.settings };
  },
});

const feed: Promise<ViewFeed> = ready.then((engine) => newFeed(engine));

async function startEngine(): Promise<Engine> {
  await navigator.storage.persist().catch(() => false);
  const guard = await leave;
  await guard.begin();
  const worker = new Worker(new URL('./depot-worker.ts', import.meta.url), { type: 'module', name: 'depot' });
  const engine = new Engine(
    {
      clock: browserClock,
      random: Math.random,
      sha1: (bytes) => sha1(bytes as Uint8Array<ArrayBuffer>),
      sha256: (bytes) => sha256(bytes as Uint8Array<ArrayBuffer>),
      fetch: (input, init) => guard.during(addressOf(input), () => fetch(input, init)),
      fetchTorrent: (url, ...how) => guard.during(url, () => fetchTorrent(url, ...how)),
      swarm: new WebTorrentSwarm(),
      depot: new RemoteDepot(workerChannel<ToDepot, FromDepot>(worker)),
      records: guard.records,
      saver,
      notify: (id, name, downloadId) => {
        if (!engine.settings.notifyWhenDone) return;
        const news = { id, title: name, message: 'Saved to your Downloads folder.', downloadId };
        messages.request('user.notify', news).catch(() => undefined);
      },
    },
    (what) => void feed.then((it) => it.changed(what)),
  );
  const privateWindow = await messages.request('private.is-open', null).catch(() => ({ isOpen: false }));
  await engine.start({ hasPrivateWindow: privateWindow.isOpen });
  return engine;
}

async function newFeed(engine: Engine): Promise<ViewFeed> {
  const report = () => void messages.reportActivity(engine.activity()).catch(() => undefined);
  report();
  return new ViewFeed({
    views: () => engine.views(),
    hasScreens: () => messages.hasScreens(),
    isBusy: () => engine.activity().busy,
    broadcast: (event) => messages.broadcast(event),
    write: (transfers) => writeColdViews({ transfers, settings: engine.settings }),
    reportActivity: report,
  });
}

const addressOf = (input: RequestInfo | URL): string => (input instanceof Request ? input.url : String(input));

function torrentToSave(torrent: Uint8Array | string | null): TorrentToSave | null {
  if (torrent === null) return null;
  return typeof torrent === 'string' ? { url: torrent } : { base64: base64OfBytes(torrent) };
}

function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
