import type { DataCommands } from './commands/data-commands.ts';
import type { DetailCommands } from './commands/detail-commands.ts';
import type { LimitCommands } from './commands/limit-commands.ts';
import type { ListCommands } from './commands/list-commands.ts';
import type { MediaCommands } from './commands/media-commands.ts';
import type { PlayerCommands } from './commands/player-commands.ts';
import type { Failure } from './failure.ts';
import type { FileView, FileWish } from './file-view.ts';
import type { TransferId } from './ids.ts';
import type { PatienceChoice, Policy } from './policy.ts';
import type { Delivered, PublishedLink } from './published-link.ts';
import type { Settings } from './settings.ts';

/** What became of something that was added: the entry in the list, and whether it was there before. */
export type Added = {
  readonly id: TransferId;
  readonly wasThere: boolean;
  /** It waits for the user to say which files, and when. */
  readonly isStaged: boolean;
};

/** A .torrent that the user wants as a file: its bytes, or where the browser can download it. */
export type TorrentToSave = { readonly base64: string } | { readonly url: string };

/** What became of several links that were added at once. Those that cannot be read are in the list too, and say why. */
export type LinksAdded = {
  readonly added: readonly Added[];
  /** Links beyond the most that are taken at once. */
  readonly leftOut: number;
};

/** Who a message comes from, as the browser says: a page of ours, or the content script in somebody's page. */
export type Sender = 'ui' | 'page';

/** What everybody needs: adding, starting, stopping, choosing. */
export type CoreCommands = {
  /** A trusted click on a magnet or .torrent link in a page. */
  'link.capture': { input: { readonly url: string }; output: Added; sentBy: 'page' };
  /** A trusted click on a link beside which its publisher named a torrent (publisher-link.ts). */
  'link.deliver': { input: PublishedLink; output: Delivered; sentBy: 'page' };
  /** The user points at a link of ours: whether links of this page are to be left to the browser (`siteRules`). */
  'page.is-left': { input: null; output: { readonly isLeft: boolean }; sentBy: 'page' };
  /** Several links at once: pasted, dropped, from a selection, or all of a page. At most `MAX_LINKS_AT_ONCE`. */
  'links.capture': { input: { readonly urls: readonly string[] }; output: LinksAdded; sentBy: 'ui' };
  /** How many links to torrents the page in front has, in all of its frames. */
  'page.links': { input: null; output: { readonly count: number }; sentBy: 'ui' };
  /** Adds them. They count as links of that page, not as the user's own. */
  'page.add-links': { input: null; output: LinksAdded; sentBy: 'ui' };
  /** A magnet link, the address of a .torrent, or an info hash, typed or pasted. */
  'transfer.add': { input: { readonly text: string }; output: Added; sentBy: 'ui' };
  /** A link that another program, or the browser for a magnet link, opened our page with: the user is always asked. */
  'link.open': { input: { readonly text: string }; output: Added; sentBy: 'ui' };
  /** A .torrent file that was dropped or picked; messages carry JSON only, hence base64. */
  'transfer.add-file': { input: { readonly name: string; readonly base64: string }; output: Added; sentBy: 'ui' };
  /**
   * A .torrent of one file whose bytes a page of ours has put into the store already, with their journal: it is seeded
   * from there at once, and nothing is saved to the Downloads folder, where its user did not want a second copy.
   */
  'transfer.adopt': { input: { readonly base64: string }; output: Added; sentBy: 'ui' };
  'transfer.pause': { input: { readonly id: TransferId }; output: null; sentBy: 'ui' };
  'transfer.resume': { input: { readonly id: TransferId }; output: null; sentBy: 'ui' };
  /**
   * Takes a transfer off the list. With `deleteData` everything that arrived is deleted, also from the Downloads
   * folder; without it saved files stay, and verified pieces of an unfinished one stay for the next time it is added.
   */
  'transfer.remove': {
    input: { readonly id: TransferId; readonly deleteData: boolean };
    output: null;
    sentBy: 'ui';
  };
  /** Takes hold at once, also for what runs and for an entry whose metadata is not known yet. */
  'transfer.set-policy': { input: { readonly id: TransferId; readonly policy: Policy }; output: null; sentBy: 'ui' };
  /** How long "spare-origin" may wait, counted from now. Kept for the day when that policy is chosen, too. */
  'transfer.set-patience': {
    input: { readonly id: TransferId; readonly patience: PatienceChoice };
    output: null;
    sentBy: 'ui';
  };
  /** The files of a transfer in torrent order; null while its metadata is not known. */
  'transfer.files': {
    input: { readonly id: TransferId };
    output: { readonly files: readonly FileView[] | null };
    sentBy: 'ui';
  };
  /**
   * Which files are wanted, and which first; also while it runs or when it is done. `taken` is false when no file would
   * be left, or the files are not known yet: then nothing has changed.
   */
  'transfer.set-files': {
    input: { readonly id: TransferId; readonly wishes: readonly FileWish[] };
    output: { readonly taken: boolean };
    sentBy: 'ui';
  };
  /** The user has seen what an entry holds and wants it: now or, paused, later. */
  'transfer.accept': {
    input: { readonly id: TransferId; readonly isPaused: boolean };
    output: null;
    sentBy: 'ui';
  };
  /**
   * The .torrent of an entry as a file, or, while only its address is known, that address; null when there is neither.
   */
  'transfer.export-torrent': {
    input: { readonly id: TransferId };
    output: { readonly torrent: TorrentToSave | null };
    sentBy: 'ui';
  };
  /** Bytes that the browser would still let the store take. */
  'store.space': { input: null; output: { readonly freeBytes: number }; sentBy: 'ui' };
  /** What a transfer heard and decided since the engine started, as JSON lines; null when there is nothing to tell. */
  'transfer.export-log': {
    input: { readonly id: TransferId };
    output: { readonly text: string | null };
    sentBy: 'ui';
  };
  'settings.set': { input: Partial<Settings>; output: null; sentBy: 'ui' };
  /** Makes sure that the engine host runs, so that a screen can open its port to it. */
  'engine.wake': { input: null; output: null; sentBy: 'ui' };
};

/** Every command of the extension: its input, its output, and who may send it. */
export type Commands = CoreCommands &
  MediaCommands &
  LimitCommands &
  DataCommands &
  DetailCommands &
  PlayerCommands &
  ListCommands;

export type Command = keyof Commands;
export type Input<C extends Command> = Commands[C]['input'];
export type Output<C extends Command> = Commands[C]['output'];

/**
 * Why a command did not run. `rejected` is a broken or forbidden message, `no-answer` a process that is gone, `too-many`
 * more than `limit` clicks within two seconds from one tab.
 */
export type CommandFailure =
  | Failure
  | { readonly code: 'too-many'; readonly limit: number }
  | { readonly code: 'rejected'; readonly reason: string }
  | { readonly code: 'no-answer' };

export type Reply<C extends Command> =
  | { readonly ok: true; readonly output: Output<C> }
  | { readonly ok: false; readonly failure: CommandFailure };
