import type { DepotEvent, DepotSession } from '../../../src/engine/store/depot.ts';
import { LocalDepot } from '../../../src/engine/store/local-depot.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { TorrentInfo } from '../../../src/engine/torrent/torrent-description.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { DiskFull, MemoryDisk } from './memory-disk.ts';
import { MemoryWeb } from './memory-web.ts';
import { hash, type SmallTorrent } from './small-torrent.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What the disk in memory threw, as the user is told. */
export const failureOfDisk = (error: unknown): Failure =>
  error instanceof DiskFull
    ? { code: 'disk-full', neededBytes: 1, freeBytes: 0 }
    : { code: 'store-failed', reason: String(error) };

/** The store with a disk and a web in memory, on a virtual clock that also owns the language's timers. */
export class StoreWorld {
  readonly clock: VirtualClock;
  readonly web: MemoryWeb;
  readonly disk: MemoryDisk;
  readonly depot: LocalDepot;

  constructor(disk = new MemoryDisk(), clock = new VirtualClock(), web = new MemoryWeb(clock)) {
    this.disk = disk;
    this.clock = clock;
    this.web = web;
    this.clock.takeTimers();
    this.depot = new LocalDepot({
      root: disk,
      fetch: this.web.fetch,
      hash,
      nowMs: () => this.clock.nowMs(),
      freeBytes: async () => disk.roomBytes,
      failureOf: failureOfDisk,
    });
  }

  /** Opens a torrent's place and keeps everything that is told. */
  async open(info: TorrentInfo): Promise<OpenStore> {
    const events: DepotEvent[] = [];
    const listeners: DepotListener[] = [];
    const opening = this.depot.open(info, (event) => {
      events.push(event);
      for (const listener of listeners) listener(event);
    });
    return new OpenStore(this.clock, info, await this.clock.untilSettled(opening), events, listeners);
  }

  /** Serves a single-file torrent, or all files of one with several, from a host; returns the origin's address. */
  serve(torrent: SmallTorrent, host = 'origin.test'): OriginUrl {
    const { files } = this.web.server(host);
    const { info } = torrent;
    for (const file of info.files) {
      if (file.isPadding) continue;
      files.set(info.isMultiFile ? `/${info.name}/${file.path.join('/')}` : `/${info.name}`, torrent.file(file.index));
    }
    return `http://${host}/` as OriginUrl;
  }
}

type DepotListener = (event: DepotEvent) => void;

export class OpenStore {
  readonly session: DepotSession;
  readonly events: DepotEvent[];
  readonly listeners: DepotListener[];
  readonly #clock: VirtualClock;
  readonly #info: TorrentInfo;

  constructor(
    clock: VirtualClock,
    info: TorrentInfo,
    session: DepotSession,
    events: DepotEvent[],
    listeners: DepotListener[],
  ) {
    this.#clock = clock;
    this.#info = info;
    this.session = session;
    this.events = events;
    this.listeners = listeners;
  }

  /** Hands over all blocks of a piece as one peer would. */
  putPiece(torrent: SmallTorrent, piece: number, peer = 'peer', bytes = torrent.pieceBytes(piece)): void {
    for (let at = 0; at < bytes.length; at += BLOCK_LENGTH_BYTES) {
      this.putBlock(piece, at / BLOCK_LENGTH_BYTES, bytes.slice(at, at + BLOCK_LENGTH_BYTES), peer);
    }
  }

  putBlock(piece: number, block: number, bytes: Uint8Array, peer = 'peer'): void {
    this.session.putBlock(piece as PieceIndex, block, bytes, peer as PeerId);
  }

  /** Streams whole pieces from an origin; the last one may be short. */
  startRun(run: number, origin: OriginUrl, startPiece: number, endPiece: number, fromFileStart = false): void {
    const startByte = this.#startOf(startPiece);
    this.session.startRun({ run, origin, startByte, endByte: this.#startOf(endPiece), fromFileStart });
  }

  #startOf(piece: number): number {
    return Math.min(piece * this.#info.pieceLengthBytes, this.#info.lengthBytes);
  }

  close(): Promise<void> {
    return this.#clock.untilSettled(this.session.close());
  }

  /** Pieces told as verified so far, in order of number. */
  verified(): number[] {
    return this.of('verified')
      .flatMap(({ pieces }) => pieces.map(({ piece }) => piece as number))
      .sort((a, b) => a - b);
  }

  wastedBytes(): number {
    return this.of('wasted').reduce((sum, { bytes }) => sum + bytes, 0);
  }

  of<T extends DepotEvent['type']>(type: T): Extract<DepotEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<DepotEvent, { type: T }> => event.type === type);
  }
}
