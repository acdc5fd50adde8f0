import type { OriginFault } from '../../model/failure.ts';

/** Thrown when an origin cannot deliver; `status` and `host`, who answered after redirects, are null when nobody did. */
export class OriginError extends Error {
  readonly fault: OriginFault;
  readonly status: number | null;
  readonly retryAfterS: number | null;
  readonly host: string | null;
  constructor(
    fault: OriginFault,
    status: number | null = null,
    retryAfterS: number | null = null,
    host: string | null = null,
  ) {
    super(fault);
    this.fault = fault;
    this.status = status;
    this.retryAfterS = retryAfterS;
    this.host = host;
  }
}
