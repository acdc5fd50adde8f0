import type { RunEnd, RunRequest } from '../../../src/engine/store/depot.ts';
import type { FluidStream } from './fluid-pieces.ts';
import type { FluidOriginTraits } from './fluid-world.ts';
import { traceReader } from './rate-trace.ts';

/** Limits of the real store (origin/stall-watch.ts, store/run-reader.ts). */
const FIRST_BYTE_LIMIT_S = 20;
const STALL_LIMIT_S = 10;
const REPORT_EVERY_S = 0.1;

/** One run under way. Bytes are torrent offsets. */
export type FluidRun = {
  readonly request: RunRequest;
  readonly askedAtS: number;
  readonly stream: FluidStream;
  positionByte: number;
  endByte: number;
  hasBytes: boolean;
  lastByteS: number;
  reportedAtS: number;
  unreported: number;
  isOver: boolean;
};

/** What an origin tells the store that reads it. */
export type FluidOriginEvents = {
  bytes(run: FluidRun, startByte: number, endByte: number): void;
  progress(run: FluidRun, firstByteMs: number | null): void;
  ended(run: FluidRun, end: RunEnd['end']): void;
};

/** An origin without bytes: its rate is shared equally by the runs that have got past their first byte. */
export class FluidOrigin {
  readonly traits: FluidOriginTraits;
  readonly runs: FluidRun[] = [];
  /** Requests that it was sent. */
  requests = 0;
  readonly #now: () => number;
  readonly #events: FluidOriginEvents;
  readonly #rateAt: (atS: number) => number;

  constructor(traits: FluidOriginTraits, now: () => number, events: FluidOriginEvents) {
    this.traits = traits;
    this.#now = now;
    this.#events = events;
    this.#rateAt = traceReader(traits.rate);
  }

  get isDead(): boolean {
    return this.traits.death !== null && this.#now() >= this.traits.death.atS;
  }

  /** Bytes a second that it could send now. */
  get rateBytesPerS(): number {
    return this.isDead ? 0 : this.#rateAt(this.#now());
  }

  start(request: RunRequest): FluidRun {
    const nowS = this.#now();
    this.requests += 1;
    const run: FluidRun = {
      request,
      askedAtS: nowS,
      stream: { into: null, fromByte: 0 },
      positionByte: request.startByte,
      endByte: request.endByte,
      hasBytes: false,
      lastByteS: nowS,
      reportedAtS: nowS,
      unreported: 0,
      isOver: false,
    };
    this.runs.push(run);
    return run;
  }

  shorten(run: FluidRun, endByte: number): void {
    run.endByte = Math.min(run.endByte, endByte);
    if (run.positionByte >= run.endByte) this.#end(run, { type: 'finished' });
  }

  stop(run: FluidRun): void {
    this.#end(run, { type: run.positionByte >= run.endByte ? 'finished' : 'stopped' });
  }

  /** Bytes that it would send in the step that ends now. */
  wants(stepS: number): number {
    let left = 0;
    for (const run of this.#flowing(stepS)) left += run.endByte - run.positionByte;
    const rate = this.#rateAt(this.#now() - stepS);
    return this.isDead ? 0 : Math.min(left, rate * stepS);
  }

  /** Sends so many bytes now, in equal parts to all runs that still lack as much. */
  send(bytes: number, stepS: number): void {
    const lack = (run: FluidRun) => run.endByte - run.positionByte;
    const flowing = this.#flowing(stepS).sort((a, b) => lack(a) - lack(b));
    let left = bytes;
    for (const [index, run] of flowing.entries()) {
      const part = Math.min(left / (flowing.length - index), lack(run));
      left -= part;
      if (part > 0) this.#advance(run, part);
    }
  }

  /** Ends what has failed by now. */
  look(): void {
    const nowS = this.#now();
    for (const run of [...this.runs]) {
      const how = this.isDead ? this.traits.death?.how : undefined;
      const isHeard = run.hasBytes || nowS >= run.askedAtS + this.traits.firstByteS;
      const limitS = run.hasBytes ? STALL_LIMIT_S : FIRST_BYTE_LIMIT_S;
      if (how === 'closes' && isHeard) this.#fail(run, 'unreachable', null);
      else if (how === 'busy' && isHeard) this.#fail(run, 'busy', 503);
      else if (nowS - run.lastByteS >= limitS) this.#fail(run, 'stalled', null);
    }
  }

  #flowing(stepS: number): FluidRun[] {
    const startedS = this.#now() - stepS + 1e-9;
    return this.runs.filter((run) => run.askedAtS + this.traits.firstByteS <= startedS);
  }

  #advance(run: FluidRun, part: number): void {
    const nowS = this.#now();
    const from = run.positionByte;
    run.positionByte = Math.min(from + part, run.endByte);
    if (run.endByte - run.positionByte < 1e-3) run.positionByte = run.endByte;
    run.unreported += run.positionByte - from;
    run.lastByteS = nowS;
    this.#events.bytes(run, from, run.positionByte);
    const isFirst = !run.hasBytes;
    run.hasBytes = true;
    if (isFirst || nowS - run.reportedAtS >= REPORT_EVERY_S - 1e-9) {
      this.#events.progress(run, isFirst ? (nowS - run.askedAtS) * 1_000 : null);
      run.reportedAtS = nowS;
    }
    if (run.positionByte >= run.endByte) this.#end(run, { type: 'finished' });
  }

  #fail(run: FluidRun, fault: 'unreachable' | 'busy' | 'stalled', status: number | null): void {
    this.#end(run, { type: 'fault', fault, status, retryAfterS: null });
  }

  #end(run: FluidRun, end: RunEnd['end']): void {
    if (run.isOver) return;
    run.isOver = true;
    this.runs.splice(this.runs.indexOf(run), 1);
    this.#events.progress(run, null);
    this.#events.ended(run, end);
  }
}
