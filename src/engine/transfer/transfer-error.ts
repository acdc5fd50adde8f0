import type { Failure } from '../../model/failure.ts';

/** Thrown where a transfer cannot go on. Only `failure` leaves this process. */
export class TransferError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.code, options);
    this.failure = failure;
  }
}

/** What an error says to the user; null for one that is an abort or a mistake of ours. */
export function failureOfError(error: unknown): Failure | null {
  if (error instanceof Error && 'failure' in error) return error.failure as Failure;
  return null;
}
