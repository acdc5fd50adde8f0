import type { TransferId } from '../../model/ids.ts';
import type { Download } from '../transfer/download.ts';
import type { Pace } from '../transfer/peer-pace.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { divideRate } from './divide-rate.ts';

/** A smaller change of a share than this is not worth to be told. */
const WORTH_TELLING = 0.02;

/** What one source of a download has brought, and was given. */
type Flow = { totalBytes: number; usedBytesPerS: number; givenBytesPerS: number | null };
type Known = { readonly download: Download; peers: Flow; origins: Flow; givenBytesPerS: number | null; pace: Pace };

const NO_PACE: Pace = { peersBytesPerS: null, originsBytesPerS: null };
const newFlow = (): Flow => ({ totalBytes: 0, usedBytesPerS: 0, givenBytesPerS: null });

/**
 * Shares a limit of all transfers out among those that fetch, and the part of each among its peers and its origins: what
 * one does not need goes to the others. Each has its part for about a second.
 */
export class RateShare {
  readonly #known = new Map<TransferId, Known>();
  #lookedAtMs: number | null = null;

  /** What all of them take now, in bytes a second. */
  get usedBytesPerS(): number {
    let sum = 0;
    for (const { peers, origins } of this.#known.values()) sum += peers.usedBytesPerS + origins.usedBytesPerS;
    return sum;
  }

  /** Measures what has come since the last time. To be called about once a second, before `share`. */
  look(nowMs: number): void {
    const passedS = this.#lookedAtMs === null ? 0 : (nowMs - this.#lookedAtMs) / 1_000;
    this.#lookedAtMs = nowMs;
    for (const { download, peers, origins } of this.#known.values()) {
      measure(peers, download.peerRate.totalBytes, download.peerRate.rate(nowMs), passedS);
      measure(origins, download.originRate.totalBytes, download.originRate.rate(nowMs), passedS);
    }
  }

  /**
   * Gives every download its part. A new one has its part at once, and the others less.
   * @param allBytesPerS Null: no limit of all. @param ownOf The limit of one; null: none.
   */
  share(transfers: Iterable<Transfer>, allBytesPerS: number | null, ownOf: (it: Transfer) => number | null): void {
    const fetching = this.#fetching(transfers);
    const users = fetching.map(({ known, transfer }) => ({
      usedBytesPerS: known.peers.usedBytesPerS + known.origins.usedBytesPerS,
      givenBytesPerS: known.givenBytesPerS,
      mostBytesPerS: ownOf(transfer),
    }));
    const parts = allBytesPerS === null ? users.map((user) => user.mostBytesPerS) : divideRate(allBytesPerS, users);
    for (const [index, { known, transfer }] of fetching.entries()) {
      const part = parts[index] ?? null;
      known.givenBytesPerS = part;
      this.#give(known, transfer, part);
    }
  }

  #give(known: Known, transfer: Transfer, part: number | null): void {
    const { download, peers, origins, pace } = known;
    if (part === null) {
      peers.givenBytesPerS = null;
      origins.givenBytesPerS = null;
      if (pace.peersBytesPerS === null && pace.originsBytesPerS === null) return;
      known.pace = NO_PACE;
      return download.setPace(NO_PACE);
    }
    const { policy } = transfer.record;
    const hasPeers = download.peers.size > 0 && policy !== 'peers-off';
    const hasOrigins = download.origins.length > 0 && policy !== 'origins-off';
    const [peersBytesPerS = 0, originsBytesPerS = 0] = divideRate(part, [
      { ...peers, mostBytesPerS: hasPeers ? null : 0 },
      { ...origins, mostBytesPerS: hasOrigins ? null : 0 },
    ]);
    peers.givenBytesPerS = hasPeers ? peersBytesPerS : null;
    origins.givenBytesPerS = hasOrigins ? originsBytesPerS : null;
    const isOther = differs(pace.peersBytesPerS, peersBytesPerS) || differs(pace.originsBytesPerS, originsBytesPerS);
    if (!isOther) return;
    known.pace = { peersBytesPerS, originsBytesPerS };
    download.setPace(known.pace);
  }

  #fetching(transfers: Iterable<Transfer>): { readonly transfer: Transfer; readonly known: Known }[] {
    const found: { readonly transfer: Transfer; readonly known: Known }[] = [];
    const gone = new Set(this.#known.keys());
    for (const transfer of transfers) {
      const download = transfer.run?.live.download ?? null;
      if (download === null || download.board.left === 0) continue;
      gone.delete(transfer.id);
      let known = this.#known.get(transfer.id);
      if (known?.download !== download) {
        known = { download, peers: newFlow(), origins: newFlow(), givenBytesPerS: null, pace: NO_PACE };
        this.#known.set(transfer.id, known);
      }
      found.push({ transfer, known });
    }
    for (const id of gone) this.#known.delete(id);
    return found;
  }
}

/** What came lately, and what usually comes: a pause between two requests is no sign that less is wanted. */
function measure(flow: Flow, totalBytes: number, usualBytesPerS: number, passedS: number): void {
  const lately = passedS > 0 ? (totalBytes - flow.totalBytes) / passedS : 0;
  flow.totalBytes = totalBytes;
  flow.usedBytesPerS = Math.max(lately, usualBytesPerS);
}

const differs = (before: number | null, now: number): boolean =>
  before === null || Math.abs(now - before) > before * WORTH_TELLING || (before === 0) !== (now === 0);
