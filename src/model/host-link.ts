import type { TransferId } from './ids.ts';

/** A file in the store, offered to the browser's download list. */
export type FileToSave = {
  /** `blob:` URL made in the engine host; it dies with that process. */
  readonly url: string;
  /** Where it goes below the Downloads folder: safe names joined with `/`. */
  readonly path: string;
};

/** How one saved file stands in the browser's download list. `gone`: the list no longer knows it. */
export type SaveState =
  | { readonly state: 'in-progress' }
  | { readonly state: 'complete'; readonly path: string; readonly exists: boolean }
  | { readonly state: 'interrupted'; readonly reason: string }
  | { readonly state: 'gone' };

/** What the guard of the network lets through. `hosts` as `URL.hostname` gives them. */
export type NetworkLeave = { readonly isLifted: boolean; readonly hosts: readonly string[] };

/**
 * What the engine host asks of the background, which alone has the browser's APIs (an offscreen document has none but
 * messages). Every request is answered; a process that is gone is an answer too.
 */
export type HostRequests = {
  /** Finds a name for a new folder below Downloads that no earlier download uses: `wanted`, or `wanted (2)` and so on. */
  'save.free-folder': { input: { readonly wanted: string }; output: { readonly folder: string } };
  /** Starts saving, never overwriting, and answers with the download's id at once; `save.changed` follows at its end. */
  'save.start': { input: FileToSave; output: { readonly downloadId: number } };
  'save.state': { input: { readonly downloadId: number }; output: SaveState };
  /** Cancels what runs, deletes the file from the Downloads folder and takes it off the browser's list. */
  'save.delete': { input: { readonly downloadId: number }; output: null };
  /** How many transfers run, for the badge, and whether the host has work (running, saving or seeding) that must go on. */
  'host.activity': { input: { readonly running: number; readonly busy: boolean }; output: null };
  /**
   * Which hosts of this machine and the local network the engine's requests may reach from now on, redirects included;
   * all of them when `isLifted`.
   */
  'guard.allow': { input: NetworkLeave; output: null };
  /** Whether a private window is open, as far as the browser lets us see them. */
  'private.is-open': { input: null; output: { readonly isOpen: boolean } };
  /** A transfer ended well, or needs the user. */
  'user.notify': {
    input: {
      readonly id: TransferId;
      readonly title: string;
      readonly message: string;
      /** What a click on the notification shows in its folder; null when there is nothing to show. */
      readonly downloadId: number | null;
    };
    output: null;
  };
};

/** What the background tells the engine host, besides the commands that it passes on. */
export type HostNotices = {
  /** The browser's download list changed for a file that is being saved. */
  'save.changed': { readonly downloadId: number; readonly state: SaveState };
  /** A request that began at `fromUrl` was led to an address of this machine or of the local network. */
  'guard.redirected': { readonly fromUrl: string; readonly toUrl: string };
  /** A request of the engine's for `url` was redirected, with these `Link` headers. */
  'origin.linked': { readonly url: string; readonly link: string };
  /** A page begins to load in some tab, and the user wants downloads to keep back meanwhile. */
  'page.loads': null;
  /** The last private window has closed. */
  'private.closed': null;
};
