import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EdgeEvent } from '../../../src/edge/edge-event.ts';
import type { Span } from '../../../src/edge/records/day-sums.ts';
import { openRecords, type Records } from '../../../src/edge/records/records.ts';
import { speedOfStep, speedStep } from '../../../src/edge/records/speed-step.ts';
import { begun, finished, publishedFile, reported, sent } from '../stats/sample-events.ts';
import { DATABASES, type Place } from './databases.ts';

const ALL: Span = { from: null, to: null, infoHash: null };
const NOON = Date.UTC(2026, 10, 21, 12);
const NEXT_NOON = Date.UTC(2026, 10, 22, 12);

/** Every test has a file of its own, so that they can share a database. */
let files = 0;
const newFile = (sizeBytes = 1000) => {
  files += 1;
  return publishedFile(files, `file ${files}`, sizeBytes);
};
const of = ({ infoHash }: { readonly infoHash: string }): Span => ({ ...ALL, infoHash });

describe.each(DATABASES)('records in %s', (name, makePlace) => {
  let place: Place;
  let records: Records;

  beforeAll(async () => {
    place = await makePlace();
    records = await openRecords(place.place);
  }, 120_000);
  afterAll(async () => {
    await records?.close();
    await place?.discard();
  });

  const logLine = (file: ReturnType<typeof newFile>, lineId: string): EdgeEvent => ({
    ...(sent(NOON, file, 300) as EdgeEvent & { type: 'origin' }),
    lineId,
  });

  test('sums what happened to a file', async () => {
    const file = newFile(1000);
    await records.describeFiles([file]);
    await records.record([
      sent(NOON, file, 1000, true),
      sent(NOON, file, 250),
      begun(NOON, file),
      begun(NOON, file),
      finished(NOON, file),
      reported(NOON, file, 'mixed', 0.75, 2),
      reported(NOON, file, 'control', 0, 4),
      {
        ...(reported(NOON, file, 'mixed', 0.5, 2) as EdgeEvent & { type: 'report' }),
        result: 'cancelled',
        proven: false,
      },
    ]);
    expect(await records.totals(of(file))).toEqual({
      files: 1,
      originAnswers: 2,
      originBytes: 1250,
      plain: 1,
      started: 2,
      completed: 1,
      control: 1,
      deliveredBytes: 3000,
      reports: {
        completed: 2,
        failed: 0,
        cancelled: 1,
        proven: 2,
        provenWithPeers: 1,
        originBytes: 250 + 1000 + 500,
        peerBytes: 750 + 500,
        uploadedBytes: 750 + 500,
      },
    });
    expect(await records.speeds(of(file))).toEqual([
      { cohort: 'control', step: speedStep(250), deliveries: 1 },
      { cohort: 'mixed', step: speedStep(500), deliveries: 1 },
    ]);
  });

  test('tells days and files apart, and answers for a span', async () => {
    const [one, other] = [newFile(10), newFile(20)];
    await records.describeFiles([one, other]);
    await records.record([finished(NOON, one), finished(NEXT_NOON, one), finished(NEXT_NOON, other)]);
    const days = await records.days(of(one));
    expect(days.map(({ day, completed }) => [day, completed])).toEqual([
      ['2026-11-21', 1],
      ['2026-11-22', 1],
    ]);
    expect(await records.days({ ...of(one), from: '2026-11-22' })).toHaveLength(1);
    expect(await records.days({ ...of(one), to: '2026-11-21' })).toHaveLength(1);
    const listed = (await records.files(ALL, 1000)).filter(({ infoHash }) =>
      [one, other].some((f) => f.infoHash === infoHash),
    );
    expect(listed.map((file) => [file.name, file.sizeBytes, file.completed, file.deliveredBytes])).toEqual(
      [
        [one.name, 10, 2, 20],
        [other.name, 20, 1, 20],
      ].toSorted(),
    );
  });

  test('puts a day where it is in UTC', async () => {
    const file = newFile();
    await records.record([
      finished(Date.UTC(2026, 2, 28, 23, 59, 59, 999), file),
      finished(Date.UTC(2026, 2, 29, 0, 0, 0), file),
    ]);
    expect((await records.days(of(file))).map(({ day }) => day)).toEqual(['2026-03-28', '2026-03-29']);
  });

  test('counts a log line once, however often and with whatever it comes', async () => {
    const file = newFile();
    await records.record([logLine(file, 'a'), logLine(file, 'a'), logLine(file, 'b')]);
    await records.record([logLine(file, 'b'), logLine(file, 'c')]);
    await Promise.all([1, 2, 3].map(() => records.record([logLine(file, 'd'), finished(NOON, file)])));
    expect(await records.totals(of(file))).toMatchObject({ originAnswers: 4, originBytes: 1200, completed: 3 });
  });

  test('knows nothing of the size of a file that was never described', async () => {
    const file = newFile();
    await records.record([finished(NOON, file), sent(NOON, file, 5)]);
    const [known] = (await records.files(of(file), 1)) ?? [];
    expect(known).toMatchObject({ name: null, sizeBytes: null, completed: 1, deliveredBytes: 0, originBytes: 5 });
  });

  test('takes a renamed file by its new name', async () => {
    const file = newFile();
    await records.describeFiles([file]);
    await records.describeFiles([{ ...file, name: 'новое имя\0 “x”' }]);
    await records.record([finished(NOON, file)]);
    expect((await records.files(of(file), 1))[0]?.name).toBe('новое имя “x”');
  });

  test('sums numbers beyond 32 bits exactly', async () => {
    const file = newFile(5_000_000_000_001);
    await records.describeFiles([file]);
    await records.record([finished(NOON, file), finished(NOON, file), sent(NOON, file, 4_000_000_000_003)]);
    expect(await records.totals(of(file))).toMatchObject({
      deliveredBytes: 10_000_000_000_002,
      originBytes: 4_000_000_000_003,
    });
  });

  test('refuses what is no event, and keeps what came with others', async () => {
    const file = newFile();
    const wrong = [
      sent(NOON, file, -1),
      sent(NOON, file, 1.5),
      sent(Number.NaN, file, 1),
      sent(NOON, { ...file, infoHash: 'ABC' }, 1),
      reported(NOON, file, 'mixed', 0, 0),
    ];
    for (const event of wrong) await expect(records.record([event])).rejects.toThrow(RangeError);
    await records.record([sent(NOON, file, 1)]);
    expect((await records.totals(of(file))).originAnswers).toBe(1);
  });

  test('pages through all days and files in order', async () => {
    const file = newFile();
    const days = Array.from({ length: 40 }, (_, index) => Date.UTC(2025, 0, index + 1));
    await records.record(days.map((at) => finished(at, file)));
    const seen: string[] = [];
    for await (const { day } of records.eachDayAndFile(of(file))) seen.push(day);
    expect(seen).toEqual(days.map((at) => new Date(at).toISOString().slice(0, 10)));
  });

  test('keeps settings', async () => {
    expect(await records.setting('nothing')).toBeUndefined();
    await records.keepSetting('price', { perGB: 0.05, currency: 'EUR' });
    await records.keepSetting('price', { perGB: 0.04, currency: 'EUR' });
    expect(await records.setting('price')).toEqual({ perGB: 0.04, currency: 'EUR' });
  });

  test('is as it was after closing and opening again', async () => {
    const before = await records.totals(ALL);
    const late = newFile();
    const writing = records.record([finished(NOON, late)]);
    await records.close();
    await writing; // what waited was written, not dropped
    await expect(records.record([finished(NOON, late)])).rejects.toThrow('closed');
    records = await openRecords(place.place);
    expect(await records.totals(ALL)).toEqual({ ...before, completed: before.completed + 1, files: before.files + 1 });
  }, 60_000);

  test.runIf(name === 'PostgreSQL')(
    'is shared by several edges that write the same rows at once',
    async () => {
      const shared = Array.from({ length: 20 }, () => newFile(100));
      const edges = await Promise.all([1, 2, 3].map(() => openRecords(place.place)));
      const writeSome = async (edge: Records, turn: number) => {
        const order = turn % 2 === 0 ? shared : shared.toReversed();
        await edge.record(
          order.flatMap((file) => [finished(NOON, file), logLine(file, `shared ${turn} ${file.infoHash}`)]),
        );
      };
      await Promise.all(edges.flatMap((edge) => Array.from({ length: 10 }, (_, turn) => writeSome(edge, turn))));
      for (const edge of edges) await edge.close();
      for (const file of shared)
        expect(await records.totals(of(file))).toMatchObject({ completed: 30, originAnswers: 10, originBytes: 3000 });
    },
    60_000,
  );

  test.runIf(name === 'PGlite')('is one edge’s alone, and says so to a second', async () => {
    await expect(openRecords(place.place)).rejects.toThrow('Another edge uses the folder');
  });
});

test('a database that was left half made is made anew', async () => {
  const [, makePlace] = DATABASES[0] as (typeof DATABASES)[number];
  const { place, discard } = await makePlace();
  const unfinished = join('dataDir' in place ? place.dataDir : '', 'pglite-unfinished');
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, 'PG_VERSION'), '18\n');
  const records = await openRecords(place);
  expect(await records.totals(ALL)).toMatchObject({ completed: 0, files: 0 });
  await records.close();
  await discard();
}, 120_000);

test('a step of speeds is less than 4.5 % wide, and its middle is in it', () => {
  for (const speed of [1, 1234, 5.6e6, 1.25e9]) {
    expect(Math.abs(speedOfStep(speedStep(speed)) / speed - 1)).toBeLessThan(0.023);
  }
  expect(speedStep(0)).toBe(0);
});
