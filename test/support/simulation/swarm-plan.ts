/**
 * A swarm to be simulated: equal peers that download one file, each by a deadline of its own.
 * Times are seconds; rates are pieces of 1 MiB a second.
 */
export type SwarmPlan = {
  readonly name: string;
  readonly peers: number;
  readonly pieces: number;
  readonly neighbours: number;
  readonly uploadRate: number;
  readonly downloadRate: number;
  /** From a peer's arrival to its deadline. */
  readonly patienceS: number;
  /** Arrivals are spread evenly over this time; 0: all at once. */
  readonly arrivalsS: number;
  /** Whether peers inject; without it each waits for its own latest safe start. */
  readonly injects: boolean;
  /** Whether peers leave as soon as they have everything; else they share until their deadline. */
  readonly leavesWhenDone: boolean;
  /** Whether peers know from elsewhere how fast the origin is; else each finds out when it first asks for something. */
  readonly knowsOrigin: boolean;
  readonly seed: number;
};

export const PIECE_BYTES = 1_048_576;

export type SwarmResult = {
  /** Pieces that origins brought, over all that was downloaded. */
  readonly offload: number;
  /** Most pieces that origins sent in one second, and the same if there were no peers. */
  readonly peakPerS: number;
  readonly originOnlyPeakPerS: number;
  /** Peers that had not everything at their deadline. */
  readonly late: number;
  /** Pieces brought by injection alone, over all that was downloaded. */
  readonly injected: number;
};

const BASE = { pieces: 100, neighbours: 20, uploadRate: 1, downloadRate: 4, patienceS: 150, arrivalsS: 0 } as const;

/** A crowd that starts together, unless told otherwise. */
export const swarmOf = (name: string, peers: number, other: Partial<SwarmPlan> = {}): SwarmPlan => ({
  ...BASE,
  name,
  peers,
  injects: true,
  knowsOrigin: false,
  leavesWhenDone: false,
  seed: 1,
  ...other,
});

/**
 * The best share that peers can deliver: everything must come from an origin once, and what all uploads together cannot
 * carry until the deadline must too. For peers that start together it is a limit; for spread arrivals a looser one.
 */
export function bestOffload({ peers, pieces, uploadRate, patienceS }: SwarmPlan): number {
  return 1 - Math.max(1 / peers, 1 - (patienceS * uploadRate) / pieces);
}

/** When each peer arrives, in order. */
export const arrivalS = ({ peers, arrivalsS }: SwarmPlan, peer: number): number =>
  Math.floor((peer * arrivalsS) / peers);

/** The most that an origin alone would send in one second, to the same arrivals with the same links. */
export function originOnlyPeak(plan: SwarmPlan): number {
  const lastsS = Math.ceil(plan.pieces / plan.downloadRate);
  let peak = 0;
  let first = 0;
  for (let peer = 0; peer < plan.peers; peer++) {
    while (arrivalS(plan, first) + lastsS <= arrivalS(plan, peer)) first += 1;
    peak = Math.max(peak, peer - first + 1);
  }
  return peak * plan.downloadRate;
}
