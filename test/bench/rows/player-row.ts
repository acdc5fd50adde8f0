import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import { TransferList } from '../../e2e/transfer-list.ts';
import type { BrowserDriver, Tab } from '../../support/browser-driver.ts';
import type { Lab } from '../../support/lab.ts';
import { type MadeTorrent, makeTorrent } from '../../support/make-torrent.ts';
import { MEDIA_KINDS, mediaPath } from '../../support/media.ts';
import type { OriginServer } from '../../support/origin-server.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { askExtension } from '../ask-extension.ts';
import { pageScriptCode } from '../competitor/build-competitor.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { type PlayerSample, samplePlayer, withPlayerProbe } from '../player-sample.ts';
import { startPayloadServer } from '../servers/start-payload-server.ts';
import type { Workplace } from '../workplace.ts';

const PIECE_LENGTH_BYTES = 262_144;
const LATENCY_MS = 50;
const TIMES_THE_BITRATE = 4;
const PEERS = 3;
const PEER_TIMES_THE_BITRATE = 1.5;
/**
 * What ours is held to against the element of a plain page, which shows what is not checked: ours waits for whole pieces,
 * a third of a second each at this rate. After a jump that is most of the time, so a jump is held to a limit of its own.
 */
const MOST_OF_PLAIN = 2;
const MOST_AFTER_JUMP_MS = 1_500;
const LEAST_OFFLOAD_PERCENT = 80;
/** How long each plays before it jumps; when nothing is measured, and when there is little time. */
const PLAYED_MS = 20_000;
const QUICK_PLAYED_MS = 8_000;
const UNMEASURED_MS = 500;
const KINDS = ['mp4Film', 'webmFilm'] as const;
type Kind = (typeof KINDS)[number];

type Film = {
  readonly kind: Kind;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly rateBytesPerS: number;
};
type Served = {
  readonly torrent: MadeTorrent;
  readonly torrentUrl: string;
  /** The film itself, at its origin. */
  readonly url: string;
  readonly end: () => Promise<void>;
};

/** A film that is watched while it arrives: ours against an element with its address, and against stock webtorrent. */
export function measurePlayer(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, settle } = workplace;
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    await servePages(site);
    const extensionDir = await withPlayerProbe(workplace.ourExtension(name), join(workplace.tempDir, 'playing', name));
    const browser = await lab.browser(name, { extensionDir });
    const list = await TransferList.open(browser);
    const plainBrowser = await lab.browser(name);

    let playedMs = UNMEASURED_MS;
    const measuredMs = options.isQuick ? QUICK_PLAYED_MS : PLAYED_MS;
    const ours = async (film: Film, offload: number[] | null) => {
      const served = await serve(lab, site, film, offload !== null);
      return playOurs(browser, list, served, { offload, playedMs }).finally(served.end);
    };
    const inPage = async (film: Film, page: string, pick: (served: Served) => string) => {
      const served = await serve(lab, site, film, false);
      const tab = await plainBrowser.open(`${site.url}${page}?${pick(served)}`);
      return samplePlayer(plainBrowser, tab, { playedMs }).finally(async () => {
        await plainBrowser.closeTab(tab);
        await served.end();
      });
    };
    const plain = (film: Film) => inPage(film, '/plain.html', ({ url }) => `film=${encodeURIComponent(url)}`);
    const stock = (film: Film) =>
      inPage(film, '/stock.html', ({ torrentUrl }) => `torrent=${encodeURIComponent(torrentUrl)}`);

    const measurements: Measurement[] = [];
    for (const kind of options.isQuick ? KINDS.slice(0, 1) : KINDS) {
      const film = await filmOf(kind);
      const taken = { ours: [] as PlayerSample[], plain: [] as PlayerSample[], stock: [] as PlayerSample[] };
      const spared = { samples: [] as PlayerSample[], offload: [] as number[] };
      const contenders = [
        { name: 'ours', sample: async () => void taken.ours.push(await ours(film, null)) },
        { name: 'plain element', sample: async () => void taken.plain.push(await plain(film)) },
        ...(name === 'chromium'
          ? [{ name: 'stock webtorrent', sample: async () => void taken.stock.push(await stock(film)) }]
          : []),
        { name: 'ours, with peers', sample: async () => void spared.samples.push(await ours(film, spared.offload)) },
      ];
      playedMs = UNMEASURED_MS;
      await interleave(contenders.slice(0, -1), 1, settle); // unmeasured: code is compiled, workers are there
      for (const samples of Object.values(taken)) samples.length = 0;
      playedMs = measuredMs;
      await interleave(contenders, options.repeat, settle);
      const label = kind === 'mp4Film' ? 'MP4, index last' : 'WebM';
      const playedS = measuredMs / 1_000;
      measurements.push(...compared(name, label, taken, playedS), ...withPeers(name, label, spared, playedS));
    }
    return measurements;
  });
}

function compared(
  browser: BrowserName,
  label: string,
  taken: Readonly<Record<'ours' | 'plain' | 'stock', readonly PlayerSample[]>>,
  playedS: number,
): Measurement[] {
  const others = [
    { what: 'plain element', samples: taken.plain, target: { atMost: MOST_OF_PLAIN } },
    { what: 'stock webtorrent', samples: taken.stock, target: { atMost: 1 } },
  ].filter(({ samples }) => samples.length > 0);
  const figures = [
    { name: 'first frame', of: (sample: PlayerSample) => sample.firstFrameMs, isHeld: false },
    { name: 'picture moves', of: (sample: PlayerSample) => sample.movingMs, isHeld: true },
    { name: 'after a jump', of: (sample: PlayerSample) => sample.jumpMs, isHeld: false },
  ];
  const common = { row: 'player', browser } as const;
  const times = figures.flatMap((figure) =>
    others.map(({ what, samples, target }) =>
      measurement({
        ...common,
        case: `${label}: ${figure.name}`,
        unit: 'ms',
        ours: { what: 'ours', samples: taken.ours.map(figure.of) },
        other: { what, samples: samples.map(figure.of) },
        target: figure.isHeld ? target : null,
      }),
    ),
  );
  const stalls = [{ what: 'ours', samples: taken.ours }, ...others].map(({ what, samples }) =>
    measurement({
      ...common,
      case: `${label}: ${playedS} s`,
      unit: 'stalls',
      ours: { what, samples: [Math.max(...samples.map((sample) => sample.stalls))] },
      target: what === 'ours' ? { atMost: 0 } : null,
    }),
  );
  const jumps = { what: 'ours', samples: taken.ours.map(({ jumpMs }) => jumpMs) };
  const limit = { atMost: MOST_AFTER_JUMP_MS };
  const jump = measurement({ ...common, case: `${label}: after a jump`, unit: 'ms', ours: jumps, target: limit });
  return [...times, jump, ...stalls];
}

type Spared = { readonly samples: readonly PlayerSample[]; readonly offload: readonly number[] };

function withPeers(browser: BrowserName, label: string, { samples, offload }: Spared, playedS: number): Measurement[] {
  const common = { row: 'player', browser, case: `${label}: sparing, ${PEERS} peers` } as const;
  const of = (what: string, figure: (sample: PlayerSample) => number) => ({ what, samples: samples.map(figure) });
  const share = { what: 'from peers', samples: offload };
  const stalls = { what: `in ${playedS} s`, samples: [Math.max(...samples.map((sample) => sample.stalls))] };
  return [
    measurement({ ...common, unit: '%', ours: share, target: { atLeast: LEAST_OFFLOAD_PERCENT } }),
    measurement({ ...common, unit: 'stalls', ours: stalls, target: { atMost: 0 } }),
    measurement({ ...common, unit: 'ms', ours: of('picture moves', ({ movingMs }) => movingMs), target: null }),
    measurement({ ...common, unit: 'ms', ours: of('after a jump', ({ jumpMs }) => jumpMs), target: null }),
  ];
}

/**
 * Opens a film that waits to be accepted, of which nothing is there, in the player's page.
 * @param how `offload`: with peers, gets the percent of bytes that they had brought before the jump.
 */
async function playOurs(
  browser: BrowserDriver,
  list: TransferList,
  { torrent, torrentUrl }: Served,
  { offload, playedMs }: { readonly offload: number[] | null; readonly playedMs: number },
): Promise<PlayerSample> {
  const { infoHash } = torrent;
  await askExtension(browser, list.tab, 'transfer.add', { text: torrentUrl });
  const isKnown = async () =>
    (await askExtension<{ files: unknown }>(browser, list.tab, 'transfer.files', { id: infoHash }).catch(() => null))
      ?.files ?? null;
  await waitUntil(isKnown, { what: 'the film to wait for being accepted' });
  if (offload !== null) {
    await askExtension(browser, list.tab, 'transfer.set-policy', { id: infoHash, policy: 'spare-origin' });
  }
  const tab: Tab = await browser.openExtensionPage(`player.html?id=${infoHash}&file=0`);
  const beforeJump = async () => {
    const { peerBytes, originBytes } = await list.until(infoHash, () => true);
    offload?.push((100 * peerBytes) / (peerBytes + originBytes));
  };
  try {
    return await samplePlayer(browser, tab, { playedMs, beforeJump });
  } finally {
    await browser.closeTab(tab);
    await askExtension(browser, list.tab, 'transfer.remove', { id: infoHash, deleteData: true });
    await list.untilGone(infoHash);
  }
}

async function filmOf(kind: Kind): Promise<Film> {
  const file = await mediaPath(kind);
  const bytes = new Uint8Array(readFileSync(file));
  return { kind, file, bytes, rateBytesPerS: bytes.length / MEDIA_KINDS[kind].durationS };
}

/** A torrent of the film that nobody has seen before, at an origin of its own; peers wait at the tracker. */
async function serve(lab: Lab, site: OriginServer, film: Film, hasPeers: boolean): Promise<Served> {
  const { kind, file, bytes } = film;
  const origin = await startPayloadServer({
    rateBytesPerS: film.rateBytesPerS * TIMES_THE_BITRATE,
    contentFile: file,
  });
  const name = `${randomUUID()}.${kind === 'mp4Film' ? 'mp4' : 'webm'}`;
  const url = origin.urlOf(bytes.length, LATENCY_MS, name);
  const announce = hasPeers ? [(await lab.tracker()).wsUrl] : [];
  const torrent = makeTorrent({
    name,
    content: bytes,
    pieceLengthBytes: PIECE_LENGTH_BYTES,
    urlList: [url],
    announce,
  });
  const path = `/${torrent.infoHash}.torrent`;
  site.serve(path, torrent.torrentBytes);
  const peers = hasPeers ? await seed(lab, torrent, film.rateBytesPerS * PEER_TIMES_THE_BITRATE) : [];
  return {
    torrent,
    torrentUrl: `${site.url}${path}`,
    url,
    end: async () => {
      await Promise.all(peers.map((peer) => peer.leave()));
      await origin.close();
      site.remove(path);
    },
  };
}

async function seed(lab: Lab, torrent: MadeTorrent, uploadBytesPerS: number) {
  const [tracker, swarm] = [await lab.tracker(), await lab.swarm()];
  const seeding = { torrent, trackers: [], isTrusted: true, uploadBytesPerS };
  const peers = await Promise.all(Array.from({ length: PEERS }, () => swarm.seed(seeding)));
  await waitUntil(() => tracker.peerCount(torrent.infoHash) === PEERS, { what: `${PEERS} peers at the tracker` });
  return peers;
}

/** The pages that competitors play in. */
async function servePages(site: OriginServer): Promise<void> {
  const script = async (path: string, code: Promise<string>) => site.serve(path, new TextEncoder().encode(await code));
  await script('/probe.js', pageScriptCode('../player-probe.ts'));
  await script('/stock-player.js', pageScriptCode('stock-player.ts'));
  for (const name of ['webtorrent.min.js', 'sw.min.js']) {
    site.serve(
      `/${name}`,
      readFileSync(fileURLToPath(new URL(`../../../node_modules/webtorrent/dist/${name}`, import.meta.url))),
    );
  }
  const page = (body: string) =>
    `<!doctype html><title>Film</title><script type="module" src="/probe.js"></script><body>${body}`;
  site.servePage('/stock.html', page('<script type="module" src="/stock-player.js"></script>'));
  site.servePage(
    '/plain.html',
    page(`<script>
      const film = document.createElement('video');
      Object.assign(film, { muted: true, autoplay: true, src: new URLSearchParams(location.search).get('film') });
      document.body.append(film);
    </script>`),
  );
}
