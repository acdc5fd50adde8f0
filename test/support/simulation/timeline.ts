import type { FluidNetwork, Trace } from './fluid-network.ts';

/** Says every so often how a world stands: what is there, what every run is at, what every peer owes. */
export function timeline(everyS: number, say: Trace): (network: FluidNetwork) => void {
  let nextS = everyS;
  let lastBytes = 0;
  return (network) => {
    if (network.nowS < nextS) return;
    nextS += everyS;
    const bytes = network.depot.originBytes + network.peerBytes;
    const whole = network.wholeBytes;
    const runs = network.depot.origins.flatMap((origin) =>
      origin.runs.map((run) => `${run.request.run}@${origin.traits.name} ${mb(run.positionByte)}-${mb(run.endByte)}`),
    );
    const idle = network.peers.filter((peer) => peer.isConnected && peer.rateBytesPerS > 0 && peer.owed().length === 0);
    const owing = network.peers.filter((peer) => peer.owed().length > 0);
    const player =
      network.player === null ? '' : `, plays at ${mb(network.player.positionByte)}, ready ${mb(network.readyByte)}`;
    say(
      network.nowS,
      `whole ${mb(whole)} MB, ${mb((bytes - lastBytes) / everyS)} MB/s${player}; runs ${runs.join(', ') || 'none'}; ` +
        `${owing.length} peers owe ${owing.reduce((total, peer) => total + peer.owed().length, 0)}` +
        (idle.length > 0 ? `; idle: ${idle.map(({ traits }) => traits.name).join(' ')}` : ''),
    );
    lastBytes = bytes;
  };
}

const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
