import type { SpeedSeries, SpeedsDetail } from '../../model/transfer-details.ts';
import { SpeedRing, type Speeds } from './speed-ring.ts';

/** A sample each second of ten minutes, and one each minute of a day. */
export const SAMPLE_S = 1;
const RECENT_SAMPLES = 600;
const SAMPLES_A_MINUTE = 60;
const DAY_SAMPLES = 1_440;

/** Bytes that went each way since a run began. */
export type Totals = { readonly fromPeers: number; readonly fromOrigins: number; readonly uploaded: number };

const NOTHING: Totals = { fromPeers: 0, fromOrigins: 0, uploaded: 0 };

/** The speeds of one run: what came in each second, not what a meter shows at its end. */
export class SpeedHistory {
  readonly #recent = new SpeedRing(RECENT_SAMPLES);
  readonly #day = new SpeedRing(DAY_SAMPLES);
  #last = NOTHING;
  #atMinute = NOTHING;
  #samples = 0;
  #sampledAtMs: number;
  #minuteAtMs: number;

  constructor(nowMs: number) {
    this.#sampledAtMs = nowMs;
    this.#minuteAtMs = nowMs;
  }

  /** To be called once a second; when the clock was late, what came is spread over the time that it took. */
  sample(totals: Totals, nowMs: number): void {
    this.#samples += 1;
    const seconds = Math.max((nowMs - this.#sampledAtMs) / 1_000, SAMPLE_S / 2);
    this.#recent.push(speeds(this.#last, totals, seconds));
    this.#last = totals;
    this.#sampledAtMs = nowMs;
    if (this.#samples % SAMPLES_A_MINUTE !== 0) return;
    this.#day.push(speeds(this.#atMinute, totals, Math.max((nowMs - this.#minuteAtMs) / 1_000, SAMPLES_A_MINUTE / 2)));
    this.#atMinute = totals;
    this.#minuteAtMs = nowMs;
  }

  /** Whether it takes memory now. */
  get isHeld(): boolean {
    return this.#recent.isHeld || this.#day.isHeld;
  }

  detail(): SpeedsDetail {
    return {
      recent: { untilMs: this.#sampledAtMs, everyS: SAMPLE_S, ...this.#recent.all() },
      day: { untilMs: this.#minuteAtMs, everyS: SAMPLES_A_MINUTE, ...this.#day.all() },
    };
  }
}

/** What is told of a transfer that does not run. */
export function noSpeeds(nowMs: number): SpeedsDetail {
  const empty = (everyS: number): SpeedSeries => ({
    untilMs: nowMs,
    everyS,
    fromPeers: [],
    fromOrigins: [],
    uploaded: [],
  });
  return { recent: empty(SAMPLE_S), day: empty(SAMPLES_A_MINUTE) };
}

/** A download that begins anew within a run counts from nothing again. */
function speeds(before: Totals, now: Totals, seconds: number): Speeds {
  const of = (way: keyof Totals) => Math.max(now[way] - before[way], 0) / seconds;
  return { fromPeers: of('fromPeers'), fromOrigins: of('fromOrigins'), uploaded: of('uploaded') };
}
