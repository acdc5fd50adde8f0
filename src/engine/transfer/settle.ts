import type { Problem } from '../../model/failure.ts';
import type { FileIndex } from '../../model/ids.ts';
import type { FileSpans } from '../torrent/file-spans.ts';
import { type AskPorts, AskToVouch } from './ask-to-vouch.ts';
import type { Download } from './download.ts';
import { filesAtEnd, problemOfLost } from './files-at-end.ts';
import { unobtainablePieces } from './unobtainable.ts';

const LOOK_EVERY_MS = 1_000;

export type SettlePorts = AskPorts & {
  /** Files that nobody waits for. */
  readonly skipped: FileSpans;
  readonly download: Pick<Download, 'board' | 'origins' | 'peerRate' | 'originRate'>;
  /** Whether another peer may turn up. Asked anew each time. */
  readonly hasTrackers: () => boolean;
  /** A whole-file hash fits: the file's bytes are on the disk, though not all its pieces are verified. */
  readonly onVouched: (file: FileIndex) => void;
  /** Nobody can bring the rest, and these files are whole. At least one of them has bytes. */
  readonly onSettled: (whole: ReadonlySet<FileIndex>) => void;
  /** Nobody can bring the rest and there is no whole file, or, with null, there is hope again. */
  readonly onStuck: (problem: Problem | null) => void;
  /** The store failed. */
  readonly onFailed: (error: unknown) => void;
};

/**
 * Watches a download for the moment when nobody can bring what is missing, and finds out then which files are whole in
 * spite of it. The download goes on meanwhile: whoever turns up with a missing piece is welcome to the last.
 * @returns a function that ends it.
 */
export function watchForSettling(ports: SettlePorts): () => void {
  const { clock } = ports;
  const progress = new Progress(ports);
  const vouched = new Set<FileIndex>();
  const asking = new AskToVouch(ports);
  let isVouching = false;
  let isEnded = false;
  /** Pieces that were missing when all that was left to try had been tried. */
  let triedWith: number | null = null;
  /** And when it was last tried. */
  let askedWith: number | null = null;

  const unobtainable = () => unobtainablePieces({ ...outlookOf(ports), quietMs: progress.quietMs(clock.nowMs()) });

  const settle = async () => {
    isVouching = true;
    let isUndecided = false;
    const { vouchable, unvouched } = filesAtEnd(ports.info, ports.download.board.map.states, ports.skipped);
    for (const file of [...vouchable, ...unvouched]) {
      if (isEnded || vouched.has(file.index)) continue;
      const outcome = await asking.about(file);
      isUndecided ||= outcome === 'later';
      if (outcome !== 'whole') continue;
      vouched.add(file.index);
      ports.onVouched(file.index);
    }
    isVouching = false;
    const missing = unobtainable(); // somebody may have come meanwhile
    if (isEnded || isUndecided || missing === null) return;
    const { whole } = filesAtEnd(ports.info, ports.download.board.map.states, ports.skipped);
    const saved = new Set([...whole.map(({ index }) => index), ...vouched]);
    triedWith = missing.length;
    if ([...saved].some((file) => (ports.info.files[file]?.lengthBytes ?? 0) > 0)) ports.onSettled(saved);
    else ports.onStuck(problemOfLost(ports.info, new Set(), ports.skipped));
  };

  const stopLooking = clock.every(LOOK_EVERY_MS, () => {
    if (isVouching) return;
    const missing = unobtainable();
    if (missing === null) ports.onStuck(null);
    else if (missing.length !== triedWith) {
      if (missing.length !== askedWith) asking.forget();
      askedWith = missing.length;
      settle().catch(ports.onFailed);
    }
  });
  return () => {
    isEnded = true;
    stopLooking();
  };
}

const outlookOf = ({ download: { board, origins }, hasTrackers }: SettlePorts) => ({
  states: board.map.states,
  left: board.left,
  holders: board.holders,
  origins,
  hasTrackers: hasTrackers(),
});

/** Since when nothing has come. */
class Progress {
  readonly #ports: SettlePorts;
  #seenBytes = -1;
  #sinceMs = 0;

  constructor(ports: SettlePorts) {
    this.#ports = ports;
    this.quietMs(ports.clock.nowMs());
  }

  quietMs(nowMs: number): number {
    const { peerRate, originRate } = this.#ports.download;
    const bytes = peerRate.totalBytes + originRate.totalBytes;
    if (bytes !== this.#seenBytes) this.#sinceMs = nowMs;
    this.#seenBytes = bytes;
    return nowMs - this.#sinceMs;
  }
}
