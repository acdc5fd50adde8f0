import type { Failure } from '../../model/failure.ts';

/** Thrown when the store cannot do what it was asked. Only `failure` crosses to other threads. */
export class StoreError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.code, options);
    this.failure = failure;
  }
}
