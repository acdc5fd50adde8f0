import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import type { FluidDepot } from './fluid-depot.ts';
import type { FluidPeer } from './fluid-peer.ts';
import type { FluidWorld } from './fluid-world.ts';

/** A missing block that comes within this from where it was asked for is in good hands. */
const SOON_S = 1;

/**
 * Samples which sources have nothing to do while a block is missing that they could bring: one that nobody was asked
 * for, or that will not come soon from whoever was asked, and sooner from the idle source. One that needs longer for a
 * single block than it takes all others to bring everything is no help, and not idle.
 */
export class IdleWatch {
  /** Bytes that idle sources could have brought. */
  lostBytes = 0;
  /** The longest that one source was idle without a break, in seconds, and its name. */
  longestS = 0;
  longestIs = '';
  readonly #depot: FluidDepot;
  readonly #peers: readonly FluidPeer[];
  readonly #world: FluidWorld;
  readonly #now: () => number;
  readonly #idleS = new Map<string, number>();

  constructor(depot: FluidDepot, peers: readonly FluidPeer[], world: FluidWorld, now: () => number) {
    this.#depot = depot;
    this.#peers = peers;
    this.#world = world;
    this.#now = now;
  }

  /** Looks once; `passedS` after the last look. */
  look(passedS: number): void {
    const idlePeers = this.#peers.filter(
      (peer) => peer.isConnected && peer.rateBytesPerS > 0 && peer.owed().length === 0 && peer.maxRequests > 0,
    );
    // Origins that are spared are idle on purpose.
    const isSparing = this.#world.policy !== 'fastest';
    const idleOrigins = isSparing
      ? []
      : this.#depot.origins.filter((origin) => origin.runs.length === 0 && !origin.isDead);
    const lacking = idlePeers.length + idleOrigins.length === 0 ? [] : this.#lacking();
    const endS = this.#endS();
    const isLackingAfter = (needS: number, has: (piece: PieceIndex) => boolean) =>
      needS <= endS && lacking.some(({ piece, comesInS }) => comesInS > needS && has(piece));
    const idle = [
      ...idlePeers
        .map((peer) => ({ peer, name: peer.traits.name, rate: peer.rateBytesPerS }))
        .filter(({ peer, rate }) =>
          isLackingAfter(peer.traits.roundTripS + BLOCK_LENGTH_BYTES / rate, (piece) => peer.has(piece)),
        ),
      ...idleOrigins
        .map((origin) => ({ origin, name: origin.traits.name, rate: origin.rateBytesPerS }))
        .filter(({ origin, rate }) => isLackingAfter(origin.traits.firstByteS + BLOCK_LENGTH_BYTES / rate, () => true)),
    ];
    const names = new Set(idle.map(({ name }) => name));
    for (const name of this.#idleS.keys()) if (!names.has(name)) this.#idleS.delete(name);
    for (const { name, rate } of idle) {
      this.lostBytes += rate * passedS;
      const soFarS = (this.#idleS.get(name) ?? 0) + passedS;
      this.#idleS.set(name, soFarS);
      if (soFarS <= this.longestS) continue;
      this.longestS = soFarS;
      this.longestIs = `${name} until ${this.#now().toFixed(1)} s`;
    }
  }

  /** Seconds that all who can send need at the least for everything that is missing. */
  #endS(): number {
    const { lengthBytes, downlinkBytesPerS } = this.#world;
    let bytesPerS = 0;
    for (const peer of this.#peers) if (peer.isConnected) bytesPerS += peer.rateBytesPerS;
    for (const origin of this.#depot.origins) bytesPerS += origin.rateBytesPerS;
    const missingBytes = lengthBytes - this.#depot.pieces.bytes;
    return missingBytes / Math.max(Math.min(bytesPerS, downlinkBytesPerS), 1);
  }

  /** Pieces with a block that will not come soon, and in how many seconds the last of those comes. */
  #lacking(): { readonly piece: PieceIndex; readonly comesInS: number }[] {
    const { lengthBytes, pieceLengthBytes } = this.#world;
    const blocksAPiece = Math.ceil(pieceLengthBytes / BLOCK_LENGTH_BYTES);
    const comesInS = new Float64Array(Math.ceil(lengthBytes / BLOCK_LENGTH_BYTES)).fill(Number.POSITIVE_INFINITY);
    const comes = (block: number, inS: number) => {
      comesInS[block] = Math.min(comesInS[block] as number, inS);
    };
    for (const peer of this.#peers) {
      let ahead = 0;
      for (const { piece, offset } of peer.isConnected ? peer.owed() : []) {
        ahead += BLOCK_LENGTH_BYTES;
        const sentInS = ahead / Math.max(peer.rateBytesPerS, 1);
        const inS = sentInS <= SOON_S ? 0 : sentInS + peer.traits.roundTripS / 2;
        comes(piece * blocksAPiece + offset / BLOCK_LENGTH_BYTES, inS);
      }
    }
    for (const origin of this.#depot.origins) {
      const rate = origin.rateBytesPerS / Math.max(origin.runs.length, 1);
      for (const run of origin.runs) {
        const first = Math.floor(run.positionByte / BLOCK_LENGTH_BYTES);
        for (let block = first; block * BLOCK_LENGTH_BYTES < run.endByte; block++) {
          const inS = ((block + 1) * BLOCK_LENGTH_BYTES - run.positionByte) / Math.max(rate, 1);
          comes(block, inS <= SOON_S ? 0 : inS);
        }
      }
    }
    const lastInS = new Map<PieceIndex, number>();
    for (let block = 0; block < comesInS.length; block++) {
      const inS = comesInS[block] as number;
      const piece = Math.floor(block / blocksAPiece) as PieceIndex;
      if (inS === 0 || inS <= (lastInS.get(piece) ?? 0) || this.#depot.pieces.has(piece, block % blocksAPiece))
        continue;
      lastInS.set(piece, inS);
    }
    return [...lastInS].map(([piece, inS]) => ({ piece, comesInS: inS }));
  }
}
