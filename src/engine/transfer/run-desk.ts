import type { OriginUrl, PieceIndex } from '../../model/ids.ts';
import type { RunView } from '../schedule/plan-view.ts';
import type { RunId } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { RateMeter } from './rate-meter.ts';

export type Run = {
  readonly run: RunId;
  readonly origin: OriginUrl;
  readonly rate: RateMeter;
  /** Torrent offset that its stream has reached. */
  positionByte: number;
  endPiece: PieceIndex;
};

/** The range runs that are under way, and how far each has come. */
export class RunDesk {
  readonly #info: TorrentInfo;
  readonly #runs = new Map<RunId, Run>();
  #count = 0;

  constructor(info: TorrentInfo) {
    this.#info = info;
  }

  all(): Run[] {
    return [...this.#runs.values()];
  }

  get(run: RunId): Run | undefined {
    return this.#runs.get(run);
  }

  begin(origin: OriginUrl, startPiece: PieceIndex, endPiece: PieceIndex): Run {
    this.#count += 1;
    const positionByte = startPiece * this.#info.pieceLengthBytes;
    const run = { run: this.#count, origin, rate: new RateMeter(), positionByte, endPiece };
    this.#runs.set(run.run, run);
    return run;
  }

  progress(id: RunId, bytes: number, positionByte: number, nowMs: number): Run | undefined {
    const run = this.#runs.get(id);
    if (run === undefined) return undefined;
    run.positionByte = positionByte;
    run.rate.add(bytes, nowMs);
    return run;
  }

  end(id: RunId): Run | undefined {
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    return run;
  }

  views(nowMs: number): RunView[] {
    const { pieceLengthBytes, lengthBytes } = this.#info;
    return this.all().map(({ run, origin, rate, positionByte, endPiece }) => ({
      run,
      origin,
      piece: Math.floor(positionByte / pieceLengthBytes) as PieceIndex,
      endPiece,
      leftBytes: Math.max(Math.min(endPiece * pieceLengthBytes, lengthBytes) - positionByte, 0),
      rateBytesPerS: rate.totalBytes > 0 ? rate.rate(nowMs) : null,
    }));
  }
}
