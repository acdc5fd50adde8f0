import { EMPTY_LEDGER_VIEW, type LedgerView } from '../../../src/model/ledger.ts';
import type { PageMedia } from '../../../src/model/page-media.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/model/settings.ts';
import type { DeliveryView, TransferView } from '../../../src/model/transfer-view.ts';
import { EVERY_FAILURE, EVERY_PROBLEM } from './every-trouble.ts';
import { MANAGER_SCENES } from './manager-scenes.ts';
import { PLAYER_SCENES } from './player-scenes.ts';
import type { PublishWorld } from './publish-world.ts';
import {
  checkingView,
  doneView,
  failedView,
  GB,
  metadataView,
  pausedView,
  sampleView,
  savingView,
} from './sample-view.ts';
import { SETTINGS_SCENES } from './settings-scenes.ts';
import { MANY_VIEW, SEASON_VIEW, SHADY_VIEW, UNKNOWN_VIEW } from './staged-views.ts';

/** What a picture shows: the data given to a screen, and what the user then does, by the names of buttons and fields. */
export type Scene = {
  readonly screen: 'popup' | 'welcome' | 'publish' | 'add' | 'manager' | 'player' | 'all-settings';
  /** Of the page for publishers: how the servers and files of its world behave. */
  readonly publish?: PublishWorld;
  readonly transfers: readonly TransferView[];
  readonly settings: Settings;
  readonly does: readonly Step[];
  /** Every command is answered as if the engine were gone. */
  readonly isEngineGone: boolean;
  /** What the page remembers of the last time, by name. */
  readonly remembered?: Readonly<Record<string, unknown>>;
  /** Links to torrents on the page in front. */
  readonly pageLinks?: number;
  /** What it offers to play. */
  readonly pageMedia?: readonly PageMedia[];
};

export type Step =
  | { readonly click: string }
  | { readonly focus: string }
  /** One of several, by its words. */
  | { readonly choose: string }
  | { readonly type: string; readonly into: string }
  /** A key, and with which others: `Control+a`. */
  | { readonly press: string }
  | { readonly dragOver: true }
  /** Drops files of these names, and with these sizes in bytes. */
  | { readonly drop: Readonly<Record<string, number>> };

const MANY_SOURCES: LedgerView = {
  offload: 0.68,
  hosts: [
    { host: 'ia902503.us.archive.org', bytes: 0.31 * GB },
    { host: 'ftp.halifax.rwth-aachen.de', bytes: 0.12 * GB },
    { host: 'mirror.example.net', bytes: 0.05 * GB },
  ],
  moreHosts: 2,
  peers: 64,
  hasMorePeers: true,
  vouchedBytes: 0,
  wastedBytes: { duplicate: 1_200_000, 'failed-hash': 524_288, 'thrown-away': 49_152, unwanted: 0 },
};

const SHARING: Settings = { ...DEFAULT_SETTINGS, sharing: 'share', notifyWhenDone: true, sendReports: false };

const FROM_ORIGIN: Partial<TransferView> = {
  verified: { peerBytes: 0, originBytes: 180_000_000, hereBytes: 0 },
  ledger: { ...EMPTY_LEDGER_VIEW, hosts: [{ host: 'cdn.example', bytes: 180_000_000 }] },
  peerBytesPerS: 0,
  peersConnected: 0,
};
/** One origin with the longest kind of name, before and while somebody is served. */
const LONG_HOST: LedgerView = {
  ...EMPTY_LEDGER_VIEW,
  offload: 0.68,
  hosts: [{ host: 'ia902503.us.archive.org', bytes: 0.52 * GB }],
  peers: 5,
};

const popup = (transfers: readonly TransferView[], more: Partial<Scene> = {}): Scene => ({
  screen: 'popup',
  transfers,
  settings: { ...DEFAULT_SETTINGS, sharing: 'download-only', notifyWhenDone: true, sendReports: false },
  does: [],
  isEngineGone: false,
  ...more,
});

/** A transfer that a publisher's link began, with its details open. */
const delivered = (change: Partial<TransferView>, delivery: Partial<DeliveryView>): Scene =>
  popup(
    [
      sampleView(0, {
        name: 'Episode 42.mp4',
        ...change,
        delivery: { host: 'cdn.example', patience: null, alone: null, reportsTo: null, ...delivery },
      }),
    ],
    { settings: { ...SHARING, sendReports: true }, does: [{ click: 'Details' }] },
  );

const add = (transfers: readonly TransferView[], more: Partial<Scene> = {}): Scene =>
  popup(transfers, { screen: 'add', settings: SHARING, ...more });

const busy: readonly TransferView[] = [
  sampleView(0, { uploadBytesPerS: 121_000, uploadedBytes: 12_400_000 }),
  metadataView(1),
  savingView(2),
  checkingView(3),
  pausedView(4),
  failedView(5),
  doneView(6, { isSeeding: true, uploadBytesPerS: 64_000, uploadedBytes: 310_000_000 }),
  doneView(7, { name: 'Sintel.mp4', files: 1, saved: { downloadId: 7, files: 1 }, sizeBytes: 0.68 * GB }),
];

const store: readonly TransferView[] = [
  sampleView(0, { uploadBytesPerS: 121_000, uploadedBytes: 12_400_000 }),
  metadataView(1),
  doneView(2, { isSeeding: true, uploadBytesPerS: 64_000, uploadedBytes: 310_000_000 }),
  pausedView(3),
  doneView(4, { name: 'Sintel.mp4', files: 1, saved: { downloadId: 7, files: 1 }, sizeBytes: 0.68 * GB }),
];

const longNames: readonly TransferView[] = [
  sampleView(0, { name: `${'A very long name that goes on and on '.repeat(6)}(2026) [x265].mkv` }),
  sampleView(1, { name: `${'averylongnamewithoutanyspace_'.repeat(8)}.tar.zst` }),
  sampleView(2, { name: 'ألف ليلة وليلة – المجلد الأول.pdf', sizeBytes: 45 * GB, secondsLeft: 12_345 }),
  sampleView(3, { name: 'שיר השירים — Song of Songs (1977) 日本語版.flac' }),
  sampleView(4, { name: 'invoice\u202efdp.exe' }),
  sampleView(5, { name: '<img src=x onerror=alert(1)> & “quotes”' }),
  doneView(6, { name: `${'Long and done '.repeat(12)}.zip`, isSeeding: true }),
];

const fifty = Array.from({ length: 50 }, (_, nth) => {
  const make = [sampleView, doneView, pausedView, metadataView, savingView][nth % 5] ?? sampleView;
  return make(nth);
});

const CHECK: readonly Step[] = [
  { type: 'https://cdn.example/podcast/ep42.mp4', into: 'Public URL' },
  { click: 'Check and publish' },
];
const FILES = {
  'Holiday in Lisbon (raw).mov': 4_200_000,
  [`${'a long name that goes on and on '.repeat(5)}.zip`]: 700_000,
};
const TRACKER: readonly Step[] = [{ type: 'wss://tracker.example/', into: 'Tracker' }, { click: 'Use it' }];
const SHARED: readonly Step[] = [
  { drop: { 'Holiday in Lisbon (raw).mov': 4_200_000 } },
  ...TRACKER,
  { click: 'Share while I download' },
];

const publish = (world: PublishWorld, does: readonly Step[] = []): Scene =>
  popup([], { screen: 'publish', settings: DEFAULT_SETTINGS, publish: world, does });

/** What its user does in a player; what it shows is in player-scenes.ts under the same name. */
const player = (does: readonly Step[] = [], more: Partial<Scene> = {}): Scene =>
  popup([], { screen: 'player', does, ...more });
const PLAYER_STEPS: Readonly<Record<string, Scene>> = {
  'player-subtitles': player([{ click: 'Subtitles' }, { press: 'ArrowDown' }]),
  'player-many-subtitles': player([
    { click: 'Subtitles' },
    ...Array.from({ length: 6 }, () => ({ press: 'ArrowDown' })),
  ]),
  'player-picture-subtitles': player([{ click: 'Subtitles' }]),
  'player-audio-menu': player([{ click: 'Soundtrack' }]),
  'player-speed': player([{ click: 'Speed: 1×' }]),
  'player-keys': player([{ press: '?' }]),
  'player-nobody': player([{ click: 'Why?' }]),
  'player-lost': player([], { isEngineGone: true }),
};
const players = Object.keys(PLAYER_SCENES).map((name) => [name, PLAYER_STEPS[name] ?? player()] as const);

/** Every state that a screen can be in. The key is the name of the picture. */
export const SCENES: Readonly<Record<string, Scene>> = {
  ...Object.fromEntries(players),
  empty: popup([], { settings: DEFAULT_SETTINGS }),
  one: popup([sampleView(0)]),
  store: popup(store, { settings: SHARING }),
  busy: popup(busy, { settings: SHARING }),
  fifty: popup(fifty),
  'long-names': popup(longNames),
  waiting: popup([
    metadataView(0, { peersConnected: 0, problems: EVERY_PROBLEM['no-browser-source'].slice(0, 1) }),
    sampleView(1, {
      verified: { peerBytes: 0, originBytes: 0, hereBytes: 0 },
      peerBytesPerS: 0,
      originBytesPerS: 0,
      secondsLeft: null,
      peersConnected: 0,
      originsUsable: 0,
      problems: EVERY_PROBLEM['no-peers'].slice(0, 1),
    }),
    sampleView(2, {
      problems: [
        ...EVERY_PROBLEM['names-changed'],
        ...EVERY_PROBLEM['origin-lied'].slice(1),
        ...EVERY_PROBLEM['origin-failed'].slice(2, 3),
        ...EVERY_PROBLEM['peers-silent'].slice(1),
      ],
    }),
  ]),
  failures: popup(
    Object.values(EVERY_FAILURE)
      .flat()
      .map((failure, nth) =>
        failedView(nth, { state: { phase: 'failed', resumeTo: { phase: 'downloading' }, failure } }),
      ),
  ),
  problems: popup(
    Object.values(EVERY_PROBLEM)
      .flat()
      .map((problem, nth) => sampleView(nth, { problems: [problem] })),
  ),
  details: popup(
    [
      sampleView(0, {
        policy: 'spare-origin',
        ledger: { ...MANY_SOURCES, hosts: MANY_SOURCES.hosts.slice(0, 1), moreHosts: 0 },
        uploadBytesPerS: 121_000,
        uploadedBytes: 12_400_000,
      }),
      doneView(1, { policy: 'origins-off', ledger: MANY_SOURCES, isSeeding: true, uploadBytesPerS: 64_000 }),
      metadataView(2, { policy: 'peers-off' }),
    ],
    { settings: SHARING, does: [{ click: 'Details' }] },
  ),
  'details-many': popup([doneView(1, { policy: 'balanced', ledger: MANY_SOURCES, uploadedBytes: 310_000_000 })], {
    settings: SHARING,
    does: [{ click: 'Details' }],
  }),
  delivery: delivered(
    { policy: 'spare-origin' },
    { alone: null, reportsTo: 'edge.example', patience: { withinS: 900 } },
  ),
  'delivery-alone': delivered({ ...FROM_ORIGIN, policy: 'spare-origin' }, { alone: 'not-sharing', reportsTo: null }),
  'delivery-compared': delivered(
    { ...FROM_ORIGIN, policy: 'peers-off' },
    { host: 'cdn.a-publisher-with-a-long-name.example', alone: 'compared', reportsTo: 'edge.example' },
  ),
  uploading: popup(
    [
      doneView(0, { ledger: LONG_HOST, isSeeding: true, peersConnected: 0 }),
      doneView(1, { ledger: LONG_HOST, isSeeding: true, uploadBytesPerS: 64_000, uploadedBytes: 310_000_000 }),
      doneView(2, { ledger: MANY_SOURCES, isSeeding: true, uploadBytesPerS: 12_640_000 }),
      doneView(3, {
        ledger: { ...LONG_HOST, hosts: [{ host: `${'long-name.'.repeat(6)}example.org`, bytes: 0.52 * GB }] },
        verified: { peerBytes: 1.1 * GB, originBytes: 0.52 * GB, hereBytes: 0.3 * GB },
        isSeeding: true,
        uploadBytesPerS: 64_000,
      }),
      sampleView(4, { uploadBytesPerS: 121_000 }),
    ],
    { settings: SHARING },
  ),
  patience: popup(
    [
      sampleView(0, { policy: 'spare-origin' }),
      sampleView(1, { policy: 'spare-origin', patience: '15-minutes', uploadBytesPerS: 121_000 }),
      metadataView(2, { policy: 'spare-origin', patience: '8-hours' }),
      sampleView(3, { policy: 'balanced' }),
    ],
    { settings: SHARING, does: [{ click: 'Details' }] },
  ),
  'policy-refused': popup(store.slice(0, 1), { isEngineGone: true }),
  'page-media': popup(store.slice(0, 2), {
    pageMedia: [
      { kind: 'video', fileUrl: 'https://cdn.example/a.webm', title: 'How rivers find the sea' },
      {
        kind: 'audio',
        fileUrl: 'https://cdn.example/talks/2026-11-20-a-very-long-conversation-about-everything.opus',
        title: '',
      },
    ],
  }),
  'page-links': popup(store.slice(0, 2), { settings: DEFAULT_SETTINGS, pageLinks: 12 }),
  banner: popup(store.slice(0, 2), { settings: DEFAULT_SETTINGS }),
  settings: popup(store, { settings: SHARING, does: [{ click: 'Settings' }] }),
  'settings-refused': popup(store.slice(0, 1), {
    settings: DEFAULT_SETTINGS,
    does: [{ click: 'Help others by sharing?' }, { click: 'Share while I download' }],
    isEngineGone: true,
  }),
  'remove-unfinished': popup(store.slice(0, 1), { does: [{ click: 'Remove' }] }),
  'remove-finished': popup(store.slice(2, 4), { does: [{ click: 'Remove' }] }),
  'remove-refused': popup(store.slice(2, 4), { does: [{ click: 'Remove' }], isEngineGone: true }),
  'own-file': popup(
    [
      doneView(0, {
        name: 'Holiday in Lisbon (raw).mov',
        files: 1,
        saved: null,
        isSeeding: true,
        sizeBytes: 4_200_000,
        verified: { peerBytes: 0, originBytes: 0, hereBytes: 4_200_000 },
      }),
      ...store.slice(2, 3),
    ],
    { settings: SHARING },
  ),
  'add-refused': popup(store.slice(0, 2), {
    does: [
      { type: 'https://example.org/some-page.html', into: 'Magnet link, torrent URL or info hash' },
      { click: 'Add' },
    ],
    isEngineGone: true,
  }),
  'add-empty': popup([], { does: [{ click: 'Add' }] }),
  'engine-gone': popup(store, { does: [{ click: 'Pause' }], isEngineGone: true }),
  focus: popup(store, { does: [{ focus: 'Pause' }] }),
  drop: popup(store, { does: [{ dragOver: true }] }),

  add: add([SEASON_VIEW]),
  'add-shady': add([SHADY_VIEW]),
  'add-many': add([MANY_VIEW]),
  'add-unknown': add([UNKNOWN_VIEW]),
  'add-several': add([SEASON_VIEW, UNKNOWN_VIEW, SHADY_VIEW]),
  'add-none': add([SEASON_VIEW], { does: [{ click: 'None' }] }),
  'add-gone': add([SEASON_VIEW], { does: [{ click: 'Download' }], isEngineGone: true }),
  'add-broken': add([failedView(24, { isStaged: true })]),
  'add-empty-sheet': add([]),
  'waiting-to-choose': popup([SEASON_VIEW, ...store.slice(0, 2)]),
  welcome: popup([], { screen: 'welcome', settings: DEFAULT_SETTINGS }),
  'welcome-again': popup([], { screen: 'welcome', settings: SHARING }),
  'welcome-set': popup([], {
    screen: 'welcome',
    settings: DEFAULT_SETTINGS,
    does: [{ click: 'Share while I download' }],
  }),
  'welcome-refused': popup([], {
    screen: 'welcome',
    settings: DEFAULT_SETTINGS,
    does: [{ click: 'Download only' }],
    isEngineGone: true,
  }),

  ...MANAGER_SCENES,

  'publish-empty': publish('fine'),
  'publish-advanced': publish('fine', [{ click: 'Advanced' }]),
  'publish-refused': publish('fine', [{ type: 'my file', into: 'Public URL' }, { click: 'Check and publish' }]),
  'publish-checking': publish('checking', CHECK),
  'publish-unreachable': publish('unreachable', CHECK),
  'publish-no-ranges': publish('no-ranges', [...CHECK, { click: 'How to fix it' }]),
  'publish-login-page': publish('login-page', CHECK),
  'publish-reading': publish('reading', CHECK),
  'publish-stopped': publish('stopped', CHECK),
  'publish-done': publish('fine', CHECK),
  'publish-done-all': publish('fine', [
    { click: 'Advanced' },
    { type: 'wss://tracker.example/', into: 'Trackers' },
    ...CHECK,
    { click: 'Lines for your server' },
    { click: 'Magnet link' },
  ]),
  'publish-long-name': publish('fine', [
    {
      type: `https://cdn.example/${'a-very-long-folder-name/'.repeat(6)}${'episode-'.repeat(20)}42.mp4`,
      into: 'Public URL',
    },
    { click: 'Check and publish' },
  ]),
  'publish-drop': publish('fine', [{ drop: {} }]),
  'publish-needs-tracker': publish('fine', [{ drop: FILES }]),
  'publish-consent': publish('fine', [{ drop: FILES }, ...TRACKER]),
  'publish-shared': publish('fine', [{ drop: FILES }, ...TRACKER, { click: 'Share while I download' }]),
  'publish-copying': publish('copying', [...SHARED]),
  'publish-share-failed': publish('no-room', [...SHARED]),
  ...SETTINGS_SCENES,
};
