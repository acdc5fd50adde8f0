import type { Added, CommandFailure, LinksAdded } from '../model/commands.ts';
import type { TransferId } from '../model/ids.ts';
import type { PageMedia } from '../model/page-media.ts';
import type { PatienceChoice, Policy } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';

/**
 * Why something the user asked for did not happen. `file-gone`: the browser could not open or show a saved file. `no-log`:
 * the transfer has fetched nothing since the engine started. `no-torrent`: there is no .torrent to save yet, or the browser
 * would not save it.
 */
export type ActionFailure =
  | CommandFailure
  | { readonly code: 'file-gone' }
  | { readonly code: 'no-log' }
  | { readonly code: 'no-torrent' };

export type ActionReply<T> =
  | { readonly ok: true; readonly output: T }
  | { readonly ok: false; readonly failure: ActionFailure };

/** Everything a screen can ask for. Processes pass these in; nothing here rejects, a failure is a reply too. */
export type Actions = {
  /** Adds a magnet link, the address of a .torrent, or an info hash. */
  readonly add: (text: string) => Promise<ActionReply<Added>>;
  /** Adds several links at once, at most `MAX_LINKS_AT_ONCE`. */
  readonly addAll: (urls: readonly string[]) => Promise<ActionReply<LinksAdded>>;
  /** How many links to torrents the page in front has, and adding them. */
  readonly countPageLinks: () => Promise<ActionReply<{ readonly count: number }>>;
  readonly addPageLinks: () => Promise<ActionReply<LinksAdded>>;
  /** The films and the music of the page in front that come with peers, and playing one of them. */
  readonly pageMedia: () => Promise<ActionReply<{ readonly media: readonly PageMedia[] }>>;
  readonly playPageMedia: (fileUrl: string) => Promise<ActionReply<{ readonly id: TransferId | null }>>;
  readonly addFile: (file: File) => Promise<ActionReply<Added>>;
  readonly pause: (id: TransferId) => Promise<ActionReply<null>>;
  readonly resume: (id: TransferId) => Promise<ActionReply<null>>;
  readonly remove: (id: TransferId, deleteData: boolean) => Promise<ActionReply<null>>;
  readonly setPolicy: (id: TransferId, policy: Policy) => Promise<ActionReply<null>>;
  readonly setPatience: (id: TransferId, patience: PatienceChoice) => Promise<ActionReply<null>>;
  /** Saves the flight log of a transfer of this name as a file. */
  readonly saveLog: (id: TransferId, name: string) => Promise<ActionReply<null>>;
  readonly open: (downloadId: number) => Promise<ActionReply<null>>;
  readonly show: (downloadId: number) => Promise<ActionReply<null>>;
  /** Opens the page of those who publish, in a tab. */
  readonly openPublishPage: () => void;
  /** Shows what waits to be added. */
  readonly showAddSheet: () => void;
  readonly setSettings: (change: Partial<Settings>) => Promise<ActionReply<null>>;
};
