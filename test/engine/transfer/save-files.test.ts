import { beforeEach, expect, test } from 'vitest';
import { type SavePorts, saveFiles } from '../../../src/engine/transfer/save-files.ts';
import type { SavedFile } from '../../../src/engine/transfer/transfer-record.ts';
import { MemoryDisk } from '../../support/simulation/memory-disk.ts';
import { MemoryDownloads } from '../../support/simulation/memory-downloads.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { VirtualClock, WORLD_BEGINS_MS } from '../../support/simulation/virtual-clock.ts';

const FILES = 30;
const content = Object.fromEntries(Array.from({ length: FILES }, (_, index) => [`${index}.bin`, 1 + index]));
const { info } = await smallTorrent({ name: 'folder', content });

/** How long it takes until the record is on the disk. */
const WRITE_MS = 20;

let clock: VirtualClock;
let downloads: MemoryDownloads;
let saved: readonly SavedFile[];

beforeEach(() => {
  const disk = new MemoryDisk();
  for (const { index, lengthBytes } of info.files)
    disk.tamper(info.infoHash, `file-${index}`, new Uint8Array(lengthBytes));
  clock = new VirtualClock();
  downloads = new MemoryDownloads(disk, clock);
  saved = [];
});

async function save(changes: Partial<SavePorts> = {}, limitMs = 60_000): Promise<{ end: unknown; tookMs: number }> {
  let end: unknown = null;
  const saving = saveFiles({
    info,
    whole: null,
    skipped: [],
    saver: downloads,
    clock,
    signal: new AbortController().signal,
    saved,
    folder: 'folder',
    remember: async (entries) => {
      saved = entries;
      await new Promise<void>((resolve) => clock.after(WRITE_MS, resolve));
    },
    ...changes,
  });
  saving.then(
    () => (end = 'saved'),
    (error: unknown) => (end = error),
  );
  const startedAtMs = clock.nowMs();
  await clock.runUntil(() => end !== null, limitMs);
  return { end, tookMs: clock.nowMs() - startedAtMs };
}

test('files that are saved at once, before anybody waits for them, are not waited for', async () => {
  downloads.takesMs = 0;
  const { end, tookMs } = await save();
  expect(end).toBe('saved');
  expect(downloads.files.size).toBe(FILES);
  expect(tookMs).toBe((FILES / 3) * 2 * WRITE_MS);
  expect(clock.timersLeft).toBe(0);
});

test('so are files that are saved while it is written down that they are begun', async () => {
  downloads.takesMs = WRITE_MS / 2;
  expect((await save()).tookMs).toBe((FILES / 3) * 2 * WRITE_MS);
});

test('a browser that does not tell is asked', async () => {
  downloads.tells = false;
  const { end, tookMs } = await save();
  expect(end).toBe('saved');
  expect(tookMs).toBeLessThanOrEqual((FILES / 3) * 2_100);
  expect(downloads.count).toBe(FILES);
});

test('when one file cannot be saved, no other is begun', async () => {
  downloads.interruptsWith = 'FILE_NO_SPACE';
  const { end, tookMs } = await save();
  expect(end).toMatchObject({ failure: { code: 'disk-full' } });
  expect(tookMs).toBeLessThan(1_100);
  await clock.pass(10_000);
  expect(downloads.count).toBe(3);
  expect(clock.timersLeft).toBe(0);
});

test('what the browser was copying when it was stopped is not copied again', async () => {
  const controller = new AbortController();
  clock.after(500, () => controller.abort('stopped'));
  const { end, tookMs } = await save({ signal: controller.signal });
  expect([end, tookMs]).toEqual(['stopped', 500]);
  await clock.pass(10_000);
  expect(downloads.count).toBe(3);
  expect((await save()).end).toBe('saved');
  expect(downloads.count).toBe(FILES);
  expect(saved.filter(({ isComplete }) => isComplete)).toHaveLength(FILES);
});

test('stopped before the first file, it begins none; while the last are written down, it does not end well', async () => {
  expect((await save({ signal: AbortSignal.abort('stopped') })).end).toBe('stopped');
  expect(downloads.count).toBe(0);
  downloads.takesMs = 0;
  const controller = new AbortController();
  const lastWrittenMs = WORLD_BEGINS_MS + (FILES / 3) * 2 * WRITE_MS;
  clock.after(lastWrittenMs - 1 - clock.nowMs(), () => controller.abort('stopped'));
  expect((await save({ signal: controller.signal })).end).toBe('stopped');
});
