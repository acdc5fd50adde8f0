import type { PeerRow } from '../../model/transfer-details.ts';
import { cleanText } from '../torrent/clean-text.ts';
import type { TransferRun } from '../transfer/transfer-run.ts';

const MAX_CLIENT_CHARS = 60;

/** Everybody that a run is connected with, in the order in which they came. @param pieceCount 0 while not known. */
export function peerRows(run: TransferRun, pieceCount: number): PeerRow[] {
  const download = run.activeDownload;
  return [...run.connected].map((peer) => {
    const { pieces, ...status } = peer.status(pieceCount);
    const desk = download?.peers.get(peer.id);
    return {
      ...status,
      id: peer.id,
      client: cleanText(peer.client, MAX_CLIENT_CHARS),
      has: pieceCount === 0 ? 0 : pieces / pieceCount,
      isChokingUs: peer.isChoking,
      owedBlocks: desk?.owed ?? 0,
      roundTripMs: desk?.measuredRoundTripMs ?? null,
      lies: download?.lyingPeers.get(peer.id) ?? 0,
    };
  });
}
