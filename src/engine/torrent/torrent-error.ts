import type { Failure } from '../../model/failure.ts';

/** Thrown by the readers of this folder for input that they refuse. Only `failure` crosses to another process. */
export class TorrentError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('reason' in failure ? `${failure.code}: ${failure.reason}` : failure.code);
    this.name = 'TorrentError';
    this.failure = failure;
  }
}

/** The error for a .torrent or metadata that cannot be used; `reason` ends the sentence "it cannot be read: …". */
export function unreadable(reason: string): TorrentError {
  return new TorrentError({ code: 'unreadable-torrent', reason });
}
