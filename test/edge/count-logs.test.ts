import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { countLogs } from '../../src/edge/count-logs.ts';
import type { EdgeEvent } from '../../src/edge/edge-event.ts';
import { NO_RANGE_DOWNLOADS } from '../../src/edge/ranges/range-downloads.ts';
import { waitUntil } from '../support/wait-until.ts';
import { publishFile, startServing, temporaryFolder } from './start-serving.ts';

const line = (path: string, status: number, bytes: number) =>
  `192.0.2.1 - - [22/Nov/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" ${status} ${bytes} "-" "x"\n`;

test('a packed log is read once, a growing one is followed, and both end with the signal', async () => {
  const edge = await startServing({
    fill: async (folder) => {
      await publishFile(folder, 'film.mp4', { lengthBytes: 1000 });
    },
  });
  const folder = await temporaryFolder();
  const [packed, growing] = [join(folder, 'old.gz'), join(folder, 'access.log')];
  await writeFile(packed, gzipSync(line('/media/film.mp4', 200, 1000)));
  await writeFile(growing, line('/media/film.mp4', 206, 10) + line('/media/other.mp4', 200, 7));
  const events: EdgeEvent[] = [];
  const stop = new AbortController();
  const counting = countLogs([packed, growing], {
    catalogue: edge.catalogue,
    record: async (added) => {
      events.push(...added);
    },
    ranges: NO_RANGE_DOWNLOADS,
    basePath: '/media/',
    signal: stop.signal,
    warn: () => {},
  });
  const counted = () => events.map((event) => (event.type === 'origin' ? event.bytes : 0)).sort((a, b) => a - b);
  await waitUntil(() => events.length === 2);
  await appendFile(growing, line('/media/film.mp4', 206, 20));
  await waitUntil(() => events.length === 3);
  expect(counted()).toEqual([10, 20, 1000]);
  stop.abort();
  await counting;
});

test('what cannot be read is told', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'torn.gz'), gzipSync(line('/x', 200, 1)).subarray(0, 20));
  const stop = new AbortController();
  const warnings: string[] = [];
  const counting = countLogs([join(folder, 'torn.gz')], {
    catalogue: { files: () => [] },
    record: async () => {},
    ranges: NO_RANGE_DOWNLOADS,
    basePath: '/',
    signal: stop.signal,
    warn: (text) => warnings.push(text),
  });
  await waitUntil(() => warnings.length > 0);
  expect(warnings[0]).toMatch(/torn\.gz cannot be counted: /);
  stop.abort();
  await counting;
});
