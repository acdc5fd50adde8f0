import { AnswerPace } from './answer-pace.ts';

/**
 * Requests under way at a host at a time, over all runs of all transfers: what browsers have at a host over HTTP/1.1, and
 * two for each of the runs that a host is given (host-limits.ts).
 */
export const REQUESTS_UNDER_WAY = 6;
/** So many at first. While it answers as many as are under way, it is tried with twice as many. */
const FIRST_UNDER_WAY = 3;
const GROWTH = 2;
/** A host that has refused one too many is tried with more only after this long, doubled each time. */
const TRY_MORE_AFTER_MS = 60_000;
const TRY_MORE_AFTER_AT_MOST_MS = 16 * 60_000;

/** One request's place at a host. */
export type RequestSlot = {
  /** It is answered, perhaps by another host than was asked: it counts there. */
  readonly answered: (host: string) => void;
  /** It was refused because the host is busy, which wants to be left alone for so long. Its place is free. */
  readonly refused: (retryAfterMs: number) => void;
  /** It was sent before its turn, and that has come. */
  readonly isDue: () => void;
  /** It is over. To be called in any case; again it means nothing. */
  readonly give: () => void;
};

/** Whoever sends requests, such as a run. It is told from others by identity. */
export type SlotUser = {
  /** Its requests, at all hosts; counted here. */
  underWay: number;
  /** Called when there is room for a request ahead of its turn, after there was none. */
  readonly onRoom: () => void;
};

type Host = {
  underWay: number;
  /** Those of them whose turn has not come. */
  ahead: number;
  /** As many as it is known to bear. */
  most: number;
  tryMoreAtMs: number;
  tryMoreAfterMs: number;
  /** No request is sent before its turn until then. */
  closedUntilMs: number;
  /** Those whose turn has come, and who wait for one that was sent before its turn. */
  readonly waiting: (() => void)[];
  /** Those that would send one more ahead of its turn. */
  readonly wanting: Set<SlotUser>;
};

/**
 * The requests that one store has under way at each host (`URL.host`). Those that are sent ahead of their turn get what is
 * left by those whose turn has come: of these there are as many as the host is given runs. So a run over small files has
 * as many under way as the host bears, and several runs have no more between them; whoever has fewest is next.
 */
export class RequestSlots {
  readonly #hosts = new Map<string, Host>();
  /** Where the last answer of a host came from, if it redirects. */
  readonly #targets = new Map<string, string>();
  readonly #paces = new Map<string, AnswerPace>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A place for a request whose turn has come. Rejects with the reason of `signal` when that fires before. */
  async due(asked: string, user: SlotUser, signal: AbortSignal): Promise<RequestSlot> {
    const host = this.#host(this.#targetOf(asked));
    signal.throwIfAborted();
    if (mustWait(host)) await untilWoken(host, signal);
    else host.underWay += 1;
    return this.#slot(asked, user, host, false);
  }

  /** A place for a request that is sent before its turn; null when there is none now: `onRoom` is called later. */
  ahead(asked: string, user: SlotUser): RequestSlot | null {
    const host = this.#host(this.#targetOf(asked));
    if (!this.#hasRoom(host)) {
      host.wanting.add(user);
      return null;
    }
    host.underWay += 1;
    host.ahead += 1;
    return this.#slot(asked, user, host, true);
  }

  /** How fast a host has answered so far. */
  paceOf(asked: string): AnswerPace {
    const known = this.#paces.get(asked) ?? new AnswerPace();
    this.#paces.set(asked, known);
    return known;
  }

  /** A user sends nothing more. */
  leave(user: SlotUser): void {
    for (const host of this.#hosts.values()) host.wanting.delete(user);
  }

  #slot(asked: string, user: SlotUser, first: Host, wasAhead: boolean): RequestSlot {
    let host: Host | null = first;
    let isAhead = wasAhead;
    user.underWay += 1;
    const leave = (left: Host) => {
      left.underWay -= 1;
      left.ahead -= isAhead ? 1 : 0;
    };
    const give = () => {
      if (host === null) return;
      const left = host;
      host = null;
      user.underWay -= 1;
      leave(left);
      this.#wake(left);
    };
    return {
      give,
      isDue: () => {
        if (host === null || !isAhead) return;
        isAhead = false;
        host.ahead -= 1;
        this.#wake(host);
      },
      answered: (by) => {
        if (by === asked) this.#targets.delete(asked);
        else this.#targets.set(asked, by);
        if (host === null) return;
        const [left, target] = [host, this.#host(by)];
        if (target !== left) {
          leave(left);
          host = target;
          target.underWay += 1;
          target.ahead += isAhead ? 1 : 0;
          this.#wake(left);
        }
        if (this.#nowMs() < target.tryMoreAtMs) return;
        target.most = Math.min(Math.max(target.most, target.underWay * GROWTH), REQUESTS_UNDER_WAY);
        this.#wake(target);
      },
      refused: (retryAfterMs) => {
        if (host !== null) this.#refused(host, host.underWay - 1, retryAfterMs);
        give();
      },
    };
  }

  #hasRoom(host: Host): boolean {
    return !isFull(host) && host.waiting.length === 0 && this.#nowMs() >= host.closedUntilMs;
  }

  /** A place goes to whoever has waited longest for its turn, and else to whoever has fewest requests. */
  #wake(host: Host): void {
    while (host.waiting.length > 0 && !mustWait(host)) {
      host.underWay += 1;
      host.waiting.shift()?.();
    }
    while (host.wanting.size > 0 && this.#hasRoom(host)) {
      const [first] = [...host.wanting].sort((a, b) => a.underWay - b.underWay);
      if (first === undefined) return;
      host.wanting.delete(first);
      first.onRoom();
    }
  }

  #refused(host: Host, others: number, retryAfterMs: number): void {
    const nowMs = this.#nowMs();
    host.most = Math.max(Math.min(host.most, others), 1);
    host.closedUntilMs = Math.max(host.closedUntilMs, nowMs + retryAfterMs);
    if (nowMs < host.tryMoreAtMs) return;
    host.tryMoreAtMs = nowMs + Math.max(host.tryMoreAfterMs, retryAfterMs);
    host.tryMoreAfterMs = Math.min(host.tryMoreAfterMs * 2, TRY_MORE_AFTER_AT_MOST_MS);
  }

  #targetOf(asked: string): string {
    return this.#targets.get(asked) ?? asked;
  }

  #host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const made = {
      underWay: 0,
      ahead: 0,
      most: FIRST_UNDER_WAY,
      tryMoreAtMs: 0,
      tryMoreAfterMs: TRY_MORE_AFTER_MS,
      closedUntilMs: 0,
      waiting: [],
      wanting: new Set<SlotUser>(),
    };
    this.#hosts.set(name, made);
    return made;
  }
}

const isFull = ({ underWay, most }: Host): boolean => underWay >= most;

/** Where all that is under way is due itself, it is for others to say whether one more is one too many (host-limits.ts). */
const mustWait = (host: Host): boolean => isFull(host) && host.ahead > 0;

function untilWoken(host: Host, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal.removeEventListener('abort', abort);
      resolve();
    };
    const abort = () => {
      host.waiting.splice(host.waiting.indexOf(go), 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    host.waiting.push(go);
  });
}
