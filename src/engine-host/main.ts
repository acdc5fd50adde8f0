import { Engine } from '../engine/engine.ts';
import type { FromDepot, ToDepot } from '../engine/store/depot-protocol.ts';
import { RemoteDepot } from '../engine/store/remote-depot.ts';
import { WebTorrentSwarm } from '../engine/swarm/webtorrent-swarm.ts';
import { linksOfRedirect } from '../engine/transfer/links-of-redirect.ts';
import { PLAYER_PORT } from '../model/player.ts';
import type { ScreenMessage } from '../model/screen-events.ts';
import type { Settings } from '../model/settings.ts';
import { browserNetwork } from '../platform/browser/browser-network.ts';
import { browserClock } from '../platform/browser/clock.ts';
import { readColdViews, writeColdViews } from '../platform/browser/cold-views.ts';
import { fetchTorrent } from '../platform/browser/fetch-torrent.ts';
import { localTimeAt } from '../platform/browser/local-time.ts';
import { isMetered } from '../platform/browser/metered.ts';
import { openRecords } from '../platform/browser/records.ts';
import { sha1 } from '../platform/browser/sha1.ts';
import { sha256 } from '../platform/browser/sha256.ts';
import { workerChannel } from '../platform/browser/worker-channel.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { listenForPages } from '../platform/webext/screen-ports.ts';
import { coreCommands } from './core-commands.ts';
import { dataCommands } from './data-commands.ts';
import { detailCommands } from './detail-commands.ts';
import { openHostMessages } from './host-messages.ts';
import { savedWords } from './host-words.ts';
import { limitCommands } from './limit-commands.ts';
import { listCommands } from './list-commands.ts';
import { NetworkLeaveKeeper } from './network-leave.ts';
import { playerSide } from './player-commands.ts';
import { saverVia } from './saver.ts';
import { ViewFeed, type ViewFeedPorts, type ViewPart } from './view-feed.ts';

// The one engine. Messages are listened for at once; whoever asks before the records are read waits for `ready`.
const { saver, hear } = saverVia(() => messages);

const leave = openRecords().then(
  (records) => new NetworkLeaveKeeper(records, (input) => messages.request('guard.allow', input)),
);
const ready: Promise<Engine> = startEngine();

const players = playerSide(ready);
listenForPages(PLAYER_PORT, players);

const messages = openHostMessages({
  commands: {
    ...coreCommands(ready, tellSettings),
    ...limitCommands(ready),
    ...players.commands,
    ...dataCommands(ready, tellSettings),
    ...detailCommands(ready),
    ...listCommands(ready),
  },
  notices: {
    'save.changed': hear,
    'guard.redirected': async ({ fromUrl, toUrl }) => (await leave).redirected(fromUrl, toUrl),
    'origin.linked': async ({ url, link }) => linksOfRedirect((await ready).transfers, url, link),
    'page.loads': async () => (await ready).limits.pageLoads(),
    'private.closed': async () => (await ready).forgetPrivateWindows(),
  },
  snapshot: async ({ first }) => partsOf(await ready, (await feed).parts(first)),
  said: ({ first }) => void feed.then((it) => it.shownFirst(first)),
});

const feed: Promise<ViewFeed> = ready.then((engine) => newFeed(engine));

function tellSettings(settings: Settings): void {
  messages.broadcast({ type: 'settings', settings });
}

async function startEngine(): Promise<Engine> {
  await navigator.storage.persist().catch(() => false);
  const guard = await leave;
  await guard.begin();
  const worker = new Worker(new URL('./depot-worker.ts', import.meta.url), { type: 'module', name: 'depot' });
  const engine = new Engine(
    {
      clock: browserClock,
      random: Math.random,
      localTimeAt,
      isMetered,
      sha1: (bytes) => sha1(bytes as Uint8Array<ArrayBuffer>),
      sha256: (bytes) => sha256(bytes as Uint8Array<ArrayBuffer>),
      fetch: (input, init) => guard.during(addressOf(input), () => fetch(input, init)),
      fetchTorrent: (url, ...how) => guard.during(url, () => fetchTorrent(url, ...how)),
      network: browserNetwork,
      swarm: new WebTorrentSwarm(),
      depot: new RemoteDepot(workerChannel<ToDepot, FromDepot>(worker), browserClock),
      records: guard.records,
      saver,
      notify: (id, name, downloadId) => {
        if (!engine.settings.notifyWhenDone) return;
        void speakLanguage(engine.settings.language)
          .then(() => messages.request('user.notify', { id, title: name, message: savedWords(), downloadId }))
          .catch(() => undefined);
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
  const ports: ViewFeedPorts = {
    views: () => engine.views(),
    facts: () => engine.limits.engineFacts,
    hasScreens: () => messages.hasScreens(),
    isBusy: () => engine.activity().busy,
    broadcast: (event) => messages.broadcast(event),
    write: (transfers, first) => writeColdViews(transfers, first, engine.settings),
    reportActivity: report,
  };
  return new ViewFeed(ports, readColdViews()?.first.map(({ id }) => id) ?? []);
}

/** The settings and what holds for all go with each part, as they are when it is taken. */
function* partsOf(engine: Engine, parts: Iterable<ViewPart>): Generator<ScreenMessage, void> {
  for (const { transfers, rest } of parts) {
    const all = { transfers, settings: engine.settings, engine: engine.limits.engineFacts };
    yield rest === 0 ? { ...all, type: 'snapshot' } : { ...all, type: 'part', rest };
  }
}

const addressOf = (input: RequestInfo | URL): string => (input instanceof Request ? input.url : String(input));
