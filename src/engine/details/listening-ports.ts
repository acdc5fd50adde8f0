import type { EnginePorts } from '../ports.ts';
import type { DepotEvent } from '../store/depot.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';

export type Listener = {
  readonly peerJoined: (peer: SwarmPeer) => void;
  readonly peerLeft: (peer: SwarmPeer) => void;
  readonly stored: (event: DepotEvent) => void;
};

/** The same ports, for one run: who comes and goes, and what the store tells, is heard by a listener first. */
export function listeningPorts(ports: EnginePorts, listener: Listener): EnginePorts {
  const { swarm, depot } = ports;
  return {
    ...ports,
    swarm: {
      configure: (settings) => swarm.configure(settings),
      join: (request, events) =>
        swarm.join(request, {
          ...events,
          peerJoined: (peer) => {
            listener.peerJoined(peer);
            events.peerJoined(peer);
          },
          peerLeft: (peer) => {
            listener.peerLeft(peer);
            events.peerLeft(peer);
          },
        }),
    },
    depot: {
      open: (info, onEvent, skipped) => {
        const heard = (event: DepotEvent) => {
          listener.stored(event);
          onEvent(event);
        };
        return skipped === undefined ? depot.open(info, heard) : depot.open(info, heard, skipped);
      },
      remove: (infoHash) => depot.remove(infoHash),
      freeBytes: () => depot.freeBytes(),
      places: () => depot.places(),
    },
  };
}
