import type { CommandFailure } from '../../model/commands.ts';

/** Thrown inside one process when a request to another one failed. Only `failure` ever crosses to another process. */
export class LinkError extends Error {
  readonly failure: CommandFailure;
  constructor(failure: CommandFailure, options?: ErrorOptions) {
    super(failure.code, options);
    this.failure = failure;
  }
}

/** What crosses to another process when `error` was thrown: the failure that it carries, or `rejected` with its words. */
export function failureOf(error: unknown): CommandFailure {
  return carriesFailure(error) ? error.failure : { code: 'rejected', reason: String(error) };
}

const carriesFailure = (error: unknown): error is { readonly failure: CommandFailure } =>
  error instanceof Error && 'failure' in error && typeof error.failure === 'object' && error.failure !== null;
