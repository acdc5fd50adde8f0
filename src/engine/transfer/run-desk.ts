import type { OriginUrl } from '../../model/ids.ts';
import type { OriginView, RunView } from '../schedule/plan-view.ts';
import type { RunId } from '../store/depot.ts';
import { ChangingRate } from './changing-rate.ts';

/** A run over small files brings its bytes in bursts, with the wait for an answer between them: so long, and twice that wait. */
const BURSTS_MS = 2_000;
/** An answer that takes this many times the usual wait is late. */
const LATE_ANSWER = 2;

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
  /** All of a file has come, and nothing of the next. */
  isBetweenFiles: boolean;
  /** When it was last so. */
  waitedAtMs: number;
};

export type BegunRun = Pick<Run, 'origin' | 'place' | 'endByte'> & { readonly startByte: number };

/** The range runs that are under way, and how far each has come. */
export class RunDesk {
  readonly #runs = new Map<RunId, Run>();
  readonly #isStartOfFile: (byte: number) => boolean;
  #count = 0;

  /** @param isStartOfFile Whether a run that has come to this byte of the torrent waits for another answer. */
  constructor(isStartOfFile: (byte: number) => boolean = () => false) {
    this.#isStartOfFile = isStartOfFile;
  }

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
      isBetweenFiles: false,
      waitedAtMs: Number.NEGATIVE_INFINITY,
    };
    this.#runs.set(run.run, run);
    return run;
  }

  /** Returns where the stream had come before. */
  progress(run: Run, bytes: number, positionByte: number, nowMs: number): number {
    const before = run.positionByte;
    run.positionByte = Math.max(positionByte, before);
    if (bytes > 0) run.heardAtMs = nowMs;
    run.isBetweenFiles = run.positionByte > before ? this.#isStartOfFile(run.positionByte) : run.isBetweenFiles;
    if (run.isBetweenFiles) run.waitedAtMs = nowMs;
    run.rate.add(bytes, nowMs);
    return before;
  }

  end(id: RunId): Run | undefined {
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    return run;
  }

  /** A wait for the answer to another request is no silence until it takes longer than it should. */
  views(nowMs: number, origins: readonly OriginView[] = []): RunView[] {
    return this.all().map((run) => {
      const firstByteMs = origins.find(({ origin }) => origin === run.origin)?.firstByteMs ?? 0;
      const { rate, heardAtMs, isBetweenFiles } = run;
      const isBursty = comesInBursts(run, firstByteMs, nowMs);
      const silentMs = nowMs - heardAtMs - (isBetweenFiles ? LATE_ANSWER * firstByteMs : 0);
      return {
        run: run.run,
        origin: run.origin,
        positionByte: run.positionByte,
        endByte: run.endByte,
        rateBytesPerS: rate.totalBytes === 0 ? null : isBursty ? rate.meanRate(nowMs) : rate.rate(nowMs),
        silentS: Math.max(silentMs, 0) / 1_000,
      };
    });
  }

  /** The same for an origin as a whole, as far as its runs go from one small file to the next. */
  originView(view: OriginView, meanBytesPerS: number, nowMs: number): OriginView {
    const firstByteMs = view.firstByteMs ?? 0;
    const bursty = this.all().filter((run) => run.origin === view.origin && comesInBursts(run, firstByteMs, nowMs));
    if (bursty.length === 0) return view;
    const waiting = bursty.filter(({ isBetweenFiles }) => isBetweenFiles);
    const silentMs = waiting.map(({ heardAtMs }) => Math.max(nowMs - heardAtMs - LATE_ANSWER * firstByteMs, 0));
    const rateBytesPerS = meanBytesPerS > 0 ? meanBytesPerS : view.rateBytesPerS;
    return { ...view, rateBytesPerS, silentS: Math.min(view.silentS, ...silentMs.map((ms) => ms / 1_000)) };
  }
}

/** What came in the last quarter of a second says nothing of its rate, be it much or nothing. */
const comesInBursts = ({ waitedAtMs }: Run, firstByteMs: number, nowMs: number): boolean =>
  nowMs - waitedAtMs < BURSTS_MS + LATE_ANSWER * firstByteMs;
