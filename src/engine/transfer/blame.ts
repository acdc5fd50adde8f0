import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { Source } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { LieBars } from './lie-bars.ts';
import type { OriginDesk } from './origin-desk.ts';
import type { PeerDesk } from './peer-desk.ts';
import type { PieceBoard } from './piece-board.ts';

/** A peer with this many proven lies is left alone. */
const MAX_LIES_OF_PEER = 2;

export type BlamePorts = {
  readonly info: TorrentInfo;
  readonly board: PieceBoard;
  readonly peers: ReadonlyMap<PeerId, PeerDesk>;
  readonly originOf: (origin: OriginUrl) => OriginDesk | undefined;
  /** An origin is known to lack more than before. */
  readonly onOriginLied: (desk: OriginDesk) => void;
};

/** Who sent wrong bytes, and who must not be asked for what because of it. */
export class Blame {
  /** Peers whose bytes were proven wrong, with the number of pieces. */
  readonly lyingPeers = new Map<string, number>();
  readonly #bars = new LieBars();
  readonly #ports: BlamePorts;

  constructor(ports: BlamePorts) {
    this.#ports = ports;
  }

  /** A whole piece did not match its hash. With several sources one of them lied: the next try has only one. */
  pieceFailed(piece: PieceIndex, sources: readonly Source[]): void {
    const { board } = this.#ports;
    board.map.free(piece);
    const [only, ...others] = sources;
    if (only !== undefined && others.length === 0) this.lied(only, piece);
    else board.suspect.add(piece);
  }

  /** A source is proven to have sent wrong bytes: somebody else brings the piece, if there is anybody. */
  lied(source: Source, piece: PieceIndex): void {
    if (source.kind === 'origin') this.#originLied(this.#ports.originOf(source.origin), piece);
    else this.#peerLied(source.peer, piece);
  }

  /** Lifts bars of pieces that nobody else can bring any more. */
  lift(origins: readonly OriginDesk[]): void {
    this.#bars.lift(this.#ports.peers.values(), origins);
  }

  #originLied(desk: OriginDesk | undefined, piece: PieceIndex): void {
    if (desk === undefined) return;
    desk.lied(piece, this.#ports.info);
    this.#bars.add(desk, piece); // lifted at the next look when nobody else can bring it
    this.#ports.onOriginLied(desk);
  }

  #peerLied(peer: PeerId, piece: PieceIndex): void {
    const desk = this.#ports.peers.get(peer);
    const lies = (this.lyingPeers.get(peer) ?? 0) + 1;
    this.lyingPeers.set(peer, lies);
    if (desk !== undefined) this.#bars.add(desk, piece);
    if (lies >= MAX_LIES_OF_PEER) desk?.peer.drop();
  }
}
