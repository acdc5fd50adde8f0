import type { Policy } from './policy.ts';
import { DEFAULT_POLICY } from './policy.ts';

/** Whether bytes may leave this computer. Nothing is uploaded before the user has said "share". */
export type Sharing = 'not-asked' | 'share' | 'download-only';

/** Languages that the screens speak; `browser` is the browser's own, or English when it is none of them. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja', 'zh_CN', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];
export type LanguageChoice = Language | 'browser';

/** When other limits hold than always: on these days (0 is Sunday), between these minutes of the day. */
export type LimitSchedule = {
  readonly isOn: boolean;
  readonly days: readonly number[];
  readonly fromMinute: number;
  /** Not after `fromMinute`: until that minute of the next day. */
  readonly toMinute: number;
  readonly downBytesPerS: number | null;
  readonly upBytesPerS: number | null;
};

/** When seeding of a transfer ends; null: never for that reason. */
export type SeedingGoals = {
  readonly ratio: number | null;
  readonly hours: number | null;
  /** Uploads of all transfers within a day of the user's calendar; they go on the next day. */
  readonly dailyUploadBytes: number | null;
};

/** What is done with links in pages of a host and the hosts below it. */
export type SiteRule = { readonly host: string; readonly rule: 'ignore' | 'ask' | 'start' };

/** A server that helps peers to find a way to each other (RFC 8656). */
export type TurnServer = { readonly url: string; readonly username: string; readonly credential: string };

/** What the user has chosen. Kept in the records, read by every process, written by the engine host alone. */
export type Settings = {
  readonly sharing: Sharing;
  readonly notifyWhenDone: boolean;
  /** Whether publishers who ask for it are told how a delivery went (delivery-report.ts). */
  readonly sendReports: boolean;
  /** Whether the add sheet asks before anything starts. */
  readonly askFirst: boolean;
  /** Hosts of pages whose links start at once, whatever `askFirst` says. */
  readonly startAtOnceSites: readonly string[];
  /** Whether ordinary downloads become transfers when their own server names a torrent for them (RFC 6249). */
  readonly hybridDownloads: boolean;
  /** Whether links in public pages may lead to this machine and the local network. */
  readonly allowLocalAddresses: boolean;

  /** Limits of all transfers together; null: none. */
  readonly downBytesPerS: number | null;
  readonly upBytesPerS: number | null;
  readonly schedule: LimitSchedule;
  /** Transfers that fetch pieces at a time; the others wait for their turn. */
  readonly maxRunning: number;
  /** Peers that one transfer is connected with, and peers that it uploads to at a time. */
  readonly maxPeers: number;
  readonly uploadSlots: number;
  readonly goals: SeedingGoals;
  /** Nothing is fetched or uploaded until it is lifted. */
  readonly isAllPaused: boolean;
  /** Slows down while the user's pages load, as far as the browser tells. */
  readonly quietWhileBrowsing: boolean;
  /** Stops on connections that the browser calls metered or asks to save data on. */
  readonly pauseOnMetered: boolean;
  /** What becomes of the store's copy when the files are saved: kept while the user shares, or dropped, or kept. */
  readonly keepCopy: 'while-sharing' | 'never' | 'always';

  /** Trackers that public torrents get when they are added, if `addsTrackers`. */
  readonly extraTrackers: readonly string[];
  readonly addsTrackers: boolean;
  /** Null: the ones that come with Rivulet; empty: none. */
  readonly stunServers: readonly string[] | null;
  readonly turnServers: readonly TurnServer[];
  readonly siteRules: readonly SiteRule[];
  /** What new transfers begin with. */
  readonly policy: Policy;
  readonly language: LanguageChoice;
};

export const DEFAULT_SETTINGS: Settings = {
  sharing: 'not-asked',
  notifyWhenDone: true,
  sendReports: false,
  askFirst: true,
  startAtOnceSites: [],
  hybridDownloads: true,
  allowLocalAddresses: false,
  downBytesPerS: null,
  upBytesPerS: null,
  schedule: {
    isOn: false,
    days: [1, 2, 3, 4, 5],
    fromMinute: 9 * 60,
    toMinute: 18 * 60,
    downBytesPerS: 1_000_000,
    upBytesPerS: 100_000,
  },
  maxRunning: 8,
  maxPeers: 55,
  uploadSlots: 8,
  goals: { ratio: null, hours: null, dailyUploadBytes: null },
  isAllPaused: false,
  quietWhileBrowsing: false,
  pauseOnMetered: false,
  keepCopy: 'while-sharing',
  extraTrackers: [],
  addsTrackers: false,
  stunServers: null,
  turnServers: [],
  siteRules: [],
  policy: DEFAULT_POLICY,
  language: 'browser',
};
