/**
 * Runs at one host at a time, over all transfers and all origins there. A run is one request whose turn has come, and
 * those for its next files, of which there are never more than the host bears (request-slots.ts).
 */
export const REQUESTS_PER_HOST = 3;
/** A host that has refused one request too many is tried with one more only after this long, doubled each time. */
const TRY_MORE_AFTER_MS = 60_000;
const TRY_MORE_AFTER_AT_MOST_MS = 16 * 60_000;
/** And not before so many times the rest that it asked for, which each try may cost again. */
const RESTS_BETWEEN_TRIES = 16;
/** A request that ended so shortly ago was perhaps still running, for the host, when another was refused. */
const ENDED_JUST_NOW_MS = 1_000;
/** And then the next is sent only after this. */
const BREATH_MS = 500;
/** Who has not asked for this long wants nothing just now. */
const WANTS_FOR_MS = 1_000;
/** Who was offered room and took none is passed over for this long when others want it. */
const DECLINED_FOR_MS = 5_000;

/** Whoever sends requests to a host, such as one origin of one download. It is told from others by identity. */
export type HostUser = object;

/** Whoever only asks whether a host has a file: all of them together are one user. */
const PROBES: HostUser = {};

type Entry = {
  requests: number;
  /** Those of them that bytes came for. */
  answered: number;
  askedAtMs: number;
  /** Since when it wants to begin and has no request at all; null when it has, or wants none. */
  waitsSinceMs: number | null;
  /** When it was last told that there is room, and has not taken it since. */
  offeredAtMs: number | null;
  declinedUntilMs: number;
};

type Host = {
  hasSpoken: boolean;
  restUntilMs: number;
  /** Requests that it answers at a time, as far as is known. */
  admits: number;
  /** When it is tried with one more, and how long after its last refusal that is. */
  tryMoreAtMs: number;
  tryMoreAfterMs: number;
  /** How many were being answered when one of them ended, and when that was. */
  before: { readonly answered: number; readonly endedAtMs: number } | null;
  readonly users: Map<HostUser, Entry>;
};

/**
 * What one engine may do at each host: a few requests at a time whoever sends them, a single one until the host has
 * shown that it answers, no more than it has shown to admit, none while it asks to be left alone. Users without a request go before those that have some.
 * Hosts are told apart by name and port. Time is an argument.
 */
export class HostLimits {
  readonly #hosts = new Map<string, Host>();

  /** How many more requests a user may begin at a host now. */
  room(host: string, user: HostUser, nowMs: number): number {
    const at = this.#host(host);
    const mine = entryOf(at, user);
    mine.askedAtMs = nowMs;
    if (mine.offeredAtMs !== null && nowMs > mine.offeredAtMs) {
      mine.declinedUntilMs = nowMs + DECLINED_FOR_MS;
      mine.offeredAtMs = null;
      mine.waitsSinceMs = null;
    }
    if (mine.requests === 0 && nowMs >= mine.declinedUntilMs) mine.waitsSinceMs ??= nowMs;
    const room = Math.max(free(at, nowMs) - othersBefore(at, user, mine, nowMs), 0);
    if (room > 0 && mine.requests === 0) mine.offeredAtMs ??= nowMs;
    return room;
  }

  /** Begins a request if there is room for it; the caller gives the room back when the request has ended. */
  take(host: string, user: HostUser, nowMs: number): boolean {
    const at = this.#host(host);
    const mine = entryOf(at, user);
    if (free(at, nowMs) - othersBefore(at, user, mine, nowMs) <= 0) return false;
    mine.requests += 1;
    mine.waitsSinceMs = null;
    mine.offeredAtMs = null;
    return true;
  }

  /** Begins a request that only asks whether a file is there: one at a time at a host, and never beyond its limits. */
  takeProbe(host: string, nowMs: number): boolean {
    if (entryOf(this.#host(host), PROBES).requests > 0) return false;
    return this.room(host, PROBES, nowMs) > 0 && this.take(host, PROBES, nowMs);
  }

  giveProbe(host: string): void {
    this.give(host, PROBES);
  }

  /** Begins the successor of a request that is about to end: for that moment there is one more than else. */
  takeAhead(host: string, user: HostUser, nowMs: number): boolean {
    const at = this.#host(host);
    const mine = entryOf(at, user);
    if (!at.hasSpoken || mine.requests === 0 || nowMs < at.restUntilMs || free(at, nowMs) < 0) return false;
    if (!admitsAll(at)) return false;
    mine.requests += 1;
    return true;
  }

  /** A request is being answered: bytes came for it. */
  answered(host: string, user: HostUser): void {
    const at = this.#host(host);
    const mine = entryOf(at, user);
    mine.answered = Math.min(mine.answered + 1, mine.requests);
    at.admits = Math.max(at.admits, Math.min(answeredNow(at), REQUESTS_PER_HOST));
  }

  /** A request has ended. @param answeredUntilMs The time, if it was being answered until now. */
  give(host: string, user: HostUser, answeredUntilMs: number | null = null): void {
    const at = this.#hosts.get(host);
    const entry = at?.users.get(user);
    if (at === undefined || entry === undefined) return;
    if (answeredUntilMs !== null) at.before = { answered: answeredNow(at), endedAtMs: answeredUntilMs };
    entry.requests = Math.max(entry.requests - 1, 0);
    entry.answered = Math.min(entry.answered - (answeredUntilMs === null ? 0 : 1), entry.requests);
    entry.answered = Math.max(entry.answered, 0);
  }

  /**
   * A request was refused because the host is busy. Returns whether it answers others at the same time: then it was one
   * too many, and the host is given no more than those from now on.
   * @param restMs How long it asks to be left alone.
   */
  refused(host: string, restMs: number, nowMs: number): boolean {
    const at = this.#host(host);
    const isFresh = at.before !== null && nowMs - at.before.endedAtMs <= ENDED_JUST_NOW_MS;
    const answered = Math.max(answeredNow(at), isFresh ? (at.before?.answered ?? 0) : 0);
    if (answered === 0) return false;
    at.admits = Math.min(answered, REQUESTS_PER_HOST - 1);
    if (answeredNow(at) === 0) this.rest(host, nowMs + BREATH_MS);
    if (nowMs >= at.tryMoreAtMs) {
      at.tryMoreAtMs = nowMs + Math.max(at.tryMoreAfterMs, restMs * RESTS_BETWEEN_TRIES);
      at.tryMoreAfterMs = Math.min(at.tryMoreAfterMs * 2, TRY_MORE_AFTER_AT_MOST_MS);
    }
    return true;
  }

  /** Whether a run may ask for its next files before the current one ends: it is several requests then. */
  mayAskAhead(host: string): boolean {
    const at = this.#hosts.get(host);
    return at === undefined || admitsAll(at);
  }

  /** Gives everything back that a user has, for good. */
  leave(host: string, user: HostUser): void {
    this.#hosts.get(host)?.users.delete(user);
  }

  /** Bytes came from the host: it bears more than one request. While it rests they are of requests from before. */
  spoke(host: string, nowMs: number): void {
    const at = this.#host(host);
    at.hasSpoken ||= nowMs >= at.restUntilMs;
  }

  /** A request came to nothing because of the host and not of the file: the next one is a probe again. */
  failed(host: string): void {
    this.#host(host).hasSpoken = false;
  }

  /** The host wants to be left alone (429, 503): nobody begins anything there before. Rests do not get shorter. */
  rest(host: string, untilMs: number): void {
    const at = this.#host(host);
    at.restUntilMs = Math.max(at.restUntilMs, untilMs);
  }

  restUntilMs(host: string): number {
    return this.#hosts.get(host)?.restUntilMs ?? 0;
  }

  #host(host: string): Host {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const made: Host = {
      hasSpoken: false,
      restUntilMs: 0,
      admits: REQUESTS_PER_HOST,
      tryMoreAtMs: 0,
      tryMoreAfterMs: TRY_MORE_AFTER_MS,
      before: null,
      users: new Map(),
    };
    this.#hosts.set(host, made);
    return made;
  }
}

function entryOf(host: Host, user: HostUser): Entry {
  const known = host.users.get(user);
  if (known !== undefined) return known;
  const made = { requests: 0, answered: 0, askedAtMs: 0, waitsSinceMs: null, offeredAtMs: null, declinedUntilMs: 0 };
  host.users.set(user, made);
  return made;
}

function free(host: Host, nowMs: number): number {
  if (nowMs < host.restUntilMs) return 0;
  let requests = 0;
  for (const entry of host.users.values()) requests += entry.requests;
  return (host.hasSpoken ? mostRequests(host, nowMs) : 1) - requests;
}

/** As many as it is known to admit, and now and then one more, to see whether that has changed. */
function mostRequests(host: Host, nowMs: number): number {
  return admitsAll(host) || nowMs < host.tryMoreAtMs ? host.admits : host.admits + 1;
}

const admitsAll = ({ admits }: Host): boolean => admits >= REQUESTS_PER_HOST;

function answeredNow(host: Host): number {
  let answered = 0;
  for (const entry of host.users.values()) answered += entry.answered;
  return answered;
}

/** Users without a request that want one, and have wanted it for longer than a user that has none either. */
function othersBefore(host: Host, user: HostUser, mine: Entry, nowMs: number): number {
  let count = 0;
  for (const [other, { requests, askedAtMs, waitsSinceMs }] of host.users) {
    if (other === user || requests > 0 || waitsSinceMs === null || nowMs - askedAtMs > WANTS_FOR_MS) continue;
    const isBefore = mine.requests > 0 || mine.waitsSinceMs === null || waitsSinceMs < mine.waitsSinceMs;
    if (isBefore) count += 1;
  }
  return count;
}
