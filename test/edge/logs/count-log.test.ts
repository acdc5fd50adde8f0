import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EdgeEvent } from '../../../src/edge/edge-event.ts';
import { countLog, type LogCount } from '../../../src/edge/logs/count-log.ts';
import { followLog } from '../../../src/edge/logs/follow-log.ts';
import { readLog } from '../../../src/edge/logs/read-log.ts';
import { createRangeDownloads, NO_RANGE_DOWNLOADS } from '../../../src/edge/ranges/range-downloads.ts';
import { publishedFile } from '../stats/sample-events.ts';

const FILE = publishedFile(1, 'a.iso', 1000);
const TARGETS = { files: () => [FILE], basePath: '/', ranges: NO_RANGE_DOWNLOADS };

/** A line about the file at one second of a day; no two seconds are alike. */
const logged = (second: number, status = 206, bytes = 100, path = '/a.iso') =>
  `192.0.2.1 - - [22/Nov/2026:12:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} +0000] "GET ${path} HTTP/1.1" ${status} ${bytes} "-" "-"\n`;

/** Keeps origin events as the records do: a line that is known adds nothing. */
function records() {
  const known = new Map<string, EdgeEvent & { type: 'origin' }>();
  const record = async (events: readonly EdgeEvent[]) => {
    for (const event of events) if (event.type === 'origin') known.set(String(event.lineId), event);
  };
  const bytes = () => [...known.values()].reduce((sum, event) => sum + event.bytes, 0);
  return { known, record, bytes };
}

let folder: string;
let log: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rivulet-logs-'));
  log = join(folder, 'access.log');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a log that is read', () => {
  test('says what the origin sent of published files', async () => {
    const lines = [
      logged(1, 200, 1000),
      logged(2, 206, 1000),
      logged(3, 200, 999),
      logged(4, 304, 0),
      logged(5, 200, 5000, '/other.iso'),
      logged(6).replace('GET', 'POST'),
      'what is this\n',
      '\n',
    ];
    await writeFile(log, lines.join(''));
    const { known, record } = records();
    expect(await countLog(readLog(log), TARGETS, record)).toEqual({ lines: 7, counted: 3, elsewhere: 3, malformed: 1 });
    expect(
      [...known.values()].map(({ bytes, whole, atMs }) => [bytes, whole, atMs - Date.UTC(2026, 10, 22, 12)]),
    ).toEqual([
      [1000, true, 1000],
      [1000, false, 2000],
      [999, false, 3000],
    ]);
  });

  test('counts once when it is read twice, also compressed; equal lines are different answers', async () => {
    const text = [logged(1), logged(1), logged(2), logged(1)].join('');
    await writeFile(log, text);
    await writeFile(`${log}.gz`, Buffer.concat([gzipSync(text.slice(0, 50)), gzipSync(text.slice(50))]));
    const { known, record, bytes } = records();
    for (const path of [log, log, `${log}.gz`]) await countLog(readLog(path), TARGETS, record);
    expect([known.size, bytes()]).toEqual([4, 400]);
  });

  test('may be large, end without a line end, and have Windows’ line ends', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => logged(index % 3600, 206, index)).join('');
    await writeFile(log, lines.replaceAll('\n', '\r\n').trimEnd());
    const { known, record } = records();
    expect(await countLog(readLog(log), TARGETS, record)).toMatchObject({ counted: 30_000, malformed: 0 });
    expect(known.size).toBe(30_000);
  });

  test('is one download for somebody whose ranges are the whole together, where the log says which', async () => {
    const part = (second: number, range: string, address = '192.0.2.1') =>
      logged(second, 206, 500).replace('192.0.2.1', address).replace('"-" "-"', `"-" "bytes 0-1/2" "${range}"`);
    const lines = [
      part(1, 'bytes 0-499/1000'),
      part(2, 'bytes 500-999/1000', '192.0.2.2'),
      part(3, 'bytes 500-999/1000'),
      part(4, '-'),
      part(5, 'bytes 0-499/1000', 'a.host.example'),
    ];
    await writeFile(log, lines.join(''));
    const { known, record, bytes } = records();
    const ranges = createRangeDownloads(() => Date.UTC(2026, 10, 22, 12), randomBytes);
    await countLog(readLog(log), { ...TARGETS, ranges }, record);
    await record(ranges.due(true));
    const whole = [...known.values()].filter((event) => event.whole);
    expect(whole).toMatchObject([{ bytes: 0, atMs: Date.UTC(2026, 10, 22, 12, 0, 3) }]);
    expect([known.size, bytes()]).toEqual([6, 2500]);
  });

  test('may be empty', async () => {
    await writeFile(log, '');
    expect(await countLog(readLog(log), TARGETS, async () => {})).toMatchObject({ lines: 0 });
  });

  test('may hold a line without end, which is cut', async () => {
    await writeFile(log, `${'x'.repeat(3_000_000)}\n${logged(1)}`);
    expect(await countLog(readLog(log), TARGETS, async () => {})).toMatchObject({ counted: 1, malformed: 1 });
  });

  test('is missing, or its compression is damaged: that is said', async () => {
    await expect(countLog(readLog(log), TARGETS, async () => {})).rejects.toThrow('ENOENT');
    await writeFile(log, gzipSync(logged(1).repeat(100)).subarray(0, 60));
    await expect(countLog(readLog(log), TARGETS, async () => {})).rejects.toThrow();
  });

  test('is not taken for recorded when it could not be', async () => {
    await writeFile(log, logged(1));
    const failing = async () => {
      throw new Error('disk full');
    };
    await expect(countLog(readLog(log), TARGETS, failing)).rejects.toThrow('disk full');
  });
});

describe('a log that is followed', () => {
  let stop: AbortController;
  let following: Promise<LogCount>;
  let told: LogCount;
  let kept: ReturnType<typeof records>;
  let hear: () => void;

  const follow = () => {
    stop = new AbortController();
    told = { lines: 0, counted: 0, elsewhere: 0, malformed: 0 };
    following = countLog(followLog(log, { signal: stop.signal, lookEveryMs: 5 }), TARGETS, kept.record, (count) => {
      told = count;
      hear();
    });
  };
  /** Waits until so many lines were counted since the following began. */
  const heard = async (counted: number) => {
    while (told.counted < counted)
      await new Promise<void>((resolve) => {
        hear = resolve;
      });
  };
  beforeEach(() => {
    kept = records();
    hear = () => {};
  });
  afterEach(async () => {
    stop.abort();
    await following;
  });

  test('is waited for, read from its begin, and then as it grows, a line being half written too', async () => {
    follow();
    await writeFile(log, logged(1));
    await heard(1);
    const next = logged(2);
    await appendFile(log, next.slice(0, 40));
    await appendFile(log, next.slice(40) + logged(3));
    await heard(3);
    expect(told.malformed).toBe(0);
    expect(kept.known.size).toBe(3);
  });

  test('is renamed and begun anew: the last lines of the old one count too', async () => {
    await writeFile(log, logged(1));
    follow();
    await heard(1);
    await rename(log, `${log}.1`);
    await appendFile(`${log}.1`, logged(2));
    await writeFile(log, logged(3));
    await heard(3);
    expect(kept.known.size).toBe(3);
  });

  test('is cut to nothing and begun anew', async () => {
    await writeFile(log, logged(1) + logged(2));
    follow();
    await heard(2);
    await truncate(log, 0);
    await appendFile(log, logged(3));
    await heard(3);
    expect(kept.known.size).toBe(3);
  });

  test('was rotated while nobody followed: nothing is lost or counted twice', async () => {
    await writeFile(log, logged(1) + logged(1));
    follow();
    await heard(2);
    stop.abort();
    await following;
    await appendFile(log, logged(2));
    await rename(log, `${log}.1`);
    await writeFile(log, logged(3));
    follow();
    await heard(4);
    expect(kept.known.size).toBe(4);
  });
});
