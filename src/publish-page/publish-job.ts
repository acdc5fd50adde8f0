/** What the page's Worker is asked to do. A `File` crosses to it as a reference; its bytes are read there. */
export type PublishJob =
  | {
      readonly type: 'hash-address';
      readonly url: string;
      readonly sizeBytes: number;
      readonly pieceLengthBytes: number;
    }
  | { readonly type: 'hash-file'; readonly file: File; readonly pieceLengthBytes: number }
  /** Copies a file into the engine's store, as the torrent with this info dictionary. */
  | { readonly type: 'put-file'; readonly file: File; readonly infoBytes: Uint8Array };

export type Hashes = { readonly sha256: Uint8Array; readonly pieceHashes: Uint8Array };

/** Why a job was not done. */
export type JobFailure =
  | { readonly code: 'source-changed' }
  | { readonly code: 'server-stopped'; readonly atByte: number; readonly reason: string }
  | { readonly code: 'file-unreadable'; readonly reason: string }
  | { readonly code: 'disk-full' }
  | { readonly code: 'store-failed'; readonly reason: string };

export type JobNews =
  | { readonly type: 'progress'; readonly bytes: number }
  /** `hashes`: of jobs that hash. */
  | { readonly type: 'done'; readonly hashes: Hashes | null }
  | { readonly type: 'failed'; readonly failure: JobFailure };

/** Thrown in the Worker. Only `failure` leaves it. */
export class JobError extends Error {
  readonly failure: JobFailure;
  constructor(failure: JobFailure, options?: ErrorOptions) {
    super(failure.code, options);
    this.failure = failure;
  }
}
