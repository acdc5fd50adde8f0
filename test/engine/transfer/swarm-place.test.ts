import { expect, test } from 'vitest';
import type { Swarm, SwarmEvents, SwarmPeer, SwarmSession } from '../../../src/engine/swarm/swarm.ts';
import { SwarmPlace } from '../../../src/engine/transfer/swarm-place.ts';
import type { InfoHash, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { IDLE_PEER_STATUS } from '../../support/simulation/idle-peer-status.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const { info } = await smallTorrent({ content: 4 * 32_768, pieceLengthBytes: 32_768 });
const REQUEST = { infoHash: 'a'.repeat(40) as InfoHash, name: 'x', trackers: ['wss://t.test'], isPrivate: false };

/** A swarm that takes its time to be left, as real ones do: nobody may join before. */
class SlowSwarm implements Swarm {
  configure(): void {}

  readonly said: string[] = [];
  events: SwarmEvents | null = null;
  left: () => void = () => undefined;
  #isIn = false;

  join(_request: typeof REQUEST, events: SwarmEvents): SwarmSession {
    if (this.#isIn) throw new Error('joined twice');
    this.#isIn = true;
    this.events = events;
    this.said.push('join');
    return {
      setInfo: (_info, marks) => void this.said.push(`info ${marks.join('')}`),
      announce: (piece) => void this.said.push(`have ${piece}`),
      claim: (pieces) => void this.said.push(`claim ${pieces.join()}`),
      setSharing: (isAllowed) => void this.said.push(isAllowed ? 'share' : 'keep'),
      trackers: () => [],
      leave: () =>
        new Promise((resolve) => {
          this.said.push('leave');
          this.left = () => {
            this.#isIn = false;
            resolve();
          };
        }),
    };
  }
}

const peerNamed = (id: string, client: string): SwarmPeer => ({
  id: id as PeerId,
  client,
  isChoking: false,
  maxRequests: 1,
  has: () => false,
  status: () => IDLE_PEER_STATUS,
  request: () => undefined,
  cancel: () => undefined,
  drop: () => undefined,
});

function newPlace() {
  const swarm = new SlowSwarm();
  const left: string[] = [];
  const events: SwarmEvents = {
    metadata: () => undefined,
    peerJoined: () => undefined,
    peerChanged: () => undefined,
    peerLeft: ({ id }) => void left.push(id),
    block: () => undefined,
    claimed: () => undefined,
    refused: () => undefined,
    uploaded: () => undefined,
    read: () => Promise.reject(new Error('nothing is here')),
  };
  return { swarm, left, place: new SwarmPlace({ swarm, events, mayShare: () => true }) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('whoever comes back is told what has come meanwhile', async () => {
  const { swarm, place } = newPlace();
  place.join(REQUEST);
  place.setInfo(info, Uint8Array.of(0, 0, 0, 0));
  place.announce(1 as PieceIndex, 254);
  const leaving = place.leave();
  place.announce(3 as PieceIndex, 1);
  swarm.left();
  await leaving;
  place.join(REQUEST);
  expect(swarm.said).toEqual(['join', 'share', 'info 0000', 'have 1', 'leave', 'join', 'info 025401', 'share']);
});

test('it joins again only when it has left', async () => {
  const { swarm, place } = newPlace();
  place.join(REQUEST);
  void place.leave();
  place.join(REQUEST);
  await settle();
  expect(place.isIn).toBe(false);
  swarm.left();
  await settle();
  expect(place.isIn).toBe(true);
});

test('the last wish counts, whatever was wished while it was leaving', async () => {
  const { swarm, place } = newPlace();
  place.join(REQUEST);
  for (let turn = 0; turn < 3; turn++) {
    void place.leave();
    place.join(REQUEST);
  }
  void place.leave();
  swarm.left();
  await settle();
  expect(swarm.said.filter((word) => word === 'join')).toHaveLength(1);
  place.join(REQUEST);
  expect(place.isIn).toBe(true);
});

test('peers leave at once, each once, and are known by name afterwards', async () => {
  const { swarm, left, place } = newPlace();
  place.join(REQUEST);
  const ann = peerNamed('aaaaaaaaaaaa-1', 'WebTorrent 2');
  swarm.events?.peerJoined(ann);
  expect(place.peers.size).toBe(1);
  void place.leave();
  expect(left).toEqual(['aaaaaaaaaaaa-1']);
  swarm.events?.peerLeft(ann); // when its connection has ended in earnest
  expect(left).toHaveLength(1);
  expect(place.nameOf(ann.id)).toBe('WebTorrent 2 aaaaaaaa');
  expect(place.nameOf('bbbbbbbbbbbb-2' as PeerId)).toBe('bbbbbbbb');
});
