import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoreFile } from '../../../src/engine/store/store-directory.ts';
import { gatherWrites, WriteBuffers } from '../../../src/platform/browser/gather-writes.ts';
import { DiskFull, MemoryDisk } from '../../support/simulation/memory-disk.ts';

const KIB = 1_024;
const MIB = 1_048_576;

async function openFile(buffers = new WriteBuffers(), disk = new MemoryDisk(), name = 'file-0') {
  const file = gatherWrites(await (await disk.directory('torrent')).open(name), buffers);
  const writes = () =>
    disk.operations.flatMap(({ name: what, atByte, lengthBytes }) => (what === 'write' ? [[atByte, lengthBytes]] : []));
  return { file, disk, writes, content: () => disk.contentOf('torrent', name) ?? new Uint8Array() };
}

const filled = (lengthBytes: number, value: number) => new Uint8Array(lengthBytes).fill(value);

/** Pieces of streams that come in turn. */
function writeStreams(file: StoreFile, starts: readonly number[], pieceBytes: number, pieces: number): void {
  for (let piece = 0; piece < pieces; piece++) {
    for (const [stream, start] of starts.entries())
      file.write(filled(pieceBytes, stream + 1), start + piece * pieceBytes);
  }
}

test('small writes beside each other are one, a MiB long', async () => {
  const { file, writes, content } = await openFile();
  writeStreams(file, [0], 256 * KIB, 9);
  expect(writes()).toEqual([
    [0, MIB],
    [MIB, MIB],
  ]);
  file.flush();
  expect(writes().at(-1)).toEqual([2 * MIB, 256 * KIB]);
  expect(Buffer.compare(content(), filled(9 * 256 * KIB, 1))).toBe(0);
});

test('so are those of four streams that come in turn', async () => {
  const { file, writes } = await openFile();
  writeStreams(file, [0, 10 * MIB, 20 * MIB, 30 * MIB], 64 * KIB, 32);
  expect(writes()).toHaveLength(8);
  expect(writes().every(([, lengthBytes]) => lengthBytes === MIB)).toBe(true);
});

test('a long write is not copied, and comes after what is before it', async () => {
  const { file, writes } = await openFile();
  file.write(filled(16 * KIB, 1), 0);
  file.write(filled(MIB, 2), 16 * KIB);
  expect(writes()).toEqual([
    [0, 16 * KIB],
    [16 * KIB, MIB],
  ]);
});

test('what was written last counts, wherever it is read', async () => {
  const pieces = fc.record({
    at: fc.nat(600),
    length: fc.integer({ min: 1, max: 300 }),
    value: fc.integer({ min: 1, max: 255 }),
  });
  const step = fc.oneof(
    { weight: 6, arbitrary: pieces.map((piece) => ({ kind: 'write' as const, ...piece })) },
    { weight: 2, arbitrary: pieces.map((piece) => ({ kind: 'read' as const, ...piece })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'flush' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'size' as const }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { file, content } = await openFile();
      const truth = new Uint8Array(1_000 * KIB);
      let sizeBytes = 0;
      for (const next of steps) {
        if (next.kind === 'write') {
          file.write(filled(next.length * KIB, next.value), next.at * KIB);
          truth.fill(next.value, next.at * KIB, (next.at + next.length) * KIB);
          sizeBytes = Math.max(sizeBytes, (next.at + next.length) * KIB);
        }
        if (next.kind === 'read') {
          const into = new Uint8Array(next.length * KIB);
          const read = file.read(into, next.at * KIB);
          expect(Buffer.compare(into.subarray(0, read), truth.subarray(next.at * KIB, next.at * KIB + read))).toBe(0);
          expect(read).toBe(Math.max(Math.min(sizeBytes - next.at * KIB, into.length), 0));
        }
        if (next.kind === 'flush') file.flush();
        if (next.kind === 'size') expect(file.sizeBytes()).toBe(sizeBytes);
      }
      file.flush();
      expect(Buffer.compare(content(), truth.subarray(0, sizeBytes))).toBe(0);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('what a full disk did not take is kept until it does', async () => {
  const { file, disk, content } = await openFile();
  file.write(filled(100, 7), 50);
  disk.roomBytes = 10;
  expect(() => file.flush()).toThrow(DiskFull);
  expect(() => file.flush()).toThrow(DiskFull);
  disk.roomBytes = 1_000;
  file.flush();
  expect(Buffer.compare(content().subarray(50), filled(100, 7))).toBe(0);
});

test('more files than there are buffers are written all the same, and a closed one gives its own back', async () => {
  const buffers = new WriteBuffers();
  const disk = new MemoryDisk();
  const files = await Promise.all(Array.from({ length: 20 }, (_, at) => openFile(buffers, disk, `file-${at}`)));
  for (const { file } of files) file.write(filled(1_000, 9), 0);
  expect(disk.operations.filter(({ name }) => name === 'write')).toHaveLength(4);
  files[0]?.file.flush();
  for (const { file } of files) file.close();
  expect(files[0]?.content()).toHaveLength(1_000);

  const late = await openFile(buffers, disk, 'late');
  late.file.write(filled(1_000, 9), 0);
  expect(disk.contentOf('torrent', 'late')).toHaveLength(0);
});
