import type { OriginUrl } from '../../model/ids.ts';
import type { RunView } from '../schedule/plan-view.ts';
import type { RunId } from '../store/depot.ts';
import { ChangingRate } from './changing-rate.ts';

/** What a run takes at a host. */
export type Place = {
  /** The host that answers it, or is to (`URL.host`); another than the origin's after a redirect. */
  readonly host: string;
  /** Bytes have come for it. */
  readonly isAnswered: boolean;
};

export type Run = {
  readonly run: RunId;
  readonly origin: OriginUrl;
  readonly rate: ChangingRate;
  /** Null when it was redirected to a host that has none for it. */
  place: Place | null;
  /** Torrent offset that its stream has reached. */
  positionByte: number;
  endByte: number;
  /** Its first byte has come. */
  isStreaming: boolean;
  readonly begunAtMs: number;
  /** When its last byte came, or it was asked for. */
  heardAtMs: number;
};

export type BegunRun = Pick<Run, 'origin' | 'place' | 'endByte'> & { readonly startByte: number };

/** The range runs that are under way, and how far each has come. */
export class RunDesk {
  readonly #runs = new Map<RunId, Run>();
  #count = 0;

  all(): Run[] {
    return [...this.#runs.values()];
  }

  get(run: RunId): Run | undefined {
    return this.#runs.get(run);
  }

  begin({ origin, place, startByte, endByte }: BegunRun, nowMs: number): Run {
    this.#count += 1;
    const run = {
      run: this.#count,
      origin,
      place,
      rate: new ChangingRate(),
      positionByte: startByte,
      endByte,
      isStreaming: false,
      begunAtMs: nowMs,
      heardAtMs: nowMs,
    };
    this.#runs.set(run.run, run);
    return run;
  }

  /** Returns where the stream had come before. */
  progress(run: Run, bytes: number, positionByte: number, nowMs: number): number {
    const before = run.positionByte;
    run.positionByte = Math.max(positionByte, before);
    if (bytes > 0) run.heardAtMs = nowMs;
    run.rate.add(bytes, nowMs);
    return before;
  }

  end(id: RunId): Run | undefined {
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    return run;
  }

  views(nowMs: number): RunView[] {
    return this.all().map(({ run, origin, rate, positionByte, endByte, heardAtMs }) => ({
      run,
      origin,
      positionByte,
      endByte,
      rateBytesPerS: rate.totalBytes > 0 ? rate.rate(nowMs) : null,
      silentS: (nowMs - heardAtMs) / 1_000,
    }));
  }
}
