import type { FileView } from '../../../src/model/file-view.ts';
import type { FileIndex } from '../../../src/model/ids.ts';
import { PIECE_LOOKS, type PieceLook, type PieceRuns } from '../../../src/model/player.ts';
import type { PlayerPhase, PlayerState, PlayerText } from '../../../src/model/player-view.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import type { Remembered } from '../../../src/ui/player/remembered.ts';
import { EVERY_PROBLEM } from './every-trouble.ts';
import { pausedView, sampleView } from './sample-view.ts';

const MB = 1_000_000;

/** What a player's page is given: the word of the feed, the list, the element, and what is in the files. */
export type PlayerScene = {
  readonly state: PlayerState;
  readonly transfer: TransferView | 'gone' | null;
  readonly files: readonly FileView[];
  /** What the media element says; without it there is nothing in it yet. */
  readonly media: { readonly timeS: number; readonly durationS: number; readonly bufferedS: number } | null;
  readonly memory: Partial<Remembered>;
  readonly isRightToLeft?: boolean;
  readonly showsPdf?: 'nowhere';
};

const file = (index: number, path: string, lengthBytes: number, hereBytes = 0): FileView => ({
  index: index as FileIndex,
  path: path.split('/'),
  lengthBytes,
  priority: 'normal',
  hereBytes,
  isSaved: false,
});

const FILM = [file(0, 'Big Buck Bunny (2008) 1080p.mp4', 1200 * MB, 600 * MB)];
export const SEASON_FILES = [
  file(0, 'Season 1/Episode 1 – The River.mkv', 480 * MB, 480 * MB),
  file(1, 'Season 1/Episode 2 – The Rapids.mkv', 512 * MB, 290 * MB),
  file(2, 'Season 1/Episode 3 – The Mouth.mkv', 498 * MB),
  file(3, 'Season 1/Episode 2 – The Rapids.de.srt', 84_000, 84_000),
  file(4, 'Season 1/Episode 2 – The Rapids.en.sdh.srt', 91_000, 91_000),
  file(5, 'Season 1/Episode 2 – The Rapids.pt-BR.srt', 88_000, 88_000),
  file(6, 'Season 1/cover.svg', 1_200, 1_200),
  file(7, 'Season 1/booklet.pdf', 2 * MB, 2 * MB),
  file(8, 'Season 1/about.txt', 900, 900),
  file(9, 'Season 1/Soundtrack/01 Headwater.flac', 31 * MB, 31 * MB),
];

const runs = (...parts: readonly (readonly [PieceLook, number])[]): PieceRuns =>
  parts.map(([look, count]) => [PIECE_LOOKS.indexOf(look), count] as const);

const ARRIVED = runs(
  ['peer', 190],
  ['origin', 60],
  ['mixed', 14],
  ['peer', 130],
  ['here', 40],
  ['peer', 60],
  ['asked', 24],
  ['missing', 190],
  ['origin', 80],
  ['asked', 12],
  ['missing', 300],
  ['peer', 45],
);

function state(files: readonly FileView[], at: number, change: Partial<PlayerState> = {}): PlayerState {
  const chosen = files[at];
  if (chosen === undefined) throw new Error('the scene has no such file');
  return {
    phase: { phase: 'playable' },
    wantsToPlay: true,
    file: chosen.index,
    path: chosen.path,
    lengthBytes: chosen.lengthBytes,
    pieceLengthBytes: chosen.lengthBytes / 1145,
    leadBytes: 0,
    durationS: 596,
    hasVideo: true,
    muteCodec: null,
    audio: [],
    text: [],
    hasUnreadableText: false,
    told: {
      isKnown: true,
      pieces: ARRIVED,
      peerBytesPerS: 4.1 * MB,
      originBytesPerS: 2.2 * MB,
      atHandBytesPerS: 6.3 * MB,
      peersConnected: 5,
    },
    playlist: files.map(({ index, path, lengthBytes }) => ({ file: index, path, lengthBytes })),
    ...change,
  };
}

const PLAYING = { timeS: 204, durationS: 596, bufferedS: 262 };

const film = (change: Partial<PlayerState> = {}, more: Partial<PlayerScene> = {}): PlayerScene => ({
  state: state(FILM, 0, change),
  transfer: sampleView(0),
  files: FILM,
  media: PLAYING,
  memory: {},
  ...more,
});

const before = (phase: PlayerPhase, more: Partial<PlayerScene> = {}, change: Partial<PlayerState> = {}): PlayerScene =>
  film({ phase, durationS: null, told: null, ...change }, { media: null, ...more });

const season = (at: number, change: Partial<PlayerState> = {}, more: Partial<PlayerScene> = {}): PlayerScene => ({
  state: state(SEASON_FILES, at, {
    audio: [
      { id: 1, language: 'en', name: null, codec: 'AAC', isChosen: true },
      { id: 2, language: 'de', name: 'Kommentar', codec: 'AAC', isChosen: false },
      { id: 3, language: null, name: null, codec: 'AC-3', isChosen: false },
    ],
    ...change,
  }),
  transfer: sampleView(0, { name: 'A series in the public domain', files: SEASON_FILES.length }),
  files: SEASON_FILES,
  media: PLAYING,
  memory: {
    files: {
      [`${'0'.repeat(40)}/0`]: { timeS: 590, durationS: 596, atMs: 1, isDone: true },
      [`${'0'.repeat(40)}/2`]: { timeS: 210, durationS: 596, atMs: 2, isDone: false },
    },
  },
  ...more,
});

/** As many films have it that were made for everybody. */
const TEXTS: readonly PlayerText[] = [
  ...['en', 'en', 'de', 'fr', 'es-419', 'es', 'pt-BR', 'it', 'pl', 'tr', 'ar', 'he', 'ja', 'ko', 'zh-Hans', 'zh-Hant'],
  null,
].map((language, at) => ({
  id: at + 3,
  language,
  name: at === 1 ? 'SDH' : at === 3 ? `Commentaire ${'de la réalisatrice '.repeat(4)}` : null,
  codec: 'SRT',
  isDefault: at === 0,
  kind: at === 1 ? 'described' : at === 2 ? 'forced' : 'all',
}));

const NO_BYTES = {
  isKnown: true,
  pieces: runs(['missing', 1145]),
  peerBytesPerS: 0,
  originBytesPerS: 0,
  atHandBytesPerS: 0,
  peersConnected: 0,
};
const UNPLAYABLE: PlayerPhase = { phase: 'unplayable', what: 'container', container: null, codecs: [] };
const LONG = [
  file(0, `${'A film with a name that does not end '.repeat(5)}(2026) [x265].mkv`, 52_000 * MB),
  file(1, `${'averylongnamewithoutanyspace_'.repeat(8)}.mkv`, 900 * MB),
  file(2, 'ألف ليلة وليلة – الحلقة الأولى.mkv', 700 * MB, 700 * MB),
  file(3, 'invoice\u202efdp.txt', 900),
];

/** Every state of the player's page. */
export const PLAYER_SCENES: Readonly<Record<string, PlayerScene>> = {
  'player-film': film(),
  'player-paused': film({ wantsToPlay: false }),
  'player-season': season(1),
  'player-subtitles': season(1),
  'player-many-subtitles': season(1, { text: TEXTS }),
  'player-picture-subtitles': film({ hasUnreadableText: true }),
  'player-no-sound': film({ muteCodec: 'TrueHD' }),
  'player-audio-menu': season(1),
  'player-speed': season(1),
  'player-keys': season(1),
  'player-continue': season(
    1,
    { wantsToPlay: false },
    {
      memory: { files: { [`${'0'.repeat(40)}/1`]: { timeS: 354, durationS: 596, atMs: 1, isDone: false } } },
    },
  ),
  'player-sound': season(
    9,
    { hasVideo: false, audio: [], durationS: 254 },
    { media: { timeS: 31, durationS: 254, bufferedS: 254 } },
  ),
  'player-image': season(6, { phase: UNPLAYABLE, told: null }),
  'player-text': season(8, { phase: UNPLAYABLE, told: null }),
  'player-pdf': season(7, { phase: UNPLAYABLE, told: null }),
  'player-pdf-nowhere': season(7, { phase: UNPLAYABLE, told: null }, { showsPdf: 'nowhere' }),
  'player-opening': before({ phase: 'opening' }, {}, { path: [], playlist: [] }),
  'player-finding': before({ phase: 'finding' }, { files: [] }, { path: [], playlist: [] }),
  'player-filling': film({ phase: { phase: 'filling', readyPart: 0.34 } }, { media: null }),
  'player-nobody': film(
    { phase: { phase: 'filling', readyPart: 0 }, told: NO_BYTES },
    {
      media: null,
      transfer: sampleView(0, { peersConnected: 0, originsUsable: 0, problems: EVERY_PROBLEM['no-peers'].slice(0, 1) }),
    },
  ),
  'player-buffering': film({}, { media: { ...PLAYING, bufferedS: PLAYING.timeS } }),
  'player-whole-first': before({ phase: 'whole-first', hereBytes: 61 * MB, lengthBytes: 1200 * MB }),
  'player-transfer-paused': before({ phase: 'stopped', failure: null }, { transfer: pausedView(0) }),
  'player-unplayable': season(
    1,
    {
      phase: { phase: 'unplayable', what: 'video', container: 'MKV', codecs: ['HEVC'] },
      durationS: null,
    },
    { media: null },
  ),
  'player-gone': before({ phase: 'stopped', failure: null }, { transfer: 'gone', files: [] }),
  'player-lost': before({ phase: 'filling', readyPart: 0.2 }),
  'player-saved': before({ phase: 'saved', downloadId: 7 }),
  'player-full': before({
    phase: 'stopped',
    failure: { code: 'disk-full', neededBytes: 84_000 * MB, freeBytes: 31_500 * MB },
  }),
  'player-long-names': {
    ...season(1),
    state: state(LONG, 0, { phase: { phase: 'filling', readyPart: 0.02 } }),
    transfer: sampleView(0, { name: `Holiday ${'with a very long name '.repeat(5)}` }),
    files: LONG,
    media: null,
    memory: {},
  },
  'player-rtl': { ...season(1), isRightToLeft: true },
};
