import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashStream } from '../../src/publish-page/hash-stream.ts';
import { JobError } from '../../src/publish-page/publish-job.ts';
import { pseudoRandomBytes } from '../support/payload.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const sha1 = async (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

async function* inChunks(bytes: Uint8Array, chunkBytes: number) {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

const hash = (bytes: Uint8Array, { chunkBytes = 1_000, pieceLengthBytes = 4_096, sizeBytes = bytes.length } = {}) => {
  const progress: number[] = [];
  const chunks = inChunks(bytes, chunkBytes);
  const hashed = hashStream({ chunks, sizeBytes, pieceLengthBytes, sha1, onProgress: (bytes) => progress.push(bytes) });
  return { hashed, progress };
};

describe('a file that is read once', () => {
  test.each([
    ['chunks smaller than a piece', 10_000, 1_000],
    ['chunks larger than a piece', 50_000, 30_000],
    ['chunks as long as a piece', 40_960, 4_096],
    ['one chunk', 9_999, 9_999],
    ['a single byte', 1, 1],
    ['exactly one piece', 4_096, 100],
  ])('is hashed in %s', async (_name, length, chunkBytes) => {
    const bytes = pseudoRandomBytes(length, length);
    const { hashed, progress } = hash(bytes, { chunkBytes });
    const { sha256, pieceHashes } = await hashed;
    expect(hex(sha256)).toBe(createHash('sha256').update(bytes).digest('hex'));
    const expected: string[] = [];
    for (let at = 0; at < length; at += 4_096) expected.push(hex(await sha1(bytes.subarray(at, at + 4_096))));
    expect(hex(pieceHashes)).toBe(expected.join(''));
    expect(progress.at(-1)).toBe(length);
  });

  test.each([
    ['longer', 9_000],
    ['shorter', 11_000],
  ])('is refused when it is %s than it was', async (_name, sizeBytes) => {
    const { hashed } = hash(pseudoRandomBytes(1, 10_000), { sizeBytes });
    await expect(hashed).rejects.toEqual(new JobError({ code: 'source-changed' }));
  });
});
