import type { Failure } from '../model/failure.ts';
import type { SaveState } from '../model/host-link.ts';
import type { TransferId } from '../model/ids.ts';
import type { LocalTime } from '../model/limit-in-force.ts';
import type { Settings } from '../model/settings.ts';
import type { WebRtcState } from '../model/web-rtc-state.ts';
import type { Depot } from './store/depot.ts';
import type { Swarm } from './swarm/swarm.ts';
import type { StoredTotals } from './totals/stored-totals.ts';
import type { StoredRecord } from './transfer/stored-record.ts';
import type { TransferRecord } from './transfer/transfer-record.ts';

/** Time, as an argument. */
export type Clock = {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Calls back once after `delayMs`, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back again and again until the returned function is called. */
  every(periodMs: number, callback: () => void): () => void;
};

/** Body of an answer to a request for a .torrent, or why there is none. */
export type FetchedTorrent =
  /** `movedTo`: where it came from in the end, when the address redirected. */
  | { readonly ok: true; readonly bytes: Uint8Array; readonly movedTo?: string }
  | { readonly ok: false; readonly failure: Failure };

/** What was uploaded on one day of the user's calendar (`2026-08-20`). */
export type UploadedDay = { readonly date: string; readonly bytes: number };

/** Where transfers are remembered from one start to the next. Every write is on the disk when it resolves. */
export type Records = {
  all(): Promise<readonly StoredRecord[]>;
  put(record: TransferRecord): Promise<void>;
  remove(id: TransferId): Promise<void>;
  /** The raw info dictionary of a transfer, kept apart because it can be large. */
  info(id: TransferId): Promise<Uint8Array | null>;
  putInfo(id: TransferId, infoBytes: Uint8Array): Promise<void>;
  settings(): Promise<Settings>;
  putSettings(settings: Settings): Promise<void>;
  /** Null when nothing was ever counted. */
  uploadedDay(): Promise<UploadedDay | null>;
  putUploadedDay(day: UploadedDay): Promise<void>;
  /** Bytes by source over all transfers; null when nothing was ever counted. */
  totals(): Promise<StoredTotals | null>;
  putTotals(totals: StoredTotals): Promise<void>;
};

/** Puts files of the store into the user's Downloads folder. */
export type Saver = {
  freeFolder(wanted: string): Promise<string>;
  /** Starts to save one file of the store (`null` for an empty file that was never stored). */
  start(infoHash: string, storeFile: string | null, path: string): Promise<number>;
  state(downloadId: number): Promise<SaveState>;
  delete(downloadId: number): Promise<void>;
  /** Called when a saved file's state changes; returns a function that ends it. */
  onChanged(listener: (downloadId: number, state: SaveState) => void): () => void;
};

/** What the browser knows of its network. */
export type BrowserNetwork = {
  /** False when it is certain that nothing outside this computer can be reached. */
  isOnline(): boolean;
  /** Tries it out, now and then; asked only when somebody wants to know why there are no peers. */
  webRtc(): Promise<WebRtcState>;
};

/** Everything that a host lends to the engine. */
export type EnginePorts = {
  readonly clock: Clock;
  /** The user's own clock and calendar at a moment (milliseconds since 1970). */
  readonly localTimeAt: (ms: number) => LocalTime;
  /** Whether the connection is metered, or data is to be saved; null when the browser does not tell. */
  readonly isMetered: () => boolean | null;
  /** A number from 0 to 1, 1 not included. */
  readonly random: () => number;
  readonly sha1: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly sha256: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** For the few small requests that are not about pieces. */
  readonly fetch: typeof globalThis.fetch;
  /** Fetches a .torrent; with the user's cookies for that site only when the user clicked or typed its address. */
  readonly fetchTorrent: (url: string, withCookies: boolean, signal: AbortSignal) => Promise<FetchedTorrent>;
  readonly network: BrowserNetwork;
  readonly swarm: Swarm;
  readonly depot: Depot;
  readonly records: Records;
  readonly saver: Saver;
  /** A transfer's files are in the Downloads folder: tells the user outside of any screen. `downloadId` opens them. */
  readonly notify: (id: TransferId, name: string, downloadId: number | null) => void;
};
