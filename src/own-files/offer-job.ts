import type { FileIndex, TransferId } from '../model/ids.ts';

/** A file of the user and its path, as far as the browser tells it; `/` between its parts. */
export type OwnFile = { readonly path: string; readonly file: File };

/** What the page tells its Worker: what to look for, to begin once the store is free, and that it is done with. */
export type ToOfferWorker =
  | { readonly type: 'match'; readonly id: TransferId; readonly files: readonly OwnFile[] }
  | { readonly type: 'put' | 'stop' };

/** What could not be done with the files, before or while they were copied. */
export type OfferWorkFailure =
  /** Another page is at work in the same transfer. */
  | { readonly code: 'busy' }
  | { readonly code: 'metadata-unknown' }
  /** None of the files has a length that the torrent has. */
  | { readonly code: 'nothing-fits'; readonly unused: readonly string[] }
  | { readonly code: 'no-room'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly code: 'file-unreadable'; readonly reason: string }
  | { readonly code: 'disk-full' }
  | { readonly code: 'store-failed'; readonly reason: string };

/** What became of the files that were offered. Paths of the torrent's own files are as the torrent spells them. */
export type OfferResult = {
  readonly pieces: number;
  /** Pieces that the store has now. */
  readonly piecesHere: number;
  /** Of these, pieces that came from the offered files. */
  readonly piecesPut: number;
  /** Files of the torrent that the user has in full; nothing of them is saved to Downloads. */
  readonly own: readonly FileIndex[];
  /** Files of the torrent of which the offered one has other bytes. */
  readonly changed: readonly string[];
  /** Files of the torrent for which none was offered. */
  readonly missing: readonly string[];
  /** Offered files that are none of the torrent's, by name or length. */
  readonly unused: readonly string[];
};

/** What the Worker tells. */
export type FromOfferWorker =
  | { readonly type: 'matched' }
  | { readonly type: 'progress'; readonly bytes: number; readonly totalBytes: number }
  | { readonly type: 'done'; readonly result: OfferResult }
  | { readonly type: 'failed'; readonly failure: OfferWorkFailure }
  | { readonly type: 'stopped' };
