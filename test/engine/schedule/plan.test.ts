import { describe, expect, test } from 'vitest';
import { plan } from '../../../src/engine/schedule/plan.ts';
import { faultsOf } from './plan-faults.ts';
import { lineOf, MIB, snapshotOf, viewOf, type World } from './plan-world.ts';

const BLOCK = 16_384;
/** Pieces of two blocks, for rules about blocks. */
const SMALL = { pieceLengthBytes: 2 * BLOCK };

/** The plan in lines, once it is known that each decision is allowed. */
function linesOf(world: World): string[] {
  const view = viewOf(world);
  const decisions = plan(view);
  expect(faultsOf(view, decisions)).toEqual([]);
  return briefly(decisions.map((decision) => lineOf(decision, view.map)));
}

/** Joins `a drops 0.3`, `a drops 0.4` and so on to `a drops 0.3 to 0.9`. */
function briefly(lines: readonly string[]): string[] {
  const brief: string[] = [];
  let [verb, first, last] = ['', '', ''];
  const flush = () => verb !== '' && brief.push(first === last ? `${verb} ${first}` : `${verb} ${first} to ${last}`);
  for (const line of [...lines, 'end']) {
    const [, nextVerb = '', piece = '', block = '0'] = /^(\w+ drops) (\d+)\.(\d+)$/.exec(line) ?? [];
    if (nextVerb !== verb || last !== `${piece}.${Number(block) - 1}`) {
      flush();
      [verb, first] = [nextVerb, `${piece}.${block}`];
    }
    last = `${piece}.${block}`;
    if (nextVerb === '' && line !== 'end') brief.push(line);
  }
  return brief;
}

describe('nothing is asked for', () => {
  test.each<[string, World]>([
    ['when there is no source', { pieces: '....' }],
    ['when all pieces are held', { pieces: 'hhhh', origins: { cdn: {} }, peers: { a: {} } }],
    ['of a peer that chokes or rests (it has no room)', { pieces: '....', peers: { a: { free: 0 } } }],
    ['of a peer that has nothing of what is missing', { pieces: 'h.h.', peers: { a: { has: [0, 2] } } }],
    ['of a peer whose only piece is barred', { pieces: '..', peers: { a: { has: [1], barred: [1] } } }],
    ['of an origin that is barred from all that is free', { pieces: 'h.', origins: { cdn: { barred: [1] } } }],
    [
      'of an origin that ignores ranges while it streams',
      { pieces: 'rr..', origins: { cdn: { ignoresRanges: true } }, runs: [{ origin: 'cdn', piece: 0, endPiece: 2 }] },
    ],
    [
      'of an origin that has all its runs',
      {
        pieces: 'rr..',
        origins: { cdn: { maxRuns: 1 } },
        runs: [{ origin: 'cdn', piece: 0, endPiece: 2, rate: 1000 }],
      },
    ],
    [
      'twice, when no waste is allowed',
      { ...SMALL, pieces: 'o', open: [{ piece: 0, blocks: 'b+' }], peers: { a: {}, b: { rate: 1, free: 0 } } },
    ],
    [
      'twice of the same peer, whatever waste is allowed',
      { ...SMALL, pieces: 'o', open: [{ piece: 0, blocks: 'aa' }], peers: { a: {} }, waste: MIB },
    ],
    [
      'of others for a suspect piece that one source has begun',
      { ...SMALL, pieces: 'o', suspect: [0], open: [{ piece: 0, blocks: 'b.', soleSource: 'b' }], peers: { a: {} } },
    ],
  ])('%s', (_name, world) => {
    expect(linesOf(world)).toEqual([]);
  });
});

describe('peers', () => {
  test.each<[string, World, string[]]>([
    [
      'finish a piece that is begun before they begin another',
      { ...SMALL, pieces: '.o', open: [{ piece: 1, blocks: '+.' }], peers: { a: { free: 2 } }, holders: [1, 5] },
      ['a asks 1.1 begun', 'a asks 0.0 rarest'],
    ],
    [
      'begin the rarest piece that they have',
      { ...SMALL, pieces: '....', peers: { a: { free: 2 } }, holders: [3, 3, 1, 2] },
      ['a asks 2.0 rarest', 'a asks 2.1 rarest'],
    ],
    [
      'leave the rarest piece that they do not have',
      { ...SMALL, pieces: '...', peers: { a: { free: 2, has: [0, 2] } }, holders: [3, 1, 2] },
      ['a asks 2.0 rarest', 'a asks 2.1 rarest'],
    ],
    [
      'are asked for no more than they take',
      { ...SMALL, pieces: '...', peers: { a: { free: 3 } }, holders: [1, 2, 3] },
      ['a asks 0.0 rarest', 'a asks 0.1 rarest', 'a asks 1.0 rarest'],
    ],
    [
      'that are fast choose first',
      { ...SMALL, pieces: '..', peers: { a: { free: 2, rate: 10 }, b: { free: 2, rate: 20 } }, holders: [1, 2] },
      ['b asks 0.0 rarest', 'b asks 0.1 rarest', 'a asks 1.0 rarest', 'a asks 1.1 rarest'],
    ],
    [
      'share a piece that is begun',
      { ...SMALL, pieces: '.', peers: { a: { free: 1, rate: 20 }, b: { free: 1, rate: 10 } } },
      ['a asks 0.0 rarest', 'b asks 0.1 begun'],
    ],
    [
      'do not share a suspect piece',
      { ...SMALL, pieces: '.', suspect: [0], peers: { a: { free: 1, rate: 20 }, b: { free: 1, rate: 10 } } },
      ['a asks 0.0 rarest'],
    ],
    [
      'go on with a suspect piece that is theirs',
      { ...SMALL, pieces: 'o', suspect: [0], open: [{ piece: 0, blocks: 'a.', soleSource: 'a' }], peers: { a: {} } },
      ['a asks 0.1 begun'],
    ],
    [
      'are not asked for a piece for which they lied',
      { ...SMALL, pieces: '..', peers: { a: { free: 9, barred: [0] } }, holders: [1, 2] },
      ['a asks 1.0 rarest', 'a asks 1.1 rarest'],
    ],
    [
      'are asked for the one block of a short last piece',
      { ...SMALL, pieces: 'h.', lengthBytes: 2 * BLOCK + 5, peers: { a: { free: 9 } } },
      ['a asks 1.0 rarest'],
    ],
    [
      'take the last blocks of a slow run when nothing is free',
      {
        ...SMALL,
        pieces: 'rrrr',
        runs: [{ origin: 'cdn', piece: 0, endPiece: 4, rate: 1_000 }],
        peers: { a: { free: 2 } },
      },
      ['run 1 ends at 3.1 stolen', 'a asks 3.1 stolen', 'run 1 ends at 3 stolen', 'a asks 3.0 stolen'],
    ],
    [
      'take from the run that ends last',
      {
        ...SMALL,
        pieces: 'rrrrrr',
        runs: [
          { origin: 'cdn', piece: 0, endPiece: 3, rate: 50_000 },
          { origin: 'cdn', piece: 3, endPiece: 6, rate: 10_000 },
        ],
        peers: { a: { free: 2 } },
      },
      ['run 2 ends at 5.1 stolen', 'a asks 5.1 stolen', 'run 2 ends at 5 stolen', 'a asks 5.0 stolen'],
    ],
    [
      'take from a run that has not begun to deliver',
      {
        pieces: 'rr',
        runs: [{ origin: 'cdn', piece: 0, endPiece: 2, rate: null }],
        peers: { a: { free: 1, rate: 1e6 } },
      },
      ['run 1 ends at 1.63 stolen', 'a asks 1.63 stolen'],
    ],
    [
      'take as much as makes both ready together, and no more',
      {
        pieces: 'r',
        runs: [{ origin: 'cdn', piece: 0, endPiece: 1, rate: 32 * BLOCK }],
        peers: { a: { free: 99, rate: 2 * BLOCK, roundTripS: 0.45 } },
      },
      ['run 1 ends at 0.63 stolen', 'a asks 0.63 stolen', 'run 1 ends at 0.62 stolen', 'a asks 0.62 stolen'],
    ],
    [
      'that have only a part take the end of it out of a run; what is behind it is free for the origin',
      {
        pieces: 'rrrr',
        origins: { cdn: { maxRuns: 2, rate: MIB / 4 } },
        runs: [{ origin: 'cdn', piece: 0, endPiece: 4, rate: MIB / 8 }],
        peers: { a: { free: 2, rate: MIB, has: [2] } },
      },
      ['run 1 ends at 2.62 stolen', 'a asks 2.62 stolen', 'a asks 2.63 stolen', 'cdn streams 3 to 4 free'],
    ],
    [
      'do not take what the run will have sooner',
      {
        ...SMALL,
        pieces: 'rrrr',
        runs: [{ origin: 'cdn', piece: 0, endPiece: 4, rate: 10_000_000 }],
        peers: { a: { rate: 20_000 } },
      },
      [],
    ],
    [
      'do not take the block that the stream is in, however slow',
      {
        ...SMALL,
        pieces: 'hr',
        runs: [{ origin: 'cdn', piece: 1, endPiece: 2, streamedBytes: BLOCK + 1, rate: 100 }],
        peers: { a: {} },
      },
      [],
    ],
    [
      'take it when the stream has come to a halt in it',
      {
        ...SMALL,
        pieces: 'hr',
        runs: [{ origin: 'cdn', piece: 1, endPiece: 2, streamedBytes: BLOCK + 1, rate: 10_000, silentS: 2 }],
        peers: { a: {} },
      },
      ['run 1 ends at 1.1 stolen', 'a asks 1.1 stolen'],
    ],
    [
      'do not take from a run what they owe themselves',
      {
        ...SMALL,
        pieces: 'o',
        open: [{ piece: 0, blocks: 'aa' }],
        runs: [{ origin: 'cdn', piece: 0, endPiece: 1, rate: 10 }],
        peers: { a: {} },
        waste: MIB,
      },
      [],
    ],
    [
      'have a run end before what is here by another way, and take what is before that',
      {
        ...SMALL,
        pieces: 'o',
        open: [{ piece: 0, blocks: '.+' }],
        runs: [{ origin: 'cdn', piece: 0, endPiece: 1, rate: 10 }],
        peers: { a: {} },
      },
      ['run 1 ends at 0.1 stolen', 'run 1 ends at 0 stolen', 'a asks 0.0 stolen'],
    ],
    [
      'are asked for nothing of a piece that is held when they shorten a run over it',
      {
        ...SMALL,
        pieces: 'h',
        runs: [{ origin: 'cdn', piece: 0, endPiece: 1, rate: 10 }],
        peers: { a: {} },
      },
      ['run 1 ends at 0.1 stolen', 'run 1 ends at 0 stolen'],
    ],
    [
      'do not take it from a stream that has not begun',
      { ...SMALL, pieces: 'hr', runs: [{ origin: 'cdn', piece: 1, endPiece: 2, rate: null }], peers: { a: {} } },
      [],
    ],
    [
      'do not mix a suspect piece with what a stream brought of it',
      {
        ...SMALL,
        pieces: 'hr',
        suspect: [1],
        runs: [{ origin: 'cdn', piece: 1, endPiece: 2, rate: 100 }],
        peers: { a: {} },
      },
      [],
    ],
    [
      'take what a slow one has not begun to send, and bring the rest too, within the waste',
      {
        ...SMALL,
        pieces: 'o',
        open: [{ piece: 0, blocks: 'bb' }],
        peers: { a: { rate: 100_000 }, b: { rate: 10_000, free: 0 } },
        waste: BLOCK,
      },
      ['b drops 0.1', 'a asks 0.1 stolen', 'a asks 0.0 end-game'],
    ],
    [
      'bring nothing again that would not come sooner by that',
      {
        ...SMALL,
        pieces: 'o',
        open: [{ piece: 0, blocks: 'b+' }],
        peers: { a: { rate: 10_000 }, b: { rate: 10_000, free: 0 } },
        waste: MIB,
      },
      [],
    ],
    [
      'that have fallen silent count as slow',
      {
        ...SMALL,
        pieces: 'o',
        open: [{ piece: 0, blocks: 'b+' }],
        peers: { a: { rate: 100_000 }, b: { rate: 1e6, free: 0, silentS: 2 } },
        waste: MIB,
      },
      ['b drops 0.0', 'a asks 0.0 stolen'],
    ],
    [
      'are three at most for one block',
      {
        ...SMALL,
        pieces: 'o',
        open: [{ piece: 0, blocks: 'bcd +' }],
        peers: { a: { rate: 1e6 }, b: { rate: 10, free: 0 }, c: { rate: 10, free: 0 }, d: { rate: 10, free: 0 } },
        waste: MIB,
      },
      [],
    ],
    [
      'are not asked again for a suspect piece',
      {
        ...SMALL,
        pieces: 'o',
        suspect: [0],
        open: [{ piece: 0, blocks: 'bb', soleSource: 'b' }],
        peers: { a: { rate: 1e6 }, b: { rate: 1, free: 0 } },
        waste: MIB,
      },
      [],
    ],
  ])('%s', (_name, world, expected) => {
    expect(linesOf(world)).toEqual(expected);
  });

  test('of one swarm do not all begin with the same piece: the seed decides between equals', () => {
    const begun = [0, 1, 2, 3, 4].map(
      (seed) => linesOf({ ...SMALL, pieces: '.....', peers: { a: { free: 1 } }, seed })[0],
    );
    expect(new Set(begun).size).toBeGreaterThan(2);
  });
});

describe('origins', () => {
  test('stream from the front, in long stretches, each piece once', () => {
    const world: World = { pieces: `hh${'.'.repeat(60)}`, origins: { cdn: {} } };
    const lines = linesOf(world);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^cdn streams 2 to \d+ free$/);
    expect(faultsOf(viewOf(world), plan(viewOf(world)))).toEqual([]);
  });

  test('that ignore ranges get all that is left in one run', () => {
    expect(linesOf({ pieces: `h${'.'.repeat(40)}`, origins: { cdn: { ignoresRanges: true } } })).toEqual([
      'cdn streams 1 to 41 free',
    ]);
  });

  test('do not stream over what somebody else has', () => {
    expect(linesOf({ pieces: '.h.', origins: { cdn: { maxRuns: 9 } } })).toEqual([
      'cdn streams 0 to 1 free',
      'cdn streams 2 to 3 free',
    ]);
  });

  test('do not stream over a piece from which they are barred', () => {
    expect(linesOf({ pieces: '...', origins: { cdn: { maxRuns: 9, barred: [1] } } })).toEqual([
      'cdn streams 0 to 1 free',
      'cdn streams 2 to 3 free',
    ]);
  });

  test.each<[string, World, string[]]>([
    [
      'that are idle take so much of a slow run that both are ready together',
      {
        pieces: 'r'.repeat(21),
        origins: { slow: { maxRuns: 1, rate: MIB }, cdn: { maxRuns: 1 } },
        runs: [{ origin: 'slow', piece: 0, endPiece: 21, rate: MIB }],
      },
      ['run 1 ends at 10.55 split', 'cdn streams 10.55 to 21 split'],
    ],
    [
      'that are idle take from the run that ends last',
      {
        pieces: 'r'.repeat(20),
        origins: { slow: { maxRuns: 2 }, cdn: { maxRuns: 1 } },
        runs: [
          { origin: 'slow', piece: 0, endPiece: 10, rate: 9 * MIB },
          { origin: 'slow', piece: 10, endPiece: 20, rate: MIB },
        ],
      },
      ['run 2 ends at 15.14 split', 'cdn streams 15.14 to 20 split'],
    ],
    [
      'do not split what is nearly done',
      {
        pieces: 'rrrr',
        origins: { slow: { maxRuns: 1 }, cdn: { maxRuns: 1 } },
        runs: [{ origin: 'slow', piece: 0, endPiece: 4, rate: 40 * MIB }],
      },
      [],
    ],
    [
      'split a run within its only piece, for pieces may be large',
      {
        pieces: 'hr',
        origins: { slow: { maxRuns: 1 }, cdn: { maxRuns: 1 } },
        runs: [{ origin: 'slow', piece: 1, endPiece: 2, rate: 1 }],
      },
      ['run 1 ends at 1.1 split', 'cdn streams 1.1 to 2 split'],
    ],
    [
      'do not split within a suspect piece',
      {
        pieces: 'hr',
        suspect: [1],
        origins: { slow: { maxRuns: 1 }, cdn: { maxRuns: 1 } },
        runs: [{ origin: 'slow', piece: 1, endPiece: 2, rate: 1 }],
      },
      [],
    ],
    [
      'take what a stream that has come to a halt was to bring, but for the block that it is in',
      {
        pieces: 'rr',
        origins: { slow: { maxRuns: 1, silentS: 5 }, cdn: { maxRuns: 2 } },
        runs: [{ origin: 'slow', piece: 0, endPiece: 2, streamedBytes: 3 * BLOCK + 5, rate: MIB, silentS: 5 }],
      },
      ['run 1 ends at 0.4 halted', 'cdn streams 1 to 2 free', 'cdn streams 0.4 to 0.36 free'],
    ],
    [
      'are asked for the next stretch before a run ends',
      {
        pieces: 'rr.',
        origins: { cdn: { maxRuns: 1, rate: 100 * MIB, firstByteMs: 100 } },
        runs: [{ origin: 'cdn', piece: 0, endPiece: 2, rate: 100 * MIB }],
      },
      ['cdn streams 2 to 3 free'],
    ],
    [
      'leave what fast peers have few of to those, and begin behind it',
      {
        pieces: '.'.repeat(40),
        peers: { few: { rate: 4 * MIB, free: 0, has: [0, 1] }, many: { rate: 100_000, free: 0 } },
        origins: { cdn: { maxRuns: 1, rate: MIB } },
      },
      ['cdn streams 2 to 4 free'],
    ],
    [
      'fetch what slow peers have not begun to send, and some of what they have, within the waste',
      {
        pieces: 'o',
        open: [{ piece: 0, blocks: 'a'.repeat(64) }],
        peers: { a: { rate: 100_000, free: 0 } },
        origins: { cdn: { maxRuns: 1 } },
        waste: MIB,
      },
      ['a drops 0.2 to 0.63', 'cdn streams 0.1 to 1 rescue'],
    ],
    [
      'fetch only what they have not begun to send, when nothing may come twice',
      {
        pieces: 'o',
        open: [{ piece: 0, blocks: 'a'.repeat(64) }],
        peers: { a: { rate: 100_000, free: 0 } },
        origins: { cdn: { maxRuns: 1 } },
      },
      ['a drops 0.2 to 0.63', 'cdn streams 0.2 to 1 rescue'],
    ],
    [
      'fetch only one time what peers are slow with',
      {
        pieces: 'o',
        open: [{ piece: 0, blocks: 'a'.repeat(64) }],
        peers: { a: { rate: 100_000, free: 0 } },
        origins: { cdn: { maxRuns: 1 }, mirror: { maxRuns: 1 } },
        waste: 9 * MIB,
      },
      ['a drops 0.2 to 0.63', 'cdn streams 0.1 to 1 rescue'],
    ],
    [
      'fetch what peers have left unfinished, and no more of it',
      { pieces: 'o', open: [{ piece: 0, blocks: '+'.repeat(60).padEnd(64, '.') }], origins: { cdn: { maxRuns: 1 } } },
      ['cdn streams 0.60 to 1 free'],
    ],
    [
      'do not fetch what peers will have soon',
      {
        pieces: 'o',
        open: [{ piece: 0, blocks: 'a'.repeat(64) }],
        peers: { a: { rate: 8 * MIB, free: 0 } },
        origins: { cdn: {} },
        waste: MIB,
      },
      [],
    ],
    [
      'do not fetch a suspect piece that a peer has begun',
      {
        pieces: 'o',
        suspect: [0],
        open: [{ piece: 0, blocks: 'a'.repeat(64), soleSource: 'a' }],
        peers: { a: { rate: 1_000, free: 0 } },
        origins: { cdn: {} },
        waste: MIB,
      },
      [],
    ],
    [
      'do not fetch what another origin streams already: they take it over from that one',
      {
        pieces: 'o',
        open: [{ piece: 0, blocks: 'a'.repeat(64) }],
        peers: { a: { rate: 1_000, free: 0 } },
        origins: { cdn: {}, other: { maxRuns: 1 } },
        runs: [{ origin: 'other', piece: 0, endPiece: 1, rate: 1_000 }],
        waste: MIB,
      },
      ['run 1 ends at 0.1 split', 'cdn streams 0.1 to 1 split'],
    ],
    [
      'do not split into a piece from which they are barred',
      {
        pieces: 'r'.repeat(21),
        origins: { slow: { maxRuns: 1 }, cdn: { maxRuns: 1, barred: [15] } },
        runs: [{ origin: 'slow', piece: 0, endPiece: 21, rate: MIB }],
      },
      [],
    ],
  ])('%s', (_name, world, expected) => {
    expect(linesOf(world)).toEqual(expected);
  });

  test('that come late to one long run share it among their connections without overlap', () => {
    const world: World = {
      pieces: 'r'.repeat(40),
      origins: { old: { ignoresRanges: true, maxRuns: 3, rate: MIB }, cdn: { maxRuns: 3 } },
      runs: [{ origin: 'old', piece: 0, endPiece: 40, rate: MIB }],
    };
    const decisions = plan(viewOf(world));
    expect(decisions.filter(({ type }) => type === 'start-run')).toHaveLength(3);
    expect(faultsOf(viewOf(world), decisions)).toEqual([]);
  });
});

describe('policies', () => {
  const world: World = {
    pieces: '.'.repeat(40),
    origins: { cdn: { rate: 4 * MIB, firstByteMs: 50 } },
    peers: { a: { rate: MIB } },
  };
  const kindsOf = (lines: readonly string[]) => new Set(lines.map((line) => (/asks/.test(line) ? 'peers' : 'origins')));

  test.each<[string, World, string[]]>([
    ['fastest asks both', { ...world, policy: 'fastest' }, ['peers', 'origins']],
    ['peers-off asks origins only', { ...world, policy: 'peers-off' }, ['origins']],
    ['origins-off asks peers only', { ...world, policy: 'origins-off' }, ['peers']],
    [
      'balanced asks origins while peers alone are slower than the origins would be',
      { ...world, policy: 'balanced', demand: { type: 'rate', bytesPerS: 4 * MIB, elapsedS: 1, gotBytes: 0 } },
      ['peers', 'origins'],
    ],
    [
      'balanced leaves the origins alone while peers bring as much',
      {
        ...world,
        pieces: `${'.'.repeat(40)}o`,
        open: [{ piece: 40, blocks: 'a'.repeat(64) }],
        peers: { a: { rate: 8 * MIB } },
        policy: 'balanced',
        demand: { type: 'rate', bytesPerS: 4 * MIB, elapsedS: 1, gotBytes: 8 * MIB },
      },
      ['peers'],
    ],
    [
      'balanced does not wait for anybody before it knows what the origins can do',
      { ...world, policy: 'balanced', demand: null },
      ['peers', 'origins'],
    ],
    [
      'spare-origin waits while the deadline is far',
      { ...world, policy: 'spare-origin', demand: { type: 'deadline', inS: 3_600 } },
      ['peers'],
    ],
    [
      'spare-origin asks origins when the deadline is near',
      { ...world, policy: 'spare-origin', demand: { type: 'deadline', inS: 8 } },
      ['peers', 'origins'],
    ],
  ])('%s', (_name, it, expected) => {
    expect(kindsOf(linesOf(it))).toEqual(new Set(expected));
  });

  test('what is due is asked for as such, and so is what a player needs next', () => {
    const demand = { type: 'deadline', inS: 3_600 } as const;
    const playback = { positionByte: 20 * MIB, bytesPerS: MIB };
    const lines = linesOf({ ...world, peers: {}, policy: 'spare-origin', demand, playback });
    expect(lines[0]).toMatch(/^cdn streams 20 to 2\d(\.\d+)? due$/);
  });

  test('spare-origin brings a piece that nobody around has now and then, and never one that somebody fetches', () => {
    const claimed = [0, 1, 2, 3];
    const holders = [0, 0, 0, 0, 0, 0, ...new Array(34).fill(1)];
    const demand = { type: 'deadline', inS: 3_600 } as const;
    const base: World = { ...world, holders, claimed, policy: 'spare-origin', demand, peers: { a: { has: [] } } };
    const injected = Array.from({ length: 200 }, (_, second) => linesOf({ ...base, nowMs: second * 1_000 })).flat();
    expect(injected.length).toBeGreaterThan(5);
    expect(injected.length).toBeLessThan(60);
    expect(new Set(injected)).toEqual(new Set(['cdn streams 4 to 5 inject', 'cdn streams 5 to 6 inject']));
  });

  test('spare-origin brings no such piece on top of all the runs that an origin may have', () => {
    const origins = { cdn: { maxRuns: 1 }, whole: { ignoresRanges: true } };
    for (let second = 0; second < 200; second++) {
      // `linesOf` judges the number of runs; without a demand both are given all they may have.
      const lines = linesOf({
        ...world,
        origins,
        policy: 'spare-origin',
        peers: { a: { has: [] } },
        nowMs: second * 1_000,
      });
      expect(lines).toHaveLength(2);
    }
  });
});

describe('together', () => {
  const world: World = {
    pieces: `${'.'.repeat(30)}o`,
    open: [{ piece: 30, blocks: `${'b'.repeat(60)}....` }],
    origins: { cdn: { rate: 5 * MIB }, mirror: {} },
    peers: { a: { rate: MIB, free: 70 }, b: { rate: 1_000, free: 10, has: [4, 5, 30] } },
    waste: 4 * MIB,
    seed: 7,
  };

  test('peers choose first and origins stream around what they took', () => {
    const decisions = plan(viewOf(world));
    expect(faultsOf(viewOf(world), decisions)).toEqual([]);
    expect(decisions.map(({ type }) => type).lastIndexOf('ask')).toBeLessThan(
      decisions.map(({ type }) => type).indexOf('start-run'),
    );
  });

  test('the same view leads to the same decisions', () => {
    expect(plan(viewOf(world))).toEqual(plan(viewOf(world)));
    const view = viewOf(world);
    expect(plan(view)).toEqual(plan(view));
  });

  test('the view is left as it was', () => {
    const view = viewOf(world);
    const before = snapshotOf(view);
    plan(view);
    expect(snapshotOf(view)).toEqual(before);
  });
});

describe('what a player needs and would come too late', () => {
  const small = { pieceLengthBytes: 4 * BLOCK };
  const playback = { positionByte: 0, bytesPerS: 100_000 };
  const slowRun = { origin: 'slow', piece: 0, endPiece: 0.25, rate: 1_000 };
  const late: World = { ...small, pieces: '?', playback, runs: [slowRun], peers: { a: { free: 1, rate: null } } };
  const owed: World = {
    ...small,
    pieces: 'o',
    playback,
    open: [{ piece: 0, blocks: 'aaaa' }],
    peers: { a: { free: 0, rate: 1_000 } },
    origins: { slow: { maxRuns: 1, rate: 1_000 }, cdn: { maxRuns: 1, rate: 5 * MIB } },
    waste: MIB,
  };

  test.each<[string, World, string[]]>([
    ['is asked of a peer though a run brings it', { ...late, waste: BLOCK }, ['a asks 0.0 due']],
    ['but not when nothing may come twice', { ...late, waste: 0 }, ['a asks 0.1 due']],
    [
      'is streamed up to what another run brings, whoever else was asked for that',
      { ...owed, runs: [{ ...slowRun, piece: 0.5, endPiece: 0.75 }] },
      ['a drops 0.1', 'cdn streams 0 to 0.2 due', 'a drops 0.3', 'cdn streams 0.3 to 1 due'],
    ],
  ])('%s', (_name, world, expected) => {
    expect(linesOf(world)).toEqual(expected);
  });
});
