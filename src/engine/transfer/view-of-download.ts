import type { PeerId } from '../../model/ids.ts';
import type { PlanView } from '../schedule/plan-view.ts';
import type { OriginDesk } from './origin-desk.ts';
import type { PeerDesk } from './peer-desk.ts';
import type { PieceBoard } from './piece-board.ts';
import type { RunControl } from './run-control.ts';
import type { WasteAccount } from './waste-account.ts';

/** What the loop of a download knows of its pieces and its sources. */
export type DownloadParts = {
  readonly board: PieceBoard;
  readonly origins: readonly OriginDesk[];
  readonly peers: ReadonlyMap<PeerId, PeerDesk>;
};

type Wishes = 'policy' | 'demand' | 'playback' | 'seed';

/**
 * That, as a plan wants it; what is wished for is added by the loop.
 * @param receivedBytes All that came, what came in vain included.
 */
export function viewOfDownload(
  { board, origins, peers }: DownloadParts,
  runs: RunControl,
  waste: WasteAccount,
  receivedBytes: number,
  nowMs: number,
): Omit<PlanView, Wishes> {
  const { map, holders, suspect, rarest } = board;
  const asked = origins.filter((desk) => desk.isUsable(nowMs)).map((desk) => runs.originView(desk, nowMs));
  return {
    nowMs,
    map,
    holders,
    rarest: () => rarest.at(nowMs),
    hasOrphans: rarest.hasOrphans,
    claimed: board.claims(nowMs),
    suspect,
    origins: asked,
    runs: runs.views(nowMs, asked),
    peers: [...peers.values()].map((desk) => desk.view(nowMs)),
    wasteAllowanceBytes: waste.allowanceBytes(receivedBytes, map.duplicateBytes, nowMs),
    originsPaceBytesPerS: runs.paceBytesPerS,
    lastInjectionMs: runs.lastInjectionMs,
  };
}
