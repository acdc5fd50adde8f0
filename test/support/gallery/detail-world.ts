import type { FileView } from '../../../src/model/file-view.ts';
import type { FileIndex, OriginUrl, PieceIndex } from '../../../src/model/ids.ts';
import type { OriginHealthView } from '../../../src/model/origin-health-view.ts';
import { PIECE_LOOKS, type PieceRuns } from '../../../src/model/player.ts';
import type {
  Finding,
  LogEntry,
  OriginRow,
  PeerRow,
  SpeedSeries,
  TrackerRow,
  TransferDetails,
} from '../../../src/model/transfer-details.ts';

/** What the engine tells of a transfer in the gallery: each picture changes some of it. */
export type DetailWorld = { readonly details: TransferDetails; readonly files: readonly FileView[] | null };

const MB = 1_000_000;
const NOW_MS = Date.UTC(2026, 7, 20, 12, 30);

const look = (name: (typeof PIECE_LOOKS)[number]): number => PIECE_LOOKS.indexOf(name);

/** Runs as a download leaves them: origins from the front, peers here and there, some asked for. */
export function sampleRuns(count: number): PieceRuns {
  const runs: [number, number][] = [];
  const kinds = ['origin', 'peer', 'mixed', 'peer', 'missing', 'asked', 'missing', 'peer', 'here', 'missing'] as const;
  let left = count;
  for (let nth = 0; left > 0; nth++) {
    const isFront = count - left < count / 3;
    const kind = isFront ? (['origin', 'peer', 'origin', 'mixed'] as const)[nth % 4] : kinds[nth % kinds.length];
    const length = Math.min(1 + ((nth * 7) % 23), left);
    runs.push([look(kind ?? 'missing'), length]);
    left -= length;
  }
  return runs;
}

export const peer = (nth: number, change: Partial<PeerRow> = {}): PeerRow => ({
  id: `${(nth * 7_919).toString(16).padStart(6, 'c')}aa`,
  client: ['WebTorrent 3.0', 'Rivulet 0.1', 'qBittorrent 5.1', 'WebTorrent Desktop 0.24'][nth % 4] ?? '',
  has: nth % 3 === 0 ? 1 : 0.13 * (nth % 8),
  isChokingUs: nth % 4 === 1,
  isChokedByUs: nth % 2 === 0,
  isInteresting: nth % 5 !== 4,
  isInterested: nth % 3 !== 0,
  downBytesPerS: nth % 4 === 1 ? 0 : 1.7 * MB - nth * 210_000,
  upBytesPerS: nth % 3 === 1 ? 48_000 : 0,
  downBytes: 140 * MB - nth * 17 * MB,
  upBytes: nth * 1.3 * MB,
  owedBlocks: 12,
  roundTripMs: nth === 3 ? null : 24 + nth * 31,
  lies: nth === 5 ? 1 : 0,
  ...change,
});

const HEALTH: OriginHealthView = {
  origin: 'https://archive.org/download/bbb/' as OriginUrl,
  host: 'ia902503.us.archive.org',
  mirrorOf: null,
  state: 'usable',
  restsForS: 0,
  dropped: null,
  ignoresRanges: false,
  runningRequests: 2,
  rateBytesPerS: 2.2 * MB,
  rateSpreadBytesPerS: 210_000,
  firstByteMs: 182,
  bestFirstByteMs: 120,
  requests: 46,
  bytes: 180 * MB,
  faults: {},
};

export const origin = (
  url: string,
  change: Partial<OriginHealthView> = {},
  more: Partial<OriginRow> = {},
): OriginRow => ({
  origin: url,
  host: new URL(url).host,
  health: { ...HEALTH, origin: url as OriginUrl, host: new URL(url).host, ...change },
  lastFault: null,
  changedFiles: 0,
  ...more,
});

export const tracker = (url: string, change: Partial<TrackerRow> = {}): TrackerRow => ({
  url,
  kind: 'websocket',
  state: 'working',
  seeds: 12,
  peers: 31,
  lastAnswerAtMs: NOW_MS - 40_000,
  lastError: null,
  isAdded: false,
  ...change,
});

/** Speeds that rise, waver and fall, as on a line at home. */
function series(samples: number, everyS: number): SpeedSeries {
  const wave = (at: number, size: number, bends: number) =>
    Math.max(size * (0.75 + 0.25 * Math.sin((at / samples) * bends)) * Math.min(1, at / (samples / 9)), 0);
  const list = (size: number, bends: number) =>
    Array.from({ length: samples }, (_, at) => wave(at, size, bends) * (0.94 + 0.06 * Math.sin(at * 1.7)));
  return {
    untilMs: NOW_MS,
    everyS,
    fromPeers: list(4.1 * MB, 21),
    fromOrigins: list(2.2 * MB, 13),
    uploaded: list(0.6 * MB, 9),
  };
}

const LOG: readonly LogEntry[] = [
  { atMs: NOW_MS - 300_000, what: 'added' },
  { atMs: NOW_MS - 299_000, what: 'metadata' },
  { atMs: NOW_MS - 298_500, what: 'started' },
  { atMs: NOW_MS - 298_000, what: 'tracker-working', host: 'tracker.example' },
  { atMs: NOW_MS - 297_000, what: 'peer-joined', peer: 'c1eefaa', name: 'WebTorrent c1eef' },
  { atMs: NOW_MS - 240_000, what: 'tracker-failing', host: 'tracker.gone.example' },
  { atMs: NOW_MS - 200_000, what: 'origin-fault', host: 'mirror.example.net', fault: 'busy', status: 503 },
  { atMs: NOW_MS - 180_000, what: 'piece-failed', piece: 812 as PieceIndex },
  { atMs: NOW_MS - 179_000, what: 'peer-lied', peer: 'c1eefaa', name: 'WebTorrent c1eef' },
  { atMs: NOW_MS - 120_000, what: 'paused' },
  { atMs: NOW_MS - 110_000, what: 'resumed' },
  { atMs: NOW_MS - 20_000, what: 'peer-left', peer: 'c1eefaa', name: 'WebTorrent c1eef' },
];

export const DETAILS: TransferDetails = {
  sources: {
    peers: Array.from({ length: 6 }, (_, nth) => peer(nth)),
    origins: [
      origin('https://archive.org/download/bbb/'),
      origin(
        'https://mirror.example.net/films/',
        { state: 'resting', restsForS: 44, runningRequests: 0, bytes: 3 * MB },
        {
          lastFault: { fault: 'busy', status: 503 },
        },
      ),
      { origin: 'https://late.example.org/', host: 'late.example.org', health: null, lastFault: null, changedFiles: 0 },
    ],
    trackers: [
      tracker('wss://tracker.example/'),
      tracker('wss://tracker.gone.example/', {
        state: 'failing',
        seeds: null,
        peers: null,
        lastAnswerAtMs: null,
        lastError: { code: 'unreachable' },
      }),
      tracker('udp://tracker.opentrackr.org:1337/announce', {
        kind: 'udp',
        state: 'not-in-browsers',
        seeds: null,
        peers: null,
        lastAnswerAtMs: null,
      }),
    ],
  },
  pieces: { count: 1_145, lengthBytes: 1_048_576, runs: sampleRuns(1_145), rarestCopies: 2 },
  speeds: { recent: series(300, 1), day: series(90, 60) },
  log: LOG,
  ledger: {
    verified: { peerBytes: 420 * MB, originBytes: 180 * MB, hereBytes: 0 },
    offload: 0.7,
    hosts: [
      { host: 'ia902503.us.archive.org', bytes: 177 * MB },
      { host: 'mirror.example.net', bytes: 3 * MB },
    ],
    peers: Array.from({ length: 9 }, (_, nth) => ({
      name: `WebTorrent ${(nth * 7_919).toString(16)}`,
      bytes: (9 - nth) * 9 * MB,
    })),
    otherHostsBytes: 0,
    otherPeersBytes: 15 * MB,
    uploadedBytes: 12.4 * MB,
    vouchedBytes: 300_000,
    wastedBytes: { duplicate: 1_200_000, 'failed-hash': 524_288, 'thrown-away': 49_152, unwanted: 6_100 },
  },
  diagnosis: [{ code: 'all-well', boundBy: 'peers' }],
};

export const TROUBLE: readonly Finding[] = [
  { code: 'trackers-dead', dead: 1, of: 1 },
  { code: 'no-browser-trackers', udp: 2, http: 1 },
  { code: 'no-sources' },
];

const file = (
  index: number,
  path: readonly string[],
  lengthBytes: number,
  change: Partial<FileView> = {},
): FileView => ({
  index: index as FileIndex,
  path,
  lengthBytes,
  priority: 'normal',
  hereBytes: 0,
  isSaved: false,
  ...change,
});

export const FILES: readonly FileView[] = [
  file(0, ['Film', 'Big Buck Bunny.mp4'], 691 * MB, { hereBytes: 691 * MB }),
  file(1, ['Film', 'Big Buck Bunny (commentary by those who made it, recorded live in Amsterdam).mp4'], 305 * MB, {
    priority: 'first',
    hereBytes: 120 * MB,
  }),
  file(2, ['Film', 'poster.jpg'], 1.2 * MB, { hereBytes: 1.2 * MB, isSaved: true, downloadId: 3 }),
  file(3, ['Extras', 'Making of.webm'], 180 * MB, { hereBytes: 22 * MB }),
  file(4, ['Extras', 'Subtitles', 'en.srt'], 48_000, { priority: 'skip' }),
  file(5, ['Extras', 'Subtitles', 'עברית.srt'], 52_000),
  file(6, ['readme.txt'], 1_024, { hereBytes: 1_024 }),
];

export const manyFiles = (count: number): readonly FileView[] =>
  Array.from({ length: count }, (_, nth) =>
    file(nth, [`Folder ${Math.floor(nth / 500)}`, `Track ${nth}.flac`], 20_000 + nth, {
      hereBytes: nth % 3 === 0 ? 20_000 + nth : 0,
    }),
  );

export const WORLD: DetailWorld = { details: DETAILS, files: FILES };
