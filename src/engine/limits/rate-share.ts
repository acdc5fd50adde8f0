import type { TransferId } from '../../model/ids.ts';
import type { Download } from '../transfer/download.ts';
import type { Pace } from '../transfer/peer-pace.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { divideRate } from './divide-rate.ts';
import { RateDebt } from './rate-debt.ts';

/** A smaller change of a share than this is not worth to be told. */
const WORTH_TELLING = 0.02;

/** What one source of a download has brought, and was given. */
type Flow = { totalBytes: number; usedBytesPerS: number; givenBytesPerS: number | null };
type Known = {
  readonly download: Download;
  readonly debt: RateDebt;
  peers: Flow;
  origins: Flow;
  givenBytesPerS: number | null;
  pace: Pace;
};

const NO_PACE: Pace = { peersBytesPerS: null, originsBytesPerS: null };
const newFlow = (): Flow => ({ totalBytes: 0, usedBytesPerS: 0, givenBytesPerS: null });

/**
 * Shares a limit of all transfers out among those that fetch, and the part of each among its peers and its origins: what
 * one does not need goes to the others. Each has its part for about a second.
 */
export class RateShare {
  readonly #known = new Map<TransferId, Known>();
  readonly #debt = new RateDebt();
  #allBytesPerS: number | null = null;
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
    let allBytes = 0;
    for (const { download, debt, peers, origins, givenBytesPerS } of this.#known.values()) {
      const bytes =
        download.peerRate.totalBytes + download.originRate.totalBytes - peers.totalBytes - origins.totalBytes;
      allBytes += bytes;
      debt.took(bytes, givenBytesPerS, passedS);
      measure(peers, download.peerRate.totalBytes, passedS);
      measure(origins, download.originRate.totalBytes, passedS);
    }
    this.#debt.took(allBytes, this.#allBytesPerS, passedS);
  }

  /**
   * Gives every download its part. A new one has its part at once, and the others less.
   * @param allBytesPerS Null: no limit of all. @param ownOf The limit of one; null: none.
   */
  share(transfers: Iterable<Transfer>, allBytesPerS: number | null, ownOf: (it: Transfer) => number | null): void {
    this.#allBytesPerS = allBytesPerS;
    const fetching = this.#fetching(transfers);
    const users = fetching.map(({ known, transfer }) => ({
      usedBytesPerS: known.peers.usedBytesPerS + known.origins.usedBytesPerS,
      givenBytesPerS: known.givenBytesPerS,
      mostBytesPerS: ownOf(transfer),
    }));
    const parts =
      allBytesPerS === null
        ? users.map((user) => user.mostBytesPerS)
        : divideRate(this.#debt.paid(allBytesPerS), users);
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
    const [peersBytesPerS = 0, originsBytesPerS = 0] = divideRate(known.debt.paid(part), [
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
        known = {
          download,
          debt: new RateDebt(),
          peers: newFlow(),
          origins: newFlow(),
          givenBytesPerS: null,
          pace: NO_PACE,
        };
        this.#known.set(transfer.id, known);
      }
      found.push({ transfer, known });
    }
    for (const id of gone) this.#known.delete(id);
    return found;
  }
}

/** How much the last second counts against those before it. */
const LATELY_SHARE = 0.5;

function measure(flow: Flow, totalBytes: number, passedS: number): void {
  const isFirst = flow.totalBytes === 0;
  const lately = passedS > 0 ? (totalBytes - flow.totalBytes) / passedS : 0;
  flow.totalBytes = totalBytes;
  flow.usedBytesPerS = isFirst ? lately : flow.usedBytesPerS + LATELY_SHARE * (lately - flow.usedBytesPerS);
}

const differs = (before: number | null, now: number): boolean =>
  before === null || Math.abs(now - before) > before * WORTH_TELLING || (before === 0) !== (now === 0);
