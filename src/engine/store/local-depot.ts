import type { Failure } from '../../model/failure.ts';
import type { FileIndex, InfoHash, OriginUrl } from '../../model/ids.ts';
import { RequestSlots } from '../origin/request-slots.ts';
import type { FileSpans } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { doubtfulPieces } from './check-store.ts';
import type { Depot, DepotEvent, DepotSession, StoredPlace } from './depot.ts';
import { LocalSession } from './local-session.ts';
import type { HashPiece } from './piece-hash.ts';
import { Serial } from './serial.ts';
import { SessionJournal } from './session-journal.ts';
import type { StoreRoot } from './store-directory.ts';
import { StoreFiles } from './store-files.ts';

export type DepotPorts = {
  readonly root: StoreRoot;
  readonly fetch: typeof globalThis.fetch;
  readonly hash: HashPiece;
  readonly nowMs: () => number;
  readonly freeBytes: () => Promise<number>;
  /** Turns what the disk threw into what the user is told. */
  readonly failureOf: (error: unknown) => Failure;
};

/** What the sessions of one store have in common. */
export type SessionPorts = DepotPorts & {
  readonly slots: RequestSlots;
  /** Final addresses of files after redirects. */
  readonly finalUrls: Map<OriginUrl, Map<FileIndex, string>>;
};

/** The store at work in this very thread: in the product a Worker's, in tests whoever runs them. */
export class LocalDepot implements Depot {
  readonly #ports: SessionPorts;
  /** A directory is never opened while it is being removed, nor the other way round. */
  readonly #turns = new Map<InfoHash, Serial>();

  constructor(ports: DepotPorts) {
    this.#ports = { ...ports, slots: new RequestSlots(ports.nowMs), finalUrls: new Map() };
  }

  open(info: TorrentInfo, onEvent: (event: DepotEvent) => void, skipped: FileSpans = []): Promise<DepotSession> {
    return this.#turnOf(info.infoHash).run(() => this.#open(info, onEvent, skipped));
  }

  remove(infoHash: InfoHash): Promise<void> {
    return this.#turnOf(infoHash).run(() => this.#ports.root.remove(infoHash));
  }

  freeBytes(): Promise<number> {
    return this.#ports.freeBytes();
  }

  places(): Promise<readonly StoredPlace[]> {
    return this.#ports.root.places();
  }

  async #open(info: TorrentInfo, onEvent: (event: DepotEvent) => void, skipped: FileSpans): Promise<DepotSession> {
    const directory = await this.#ports.root.directory(info.infoHash);
    const files = await StoreFiles.open(directory, info, skipped);
    const { journal, wasWhole } = await SessionJournal.open(directory, info);
    const session = new LocalSession(info, files, journal, this.#ports, onEvent, skipped);
    try {
      if (wasWhole) await files.bringHome((piece) => journal.has(piece));
      await session.recheck(doubtfulPieces(journal.marks, (piece) => files.couldHold(piece), wasWhole));
      return session;
    } catch (error) {
      await session.close(); // a file that stays open could not be opened at the next try
      throw error;
    }
  }

  #turnOf(infoHash: InfoHash): Serial {
    const turn = this.#turns.get(infoHash) ?? new Serial();
    this.#turns.set(infoHash, turn);
    return turn;
  }
}
