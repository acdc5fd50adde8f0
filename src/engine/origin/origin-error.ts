import type { OriginFault } from '../../model/failure.ts';

/** Thrown when an origin cannot deliver; `status` is null when there was no answer. */
export class OriginError extends Error {
  readonly fault: OriginFault;
  readonly status: number | null;
  readonly retryAfterS: number | null;
  constructor(fault: OriginFault, status: number | null = null, retryAfterS: number | null = null) {
    super(fault);
    this.fault = fault;
    this.status = status;
    this.retryAfterS = retryAfterS;
  }
}
