/** Longest magnet link or address that is taken, in UTF-16 units: room for hundreds of trackers. */
export const MAX_LINK_CHARS = 65_536;

/** Most links that are taken at once: from a page, a selection, or a paste. */
export const MAX_LINKS_AT_ONCE = 200;

/** Most transfers that are moved in the queue at once. */
export const MAX_QUEUE_MOVE = 10_000;

/** Longest word of the user's for a transfer. */
export const MAX_LABEL_CHARS = 100;

/** Most files that a torrent may have. */
export const MAX_TORRENT_FILES = 200_000;
/** Longest words of a publisher beside a link that are taken: a policy, and a file's name. */
export const MAX_POLICY_CHARS = 200;
export const MAX_FILE_NAME_CHARS = 1_024;

/** Largest .torrent file that is taken: far above any that is used, and its base64 fits in one message (64 MiB). */
export const MAX_TORRENT_FILE_BYTES = 32 * 1024 * 1024;

/** Longest saved state that is written or read, in characters: with its quotes escaped it fits in one message (64 MiB). */
export const MAX_STATE_CHARS = 32 * 1024 * 1024;
/** Most transfers that are read from one. */
export const MAX_STATE_TRANSFERS = 10_000;
