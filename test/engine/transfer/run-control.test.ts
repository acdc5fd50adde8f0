import { beforeEach, describe, expect, test } from 'vitest';
import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import { PieceState } from '../../../src/engine/schedule/piece-map.ts';
import type { Decision } from '../../../src/engine/schedule/plan-view.ts';
import { OriginDesk } from '../../../src/engine/transfer/origin-desk.ts';
import { PieceBoard } from '../../../src/engine/transfer/piece-board.ts';
import { RunControl } from '../../../src/engine/transfer/run-control.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const BLOCK = 16_384;
const PIECE = 4 * BLOCK;
const torrent = await smallTorrent({ content: 6 * PIECE, pieceLengthBytes: PIECE });
const { free, inRun, open, held } = PieceState;
const ORIGIN = 'http://cdn.example/f' as OriginUrl;
const ann = 'ann' as PeerId;
const p = (piece: number) => piece as PieceIndex;

/** What the store and the neighbours were told, in words. */
let told: string[];
let board: PieceBoard;
let desk: OriginDesk;
let runs: RunControl;
let limits: HostLimits;
beforeEach(() => {
  told = [];
  limits = new HostLimits();
  limits.spoke('cdn.example', 0);
  desk = new OriginDesk(ORIGIN, limits);
  board = new PieceBoard(torrent.info, new Uint8Array(6), 0);
  runs = new RunControl({
    info: torrent.info,
    board,
    session: {
      startRun: ({ run, startByte, endByte }) => told.push(`start ${run}: ${startByte / BLOCK} to ${endByte / BLOCK}`),
      shortenRun: (run, endByte) => told.push(`shorten ${run} to ${endByte / BLOCK}`),
      stopRun: (run) => told.push(`stop ${run}`),
      dropPiece: (piece) => told.push(`drop ${piece}`),
      setRunRate: (bytesPerS) => told.push(`rate ${bytesPerS}`),
    },
    originOf: (origin) => (origin === ORIGIN ? desk : undefined),
    onOvertaken: (blocks) => told.push(...blocks.map(({ peer, piece, block }) => `overtook ${peer} ${piece}.${block}`)),
    claim: (pieces) => told.push(`claim ${pieces}`),
  });
});

/** Starts a run; places are blocks of the torrent. */
function start(from: number, to: number, because: Extract<Decision, { type: 'start-run' }>['because'] = 'free') {
  runs.start({ type: 'start-run', origin: ORIGIN, startByte: from * BLOCK, endByte: to * BLOCK, because }, 1_000);
}
const shorten = (run: number, to: number) =>
  runs.shorten({ type: 'shorten-run', run, endByte: to * BLOCK, because: 'stolen' });
const cameTo = (run: number, block: number, bytes = BLOCK) =>
  runs.progress({ type: 'run-progress', run, bytes, position: block * BLOCK, firstByteMs: null }, 2_000);
const ended = (run: number, block: number, end: { type: 'finished' | 'stopped' } = { type: 'finished' }) =>
  runs.ended({ type: 'run-ended', run, positionByte: block * BLOCK, end }, 3_000);
const failed = (run: number, block: number) =>
  runs.ended(
    {
      type: 'run-ended',
      run,
      positionByte: block * BLOCK,
      end: { type: 'fault', fault: 'busy', status: 503, retryAfterS: 60 },
    },
    3_000,
  );

describe('a run that is begun', () => {
  test('takes its pieces, and a place at the host', () => {
    start(0, 10);
    expect(told).toEqual(['start 1: 0 to 10']);
    expect([...board.map.states]).toEqual([inRun, inRun, open, free, free, free]);
    expect(runs.views(1_500)).toMatchObject([{ run: 1, origin: ORIGIN, positionByte: 0, silentS: 0.5 }]);
    expect(desk.healthView(1_000).runningRequests).toBe(1);
  });

  test('is none when its host is full: what it was to bring stays free', () => {
    const other = new OriginDesk('http://cdn.example/other' as OriginUrl, limits);
    for (let run = 0; run < 3; run++) other.begins(1_000);
    start(0, 4);
    expect([told, board.map.states[0], runs.views(1_000)]).toEqual([[], free, []]);
  });

  test('is told to the neighbours when an origin that is spared brings it', () => {
    start(0, 4, 'due');
    start(4, 10, 'inject');
    start(12, 16);
    expect(told.filter((line) => line.startsWith('claim'))).toEqual(['claim 0', 'claim 1,2']);
  });
});

describe('a run under way', () => {
  test('counts for all origins and for its own, and says how far it is', () => {
    start(0, 8);
    cameTo(1, 3, 3 * BLOCK);
    expect(runs.rate.totalBytes).toBe(3 * BLOCK);
    expect(desk.rate.totalBytes).toBe(3 * BLOCK);
    expect(runs.views(2_250)).toMatchObject([{ positionByte: 3 * BLOCK, silentS: 0.25 }]);
  });

  test('tells whose blocks it has brought before them', () => {
    board.map.begin(p(0), null);
    board.map.ask(p(0), 1, ann);
    start(0, 8);
    cameTo(1, 1);
    cameTo(1, 2);
    expect(told).toContain('overtook ann 0.1');
    expect(told).toHaveLength(2);
  });

  test('gives back what it is shortened by, and keeps what it has streamed', () => {
    start(0, 12);
    cameTo(1, 2);
    shorten(1, 6);
    expect(told).toContain('shorten 1 to 6');
    expect([...board.map.states]).toEqual([inRun, open, free, free, free, free]);
    expect(runs.views(2_000)).toMatchObject([{ endByte: 6 * BLOCK }]);
  });

  test('that is over means nothing any more', () => {
    start(0, 4);
    ended(1, 4);
    told = [];
    shorten(1, 2);
    cameTo(1, 3);
    ended(1, 4);
    expect([told, runs.rate.totalBytes]).toEqual([[], 0]);
  });
});

describe('a run that another host answers', () => {
  const answered = (run: number, host: string) => runs.answered({ type: 'run-answered', run, host }, 1_500);
  const roomAt = (host: string) => limits.room(host, {}, 1_500);

  test('counts there, and so do the next', () => {
    limits.spoke('m.example', 0);
    start(0, 4);
    answered(1, 'm.example');
    expect([roomAt('cdn.example'), roomAt('m.example')]).toEqual([3, 2]);
    start(4, 8);
    expect([roomAt('cdn.example'), roomAt('m.example')]).toEqual([3, 1]);
    answered(2, 'cdn.example'); // it was resolved anew
    expect([roomAt('cdn.example'), roomAt('m.example')]).toEqual([2, 2]);
    ended(1, 4);
    ended(2, 8);
    expect([roomAt('cdn.example'), roomAt('m.example')]).toEqual([3, 3]);
  });

  test('stops when there are enough there, and takes nobody’s place with it', () => {
    const others = { are: 'there' };
    limits.spoke('m.example', 0);
    for (let run = 0; run < 3; run++) limits.take('m.example', others, 1_000);
    start(0, 4);
    answered(1, 'm.example');
    expect(told).toContain('stop 1');
    ended(1, 0, { type: 'stopped' });
    limits.give('m.example', others);
    expect(roomAt('m.example')).toBe(1);
    expect(desk.view(1_500).maxRuns).toBe(1);
  });

  test('lets that host rest when it asks for it, and not the origin’s', () => {
    start(0, 4);
    const end = { type: 'fault', fault: 'busy', status: 503, retryAfterS: 60, host: 'm.example' } as const;
    runs.ended({ type: 'run-ended', run: 1, positionByte: 0, end }, 3_000);
    expect([limits.restUntilMs('m.example'), limits.restUntilMs('cdn.example')]).toEqual([63_000, 0]);
  });
});

describe('a run that ends', () => {
  test('gives its place back, and what it has not streamed is free or missing', () => {
    start(0, 12);
    cameTo(1, 6);
    ended(1, 6, { type: 'stopped' });
    expect(board.map.states[2]).toBe(free);
    expect([...(board.map.open(p(1))?.blocks ?? [])]).toEqual([2, 2, 0, 0]);
    expect([runs.views(3_000), desk.healthView(3_000).runningRequests]).toEqual([[], 0]);
  });

  test('in the middle of a suspect piece takes with it what it has brought of that', () => {
    board.suspect.add(p(1));
    start(0, 12);
    cameTo(1, 6);
    ended(1, 6, { type: 'stopped' });
    expect(told).toContain('drop 1');
    expect(board.map.states[1]).toBe(free);
  });

  test('with a fault lets its origin rest', () => {
    start(0, 8);
    failed(1, 0);
    expect(desk.isUsable(62_000)).toBe(false);
    expect(desk.isUsable(63_000)).toBe(true);
  });

  test('whole holds the blocks that made open pieces whole', () => {
    board.map.begin(p(0), null);
    for (const block of [0, 1]) board.map.came(p(0), block);
    start(2, 4);
    ended(1, 4);
    expect(board.map.states[0]).toBe(held);
  });
});

describe('runs are stopped', () => {
  test('all of them when the download is', () => {
    start(0, 4);
    start(4, 8);
    runs.stopAll();
    expect(told.slice(2)).toEqual(['stop 1', 'stop 2']);
  });

  test('those that still have to stream what their origin is known to lack', () => {
    start(0, 4);
    start(4, 12);
    cameTo(2, 8);
    desk.lacksFile({ firstPiece: p(1), endPiece: p(2) });
    runs.stopInVain(desk);
    expect(told).not.toContain('stop 2'); // its stream is past it
    desk.lacksFile({ firstPiece: p(2), endPiece: p(3) });
    runs.stopInVain(desk);
    expect(told.slice(2)).toEqual(['stop 2']);
  });
});
