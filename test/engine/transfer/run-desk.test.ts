import { expect, test } from 'vitest';
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
