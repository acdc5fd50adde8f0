import type { DepotSession, RunEnd, RunRequest, VerifiedPiece, WorkEvent } from '../../../src/engine/store/depot.ts';
import { markOf } from '../../../src/engine/store/journal.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { FluidOrigin, type FluidRun } from './fluid-origin.ts';
import { FluidPieces, type WholePiece } from './fluid-pieces.ts';
import { type FluidWorld, pieceCountOf } from './fluid-world.ts';

/** From whole to written, and from the first of the written pieces to all of them verified (store/local-session.ts). */
export const HASHED_AFTER_S = 0.02;
const FLUSHED_AFTER_S = 0.4;

/** The longest that a whole piece waits until it may be read; what a player waits for is flushed at once. */
export const VERIFIED_AFTER_S = HASHED_AFTER_S + FLUSHED_AFTER_S;

type Timed<T> = { readonly what: T; readonly atS: number };

/**
 * The store without bytes or disk. It tells what it has to tell when `tell` is called and never in the middle of a
 * call, as messages of a Worker come.
 */
export class FluidDepot implements DepotSession {
  readonly marks: Uint8Array;
  readonly origins: readonly FluidOrigin[];
  readonly pieces: FluidPieces;
  /** Bytes that origins sent, wanted or not. */
  originBytes = 0;
  /** Those of peers and origins that were here already. */
  wastedBytes = 0;
  /** Bytes of whole pieces that peers brought. */
  peerBytes = 0;
  readonly #world: FluidWorld;
  readonly #now: () => number;
  readonly #runs = new Map<number, { readonly run: FluidRun; readonly origin: FluidOrigin }>();
  #events: WorkEvent[] = [];
  readonly #hashing: Timed<WholePiece>[] = [];
  #unflushed: VerifiedPiece[] = [];
  #flushAtS = Number.POSITIVE_INFINITY;
  #hastened: ReadonlySet<PieceIndex> = new Set();
  #left: number;

  constructor(world: FluidWorld, now: () => number) {
    const pieceCount = pieceCountOf(world);
    this.#world = world;
    this.#now = now;
    this.#left = pieceCount;
    this.marks = new Uint8Array(pieceCount);
    this.pieces = new FluidPieces({ ...world, pieceCount }, (what) => {
      this.#hashing.push({ what, atS: now() + HASHED_AFTER_S });
    });
    const events = {
      bytes: (run: FluidRun, startByte: number, endByte: number) => this.#stream(run, startByte, endByte),
      progress: (run: FluidRun, firstByteMs: number | null) => this.#progress(run, firstByteMs),
      ended: ({ request: { run }, positionByte }: FluidRun, end: RunEnd['end']) => {
        this.#runs.delete(run);
        this.#events.push({ type: 'run-ended', run, positionByte: Math.floor(positionByte), end });
      },
    };
    this.origins = world.origins.map((traits) => new FluidOrigin(traits, now, events));
  }

  putBlock(piece: PieceIndex, block: number, bytes: Uint8Array, _peer: PeerId): void {
    this.#waste(this.pieces.putBlock(piece, block, bytes.length));
  }

  dropPiece(piece: PieceIndex): void {
    this.pieces.drop(piece);
  }

  startRun(request: RunRequest): void {
    const origin = this.origins.find(({ traits }) => urlOfOrigin(traits.name) === request.origin);
    if (origin === undefined) throw new Error(`no origin ${request.origin}`);
    const { startByte, endByte } = request;
    if (startByte < 0 || startByte >= endByte || endByte > this.#world.lengthBytes) {
      throw new RangeError(`a run from ${startByte} to ${endByte}`);
    }
    this.#events.push({ type: 'origin-requested', origin: request.origin });
    const run = origin.start(request);
    this.#runs.set(request.run, { run, origin });
  }

  hasten(pieces: readonly PieceIndex[]): void {
    this.#hastened = new Set(pieces);
  }

  shortenRun(id: number, endByte: number): void {
    const known = this.#runs.get(id);
    known?.origin.shorten(known.run, endByte);
  }

  stopRun(id: number): void {
    const known = this.#runs.get(id);
    known?.origin.stop(known.run);
  }

  /** No world of this network has limits: those are tried with the real streams. */
  setRunRate(bytesPerS: number | null): void {
    if (bytesPerS !== null) throw new Error('no limits here');
  }

  /** No world of this network has files that changed. */
  vouch(): Promise<boolean> {
    return Promise.resolve(false);
  }

  check(): Promise<Uint8Array> {
    return Promise.resolve(this.marks);
  }

  read(piece: PieceIndex): Promise<Uint8Array> {
    return Promise.reject(new RangeError(`piece ${piece} has no bytes`));
  }

  async close(): Promise<void> {
    for (const { run, origin } of [...this.#runs.values()]) origin.stop(run);
  }

  /** Hashes, flushes, ends what failed, and then tells everything that happened. */
  tell(hear: (event: WorkEvent) => void): void {
    for (const origin of this.origins) origin.look();
    const nowS = this.#now() + 1e-9;
    while (this.#hashing[0] !== undefined && this.#hashing[0].atS <= nowS) {
      const { what } = this.#hashing.shift() as Timed<WholePiece>;
      this.peerBytes += what.peerBytes;
      const mark = markOf(what.peerBytes, what.lengthBytes - what.peerBytes);
      this.#unflushed.push({ piece: what.piece, mark, from: [] });
      this.#left -= 1;
      this.#flushAtS = Math.min(this.#flushAtS, nowS + FLUSHED_AFTER_S);
    }
    const isHastened = this.#unflushed.some(({ piece }) => this.#hastened.has(piece));
    if (this.#unflushed.length > 0 && (this.#left === 0 || isHastened || nowS >= this.#flushAtS)) {
      this.#events.push({ type: 'verified', pieces: this.#unflushed });
      this.#unflushed = [];
      this.#flushAtS = Number.POSITIVE_INFINITY;
    }
    const events = this.#events;
    this.#events = [];
    for (const event of events) hear(event);
  }

  #stream(run: FluidRun, startByte: number, endByte: number): void {
    this.originBytes += endByte - startByte;
    const from = Math.floor(startByte);
    this.#waste(this.pieces.putStream(run.stream, from, Math.floor(endByte)));
  }

  #progress(run: FluidRun, firstByteMs: number | null): void {
    const bytes = Math.floor(run.unreported);
    run.unreported -= bytes;
    const position = Math.floor(run.positionByte);
    this.#events.push({ type: 'run-progress', run: run.request.run, bytes, position, firstByteMs });
  }

  #waste(bytes: number): void {
    if (bytes <= 0) return;
    this.wastedBytes += bytes;
    this.#events.push({ type: 'wasted', bytes, reason: 'duplicate' });
  }
}

/** The address of an origin of a simulated world. */
export const urlOfOrigin = (name: string): RunRequest['origin'] => `https://${name}.test/` as RunRequest['origin'];
