import type { PeerId, PieceIndex } from '../../model/ids.ts';
import type { Decision, Owed } from '../schedule/plan-view.ts';
import type { DepotSession } from '../store/depot.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { PeerDesk } from './peer-desk.ts';
import { PeerPace } from './peer-pace.ts';
import type { PieceBoard } from './piece-board.ts';
import type { WasteAccount } from './waste-account.ts';

export type PeerRequestsPorts = {
  readonly board: PieceBoard;
  readonly peers: ReadonlyMap<PeerId, PeerDesk>;
  readonly waste: WasteAccount;
  readonly session: Pick<DepotSession, 'dropPiece'>;
};

/** What the peers of one download are asked for, and need not send any more: desks, board, wire and limit are kept in step. */
export class PeerRequests {
  readonly pace = new PeerPace();
  readonly #ports: PeerRequestsPorts;

  constructor(ports: PeerRequestsPorts) {
    this.#ports = ports;
  }

  ask({ peer, piece, block }: Extract<Decision, { readonly type: 'ask' }>, nowMs: number): void {
    const { map, suspect } = this.#ports.board;
    const desk = this.#ports.peers.get(peer);
    if (desk === undefined) return;
    if (map.open(piece) === undefined) map.begin(piece, suspect.has(piece) ? peer : null);
    map.ask(piece, block, peer);
    desk.asked(piece, block, nowMs);
    this.pace.asked(map.blockLength(piece, block), nowMs);
    desk.peer.request(piece, block * BLOCK_LENGTH_BYTES, map.blockLength(piece, block));
  }

  /** A block that a peer owes is to come from somebody else. */
  takeAway({ peer, piece, block }: Extract<Decision, { readonly type: 'cancel' }>, nowMs: number): void {
    this.#ports.board.map.lose(piece, block, peer);
    this.cancel(peer, piece, block, nowMs);
  }

  /** Tells a peer that a block need not come from it. */
  cancel(peer: PeerId, piece: PieceIndex, block: number, nowMs: number): void {
    const { board, peers, waste } = this.#ports;
    const desk = peers.get(peer);
    const comes = desk?.comesAnyway(piece, block, nowMs) ?? 'no';
    if (desk === undefined || !this.#released(desk, piece, block, nowMs)) return;
    waste.cancelled({ peer, piece, block }, desk.roundTripMs, comes, nowMs);
    desk.peer.cancel(piece, block * BLOCK_LENGTH_BYTES, board.map.blockLength(piece, block));
  }

  refused(peer: PeerId, piece: PieceIndex, block: number, nowMs: number): void {
    if (this.#released(this.#ports.peers.get(peer), piece, block, nowMs)) this.#lost(piece, block, peer);
  }

  /** A piece is here: whoever still owes blocks of it need not send them. */
  verified(piece: PieceIndex, nowMs: number): void {
    const { board } = this.#ports;
    for (const [block, peers] of board.map.open(piece)?.peers.entries() ?? [])
      for (const peer of peers) this.cancel(peer, piece, block, nowMs);
    board.verified(piece);
  }

  /** Takes back what a peer owes: these blocks, or everything. */
  takeBack(desk: PeerDesk | undefined, nowMs: number, blocks: readonly Owed[] = desk?.owedBlocks() ?? []): void {
    for (const { piece, block } of blocks) {
      if (desk === undefined) return;
      this.#released(desk, piece, block, nowMs);
      desk.peer.cancel(piece, block * BLOCK_LENGTH_BYTES, this.#ports.board.map.blockLength(piece, block));
      this.#lost(piece, block, desk.peer.id);
    }
  }

  /** A block will not come from a peer, or need not: its share of the limit is free again. Returns whether it was owed. */
  #released(desk: PeerDesk | undefined, piece: PieceIndex, block: number, nowMs: number): boolean {
    const wasOwed = desk?.released(piece, block, nowMs) ?? false;
    if (wasOwed) this.pace.released(this.#ports.board.map.blockLength(piece, block));
    return wasOwed;
  }

  #lost(piece: PieceIndex, block: number, peer: PeerId): void {
    const { board, session } = this.#ports;
    const isSuspect = board.suspect.has(piece);
    // What one source has brought of a suspect piece must not be mixed with another's.
    if (board.map.lose(piece, block, peer) && isSuspect) session.dropPiece(piece);
  }
}
