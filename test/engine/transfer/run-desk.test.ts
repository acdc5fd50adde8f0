import { describe, expect, test } from 'vitest';
import type { OriginView } from '../../../src/engine/schedule/plan-view.ts';
import { RunDesk } from '../../../src/engine/transfer/run-desk.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';

const cdn = 'http://cdn.test/' as OriginUrl;
const at = { origin: cdn, place: { host: 'cdn.test', isAnswered: false } };

test('runs are counted from 1, for 0 means no run', () => {
  const desk = new RunDesk();
  expect([
    desk.begin({ ...at, startByte: 0, endByte: 10 }, 0).run,
    desk.begin({ ...at, startByte: 10, endByte: 20 }, 0).run,
  ]).toEqual([1, 2]);
});

test('a run is seen where its stream has come, with a rate once bytes came', () => {
  const desk = new RunDesk();
  const run = desk.begin({ ...at, startByte: 100, endByte: 900 }, 1_000);
  expect(desk.views(1_500)).toEqual([
    { run: 1, origin: cdn, positionByte: 100, endByte: 900, rateBytesPerS: null, silentS: 0.5 },
  ]);
  expect(desk.progress(run, 300, 400, 2_000)).toBe(100);
  const [view] = desk.views(2_250);
  expect(view).toMatchObject({ positionByte: 400, silentS: 0.25 });
  expect(view?.rateBytesPerS).toBeGreaterThan(0);
});

test('zeros of padding move it on, but are no sign of life', () => {
  const desk = new RunDesk();
  const run = desk.begin({ ...at, startByte: 0, endByte: 900 }, 1_000);
  desk.progress(run, 0, 500, 3_000);
  expect(desk.views(3_000)).toMatchObject([{ positionByte: 500, rateBytesPerS: null, silentS: 2 }]);
});

test('a late report does not take it back', () => {
  const desk = new RunDesk();
  const run = desk.begin({ ...at, startByte: 0, endByte: 900 }, 0);
  desk.progress(run, 500, 500, 100);
  expect(desk.progress(run, 0, 300, 200)).toBe(500);
  expect(run.positionByte).toBe(500);
});

test('a run that ended is handed back once, and seen no more', () => {
  const desk = new RunDesk();
  const run = desk.begin({ ...at, startByte: 0, endByte: 900 }, 0);
  expect(desk.end(run.run)).toBe(run);
  expect(desk.end(run.run)).toBeUndefined();
  expect(desk.views(100)).toEqual([]);
});

describe('a run over small files', () => {
  const FILE = 1_000;
  const slow = (firstByteMs: number, silentS = 9): OriginView => ({
    origin: cdn,
    maxRuns: 3,
    rateBytesPerS: null,
    firstByteMs,
    silentS,
    ignoresRanges: false,
    barred: new Set(),
  });
  /** A run that has brought its first file after a second, as the store told it. */
  const begin = () => {
    const desk = new RunDesk((byte) => byte % FILE === 0);
    const run = desk.begin({ ...at, startByte: 0, endByte: 10 * FILE }, 0);
    desk.progress(run, FILE, FILE, 1_000);
    return { desk, run };
  };

  test('is not silent while the next answer takes as long as answers do', () => {
    const { desk } = begin();
    const silentS = (nowMs: number) => desk.views(nowMs, [slow(2_000)])[0]?.silentS;
    expect([silentS(3_000), silentS(5_000), silentS(6_500)]).toEqual([0, 0, 1.5]);
  });

  test('is silent in the midst of a file', () => {
    const { desk, run } = begin();
    desk.progress(run, FILE / 2, 1.5 * FILE, 3_000);
    expect(desk.views(5_000, [slow(2_000)])).toMatchObject([{ silentS: 2 }]);
  });

  test('has the rate of its bursts and the waits between them', () => {
    const { desk, run } = begin();
    for (let file = 2; file < 6; file++) desk.progress(run, FILE, file * FILE, file * 1_000);
    for (const ms of [5_000, 5_050, 5_900]) {
      const [view] = desk.views(ms, [slow(1_000)]);
      expect(view?.rateBytesPerS).toBeGreaterThan(FILE * 0.5);
      expect(view?.rateBytesPerS).toBeLessThan(FILE * 1.7);
    }
  });

  test('speaks for its origin, too, which is else as its desk has it', () => {
    const { desk, run } = begin();
    expect(desk.originView(slow(2_000), 700, 3_000)).toEqual({ ...slow(2_000), rateBytesPerS: 700, silentS: 0 });
    expect(desk.originView(slow(2_000), 700, 6_500)).toMatchObject({ silentS: 1.5 });
    expect(desk.originView(slow(2_000, 0.5), 700, 6_500)).toMatchObject({ silentS: 0.5 }); // another run of it speaks
    expect(desk.originView(slow(2_000), 700, 20_000)).toEqual(slow(2_000)); // no answer for that long
    desk.end(run.run);
    expect(desk.originView(slow(2_000), 700, 3_000)).toEqual(slow(2_000));
  });
});
