import type { PeerView } from '../schedule/plan-view.ts';

/**
 * The peers as a plan may use them under a limit: together they may be asked for so many blocks. One after the other
 * gets one, beginning with another peer each time: who has nothing to bring must not keep it from the others for long.
 * @param blocks What may be asked for now; infinite without a limit.
 */
export function pacedPeers(peers: readonly PeerView[], blocks: number, turn: number): readonly PeerView[] {
  if (blocks === Number.POSITIVE_INFINITY) return peers;
  const most = peers.map(({ freeRequests, calmRequests }) => Math.max(freeRequests, calmRequests ?? 0));
  const given = peers.map(() => 0);
  let left = Math.min(
    blocks,
    most.reduce((sum, requests) => sum + requests, 0),
  );
  for (let at = peers.length === 0 ? 0 : turn % peers.length; left > 0; at = (at + 1) % peers.length) {
    if ((given[at] as number) >= (most[at] as number)) continue;
    given[at] = (given[at] as number) + 1;
    left -= 1;
  }
  return peers.map((peer, index) => {
    const mayAsk = given[index] as number;
    const { freeRequests, calmRequests } = peer;
    const free = Math.min(freeRequests, mayAsk);
    return { ...peer, freeRequests: free, calmRequests: Math.min(calmRequests ?? freeRequests, mayAsk) };
  });
}
