import type { PlanView } from '../schedule/plan-view.ts';
import { demandOf } from './demand.ts';
import type { Download } from './download.ts';
import type { DownloadPorts } from './download-ports.ts';
import type { PeerPace } from './peer-pace.ts';
import type { RunControl } from './run-control.ts';
import type { WasteAccount } from './waste-account.ts';

/** What a download keeps to itself. */
export type PlanParts = {
  readonly waste: WasteAccount;
  readonly pace: PeerPace;
  readonly runs: RunControl;
  readonly startedAtMs: number;
  /** Of all peers and origins, wanted or not. */
  readonly receivedBytes: number;
};

/** Everything that the next plan of a download may depend on. */
export function viewForPlan(
  { board, origins, peers }: Pick<Download, 'board' | 'origins' | 'peers'>,
  ports: DownloadPorts,
  { waste, pace, runs, startedAtMs, receivedBytes }: PlanParts,
  nowMs: number,
): PlanView {
  const [policy, patience] = [ports.policy(), ports.patience()];
  const { map, holders, suspect, rarest } = board;
  return {
    nowMs,
    policy,
    demand: demandOf(policy, patience, origins, receivedBytes - waste.wastedBytes, startedAtMs, nowMs),
    playback: ports.playback(),
    map,
    holders,
    rarest: () => rarest.at(nowMs),
    hasOrphans: rarest.hasOrphans,
    claimed: board.claims(nowMs),
    suspect,
    origins: origins.filter((desk) => desk.isUsable(nowMs)).map((desk) => desk.view(nowMs)),
    runs: runs.views(nowMs),
    peers: pace.views(
      [...peers.values()].map((desk) => desk.view(nowMs)),
      nowMs,
    ),
    wasteAllowanceBytes: waste.allowanceBytes(receivedBytes, map.duplicateBytes, nowMs),
    lastInjectionMs: runs.lastInjectionMs,
    seed: ports.seed,
  };
}
