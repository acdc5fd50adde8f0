import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import type { FluidDepot } from './fluid-depot.ts';
import type { FluidPeer } from './fluid-peer.ts';
import type { FluidWorld } from './fluid-world.ts';

/** A missing block that comes within this from where it was asked for is in good hands. */
const SOON_S = 1;

/**
 * Samples which sources have nothing to do while a block is missing that they could bring: one that nobody was asked
 * for, or that will not come soon from whoever was asked.
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
    const isPieceLacking = (has: (piece: PieceIndex) => boolean) => lacking.some((piece) => has(piece));
    const idle = [
      ...idlePeers
        .filter((peer) => isPieceLacking((piece) => peer.has(piece)))
        .map((peer) => ({ name: peer.traits.name, rate: peer.rateBytesPerS })),
      ...idleOrigins
        .filter(() => lacking.length > 0)
        .map((origin) => ({ name: origin.traits.name, rate: origin.rateBytesPerS })),
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

  /** Pieces with a block that will not come soon. */
  #lacking(): PieceIndex[] {
    const { lengthBytes, pieceLengthBytes } = this.#world;
    const blocksAPiece = Math.ceil(pieceLengthBytes / BLOCK_LENGTH_BYTES);
    const isSoon = new Uint8Array(Math.ceil(lengthBytes / BLOCK_LENGTH_BYTES));
    for (const peer of this.#peers) {
      let ahead = 0;
      for (const { piece, offset } of peer.isConnected ? peer.owed() : []) {
        ahead += BLOCK_LENGTH_BYTES;
        const etaS = ahead / Math.max(peer.rateBytesPerS, 1) + peer.traits.roundTripS;
        if (etaS <= SOON_S + peer.traits.roundTripS) isSoon[piece * blocksAPiece + offset / BLOCK_LENGTH_BYTES] = 1;
      }
    }
    for (const origin of this.#depot.origins) {
      const rate = origin.rateBytesPerS / Math.max(origin.runs.length, 1);
      for (const run of origin.runs) {
        const first = Math.floor(run.positionByte / BLOCK_LENGTH_BYTES);
        const last = Math.ceil(Math.min(run.endByte, run.positionByte + rate * SOON_S) / BLOCK_LENGTH_BYTES);
        isSoon.fill(1, first, last);
      }
    }
    const lacking: PieceIndex[] = [];
    for (let block = 0; block < isSoon.length; block++) {
      const piece = Math.floor(block / blocksAPiece) as PieceIndex;
      if (isSoon[block] === 1 || this.#depot.pieces.has(piece, block % blocksAPiece)) continue;
      lacking.push(piece);
      block = (piece + 1) * blocksAPiece - 1;
    }
    return lacking;
  }
}
