import type { HashJob } from './hash-file.ts';

/** What a hashing thread is asked for. `progress` holds one 64-bit counter of bytes that all threads add to. */
export type HashTask = { readonly job: HashJob; readonly progress: SharedArrayBuffer } & (
  | { readonly part: 'both' }
  /** Two threads share a file: one reads it and hashes the whole, the other the pieces. */
  | { readonly part: 'whole' | 'pieces'; readonly ring: SharedArrayBuffer }
);

/** What it answers: the hashes of the part it had. */
export type HashReply =
  | { readonly ok: true; readonly sha256?: Uint8Array; readonly pieceHashes?: Uint8Array }
  | { readonly ok: false; readonly hasChanged: boolean; readonly message: string };
