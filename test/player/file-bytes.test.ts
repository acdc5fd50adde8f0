import { expect, test } from 'vitest';
import type { BytesHere } from '../../src/model/player.ts';
import { BytesStopped, FileBytes } from '../../src/player/file-bytes.ts';
import { pseudoRandomBytes } from '../support/payload.ts';

const BLOCK = 524_288;
const LENGTH = 40 * BLOCK + 77;
const BYTES = pseudoRandomBytes(3, LENGTH);

/** A file of which the answers say what is here; then all is. */
function file(answers: readonly BytesHere[] = []) {
  const left = [...answers];
  const awaited: string[] = [];
  const read: string[] = [];
  const bytes = new FileBytes({
    lengthBytes: LENGTH,
    awaitBytes: async (startByte, endByte) => {
      awaited.push(`${startByte}-${endByte}`);
      return left.shift() ?? { state: 'here', endByte };
    },
    readStored: async (startByte, endByte) => {
      read.push(`${startByte}-${endByte}`);
      return BYTES.slice(startByte, endByte);
    },
  });
  return { bytes, awaited, read };
}

test('many small reads are few large ones', async () => {
  const { bytes, read } = file();
  for (let at = 10; at < 2 * BLOCK - 1_000; at += 1_000) {
    expect(Buffer.compare(await bytes.read(at, at + 1_000), BYTES.subarray(at, at + 1_000))).toBe(0);
  }
  expect(read).toEqual([`10-${BLOCK}`, `${BLOCK}-${2 * BLOCK}`]);
});

test('a read over several blocks, to the end, is put together', async () => {
  const { bytes, read } = file();
  const from = 38 * BLOCK + 5;
  expect(Buffer.compare(await bytes.read(from, LENGTH), BYTES.subarray(from))).toBe(0);
  expect(read.at(-1)).toBe(`${40 * BLOCK}-${LENGTH}`);
});

test('what is here in part is read as far as it is, and the rest is waited for', async () => {
  const { bytes, awaited } = file([{ state: 'here', endByte: 300 }, { state: 'waiting' }]);
  expect(Buffer.compare(await bytes.read(100, 900), BYTES.subarray(100, 900))).toBe(0);
  expect(awaited).toEqual([`100-${BLOCK}`, `300-${BLOCK}`, `300-${BLOCK}`]);
});

test('no more than some of it is kept', async () => {
  const { bytes, read } = file();
  await bytes.read(0, 40 * BLOCK);
  await bytes.read(39 * BLOCK, 40 * BLOCK);
  expect(read).toHaveLength(40);
  await bytes.read(0, 10);
  expect(read).toHaveLength(41);
});

test('ends with the reason when nothing more comes, and at once when nobody wants it any more', async () => {
  const failure = { code: 'save-cancelled' } as const;
  await expect(file([{ state: 'stopped', failure }]).bytes.read(0, 9)).rejects.toThrow(BytesStopped);
  const abort = new AbortController();
  const bytes = new FileBytes({
    lengthBytes: LENGTH,
    awaitBytes: () => new Promise(() => undefined),
    readStored: async () => new Uint8Array(),
  });
  const read = bytes.read(0, 9, abort.signal);
  abort.abort(new Error('wanted no longer'));
  await expect(read).rejects.toThrow('wanted no longer');
});
