import { beforeEach, expect, test } from 'vitest';
import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import { PieceState } from '../../../src/engine/schedule/piece-map.ts';
import type { Source } from '../../../src/engine/store/depot.ts';
import { Blame } from '../../../src/engine/transfer/blame.ts';
import { OriginDesk } from '../../../src/engine/transfer/origin-desk.ts';
import { PeerDesk } from '../../../src/engine/transfer/peer-desk.ts';
import { PieceBoard } from '../../../src/engine/transfer/piece-board.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { SimulatedPeer } from '../../support/simulation/simulated-peer.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { VirtualClock } from '../../support/simulation/virtual-clock.ts';

const torrent = await smallTorrent({ content: 4 * 32_768 });
const ORIGIN = 'http://cdn.example/f' as OriginUrl;
const p = (piece: number) => piece as PieceIndex;
const peerSource = (name: string): Source => ({ kind: 'peer', peer: name as PeerId });
const originSource: Source = { kind: 'origin', origin: ORIGIN };

let board: PieceBoard;
let desk: OriginDesk;
let peers: Map<PeerId, PeerDesk>;
let blame: Blame;
let lied: OriginUrl[];
let dropped: string[];
beforeEach(() => {
  board = new PieceBoard(torrent.info, new Uint8Array(4), 0);
  desk = new OriginDesk(ORIGIN, new HostLimits());
  [lied, dropped] = [[], []];
  peers = new Map(['ann', 'bob'].map((name) => [name as PeerId, deskOf(name)]));
  blame = new Blame({
    info: torrent.info,
    board,
    peers,
    originOf: (origin) => (origin === ORIGIN ? desk : undefined),
    onOriginLied: ({ origin }) => lied.push(origin),
  });
  board.map.hold(p(1));
});

function deskOf(name: string): PeerDesk {
  const peer = new SimulatedPeer(name, torrent, new VirtualClock());
  peer.connect({
    peerJoined: () => undefined,
    peerChanged: () => undefined,
    peerLeft: () => dropped.push(name),
    block: () => undefined,
    refused: () => undefined,
  });
  return new PeerDesk(peer);
}
const isBarred = (name: string, piece: number) => peers.get(name as PeerId)?.barred.has(p(piece));

test('a piece that failed is free again', () => {
  blame.pieceFailed(p(1), [peerSource('ann')]);
  expect(board.map.states[1]).toBe(PieceState.free);
});

test('one source of a wrong piece lied; of several nobody knows who, and the next try has one', () => {
  blame.pieceFailed(p(1), [peerSource('ann')]);
  expect([isBarred('ann', 1), board.suspect.size]).toEqual([true, 0]);
  blame.pieceFailed(p(2), [peerSource('ann'), originSource]);
  expect([isBarred('ann', 2), desk.barred.size, [...board.suspect]]).toEqual([false, 0, [2]]);
});

test('a piece of which nobody knows the source is suspect', () => {
  blame.pieceFailed(p(1), []);
  expect([...board.suspect]).toEqual([1]);
});

test('a peer that lied twice is left alone, and counted also when it is gone', () => {
  blame.lied(peerSource('ann'), p(1));
  expect(dropped).toEqual([]);
  blame.lied(peerSource('ann'), p(2));
  blame.lied(peerSource('gone'), p(2));
  expect(dropped).toEqual(['ann']);
  expect([...blame.lyingPeers]).toEqual([
    ['ann', 2],
    ['gone', 1],
  ]);
});

test('an origin that lied is barred from the piece, and whoever runs it is told', () => {
  blame.lied(originSource, p(1));
  blame.lied({ kind: 'origin', origin: 'http://unknown.example/' as OriginUrl }, p(1));
  expect([[...desk.barred], lied]).toEqual([[1], [ORIGIN]]);
});

test('a bar is lifted when nobody else can bring the piece any more', () => {
  blame.lied(originSource, p(1));
  blame.lift([desk]);
  expect(desk.barred.has(p(1))).toBe(true); // peers have it
  peers.clear();
  blame.lift([desk]);
  expect(desk.barred.has(p(1))).toBe(false);
});
