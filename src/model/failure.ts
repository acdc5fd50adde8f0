/** What an HTTP source did that made its bytes unusable. */
export type OriginFault =
  | 'not-found'
  | 'forbidden'
  | 'busy'
  | 'server-error'
  | 'unreachable'
  | 'stalled'
  | 'ignores-ranges'
  | 'wrong-range'
  | 'wrong-length'
  | 'encoded'
  | 'web-page';

/** Everything that stops a transfer until the user acts. Each carries what its explanation needs, and nothing more. */
export type Failure =
  | { readonly code: 'bad-link'; readonly text: string }
  | { readonly code: 'unreadable-torrent'; readonly reason: string }
  | { readonly code: 'v2-only' }
  /** A public page named an address of this machine or of the local network. */
  | { readonly code: 'local-address'; readonly host: string }
  | { readonly code: 'torrent-unavailable'; readonly host: string; readonly status: number | null }
  | { readonly code: 'torrent-is-web-page'; readonly host: string }
  | { readonly code: 'disk-full'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly code: 'store-failed'; readonly reason: string }
  | { readonly code: 'save-failed'; readonly reason: string }
  | { readonly code: 'save-cancelled' };

/** Something wrong that a running transfer lives with: it waits, or goes on with its other sources. */
export type Problem =
  /** No source can be reached from a browser: the trackers speak only UDP or HTTP and there is no origin. */
  | { readonly code: 'no-browser-source'; readonly udpTrackers: number; readonly httpTrackers: number }
  /** The torrent or magnet names neither a tracker nor an origin. */
  | { readonly code: 'no-sources' }
  | { readonly code: 'trackers-unreachable'; readonly hosts: readonly string[]; readonly all: boolean }
  /** At least one tracker answered, and nobody else is there. */
  | { readonly code: 'no-peers'; readonly hosts: readonly string[] }
  /** Peers are connected, but none has what is missing, or none sends. */
  | { readonly code: 'peers-silent'; readonly peers: number }
  | {
      readonly code: 'origin-failed';
      readonly host: string;
      readonly fault: OriginFault;
      readonly status: number | null;
      readonly retryInS: number | null;
    }
  /** Bytes of this origin failed their hash. `dropped`: it is not asked any more. */
  | { readonly code: 'origin-lied'; readonly host: string; readonly pieces: number; readonly dropped: boolean }
  | { readonly code: 'peer-lied'; readonly peer: string; readonly pieces: number }
  /**
   * Nobody can bring `count` files, because they, or files that share a piece with them, changed at the origins. `files`
   * names the first few. `saved`: files that are saved without them; 0 while the transfer waits for a peer instead.
   */
  | {
      readonly code: 'files-unavailable';
      readonly files: readonly string[];
      readonly count: number;
      readonly saved: number;
    }
  /** A public page's link named addresses of the local network; they are not asked. */
  | { readonly code: 'local-addresses-left-out'; readonly hosts: readonly string[] }
  /** The policy leaves nobody to ask: `off` is what it rules out, and there is no source of another kind. */
  | { readonly code: 'policy-rules-out'; readonly off: 'peers' | 'origins' }
  /** A path had to be changed to be allowed on every system. */
  | { readonly code: 'names-changed'; readonly files: number };
