import type { OriginFault } from '../../model/failure.ts';
import type { Judgement } from './judge-lies.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** After this many faults without a good byte between them nothing is expected of an origin, though it is asked again. */
const FAULTS_TO_GIVE_UP = 4;

/** How an origin has behaved so far. */
export type OriginHealth = {
  /** Faults since it last delivered. */
  readonly faults: number;
  /** The last of them, until it delivers again. */
  readonly last: { readonly fault: OriginFault; readonly status: number | null } | null;
  /** When that was. */
  readonly failedAtMs: number;
  readonly restUntilMs: number;
  /** Pieces for which it sent wrong bytes that no changed file explains. */
  readonly lies: number;
  readonly isLiar: boolean;
  readonly ignoresRanges: boolean;
};

export const UNPROVEN: OriginHealth = {
  faults: 0,
  last: null,
  failedAtMs: 0,
  restUntilMs: 0,
  lies: 0,
  isLiar: false,
  ignoresRanges: false,
};

/** Whether it lied often enough to be left alone for good. */
export const isDropped = (health: OriginHealth): boolean => health.isLiar;

/** Whether a transfer need not wait for it. @param excused Faults that were of single files, and not the origin's own. */
export const isGone = ({ isLiar, faults }: OriginHealth, excused = 0): boolean =>
  isLiar || faults - excused >= FAULTS_TO_GIVE_UP;

/**
 * After a request that failed: it rests, longer each time. What will not mend by itself is tried again much later than
 * a lost connection. An origin that ignores ranges does not rest: it is read from the start instead. Several runs may have
 * been under way when that was found out, and each of them tells it. So it is with other faults: of requests that were
 * under way together, all that fail count as one.
 * @param begunAtMs When the request began.
 * @see RFC 9110 section 10.2.3 (Retry-After).
 */
export function afterFault(
  health: OriginHealth,
  fault: OriginFault,
  status: number | null,
  retryAfterS: number | null,
  nowMs: number,
  begunAtMs = nowMs,
): OriginHealth {
  if (fault === 'ignores-ranges') return { ...health, ignoresRanges: true };
  const faults = health.faults + (health.faults > 0 && begunAtMs < health.failedAtMs ? 0 : 1);
  const restMs =
    retryAfterS === null ? restAfter(fault, faults) : Math.max(retryAfterS * SECOND_MS, leastRestMs(fault, faults));
  return { ...health, faults, last: { fault, status }, failedAtMs: nowMs, restUntilMs: nowMs + restMs };
}

/** After bytes came. A rest goes on: they may be of another request, and do not speak for the one that failed. */
export const afterBytes = (health: OriginHealth): OriginHealth =>
  health.faults === 0 && health.last === null ? health : { ...health, faults: 0, last: null };

/** After wrong bytes of its own were judged. */
export const afterLie = (health: OriginHealth, { lies, isLiar }: Omit<Judgement, 'lacks'>): OriginHealth => ({
  ...health,
  lies,
  isLiar,
});

/** A server that says "at once" again and again is not asked a hundred times a second. */
const leastRestMs = (fault: OriginFault, faults: number): number =>
  fault === 'busy' || fault === 'server-error' ? doubled(faults, SECOND_MS, 60 * SECOND_MS) : 0;

const doubled = (faults: number, firstMs: number, mostMs: number): number =>
  Math.min(firstMs * 2 ** Math.min(faults - 1, 20), mostMs);

function restAfter(fault: Exclude<OriginFault, 'ignores-ranges'>, faults: number): number {
  switch (fault) {
    case 'unreachable':
    case 'stalled':
      return doubled(faults, SECOND_MS, 60 * SECOND_MS);
    case 'busy':
    case 'server-error':
      return doubled(faults, 5 * SECOND_MS, 10 * 60 * SECOND_MS);
    case 'not-found':
    case 'forbidden':
    case 'wrong-range':
    case 'wrong-length':
    case 'encoded':
    case 'web-page':
      return doubled(faults, 60 * SECOND_MS, HOUR_MS);
  }
}
