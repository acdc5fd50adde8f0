import { expect, test } from 'vitest';
import type { PutVerdict } from '../../src/engine/store/put-pieces.ts';
import type { FileIndex } from '../../src/model/ids.ts';
import { judgeFiles } from '../../src/own-files/judge-pieces.ts';
import { ownBytesReader } from '../../src/own-files/read-own-bytes.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';

// Pieces of 32 KiB: file 0 has piece 0 and shares 1 with file 1, which has 2 and shares 3 with file 2.
const { info, file, pieceBytes } = await smallTorrent({
  name: 'three',
  content: { 'a.bin': 50_000, 'b.bin': 60_000, 'c.bin': 20_000 },
});
const all = new Set([0, 1, 2] as FileIndex[]);
const VERDICTS = { p: 'put', h: 'was-here', a: 'absent', d: 'differs' } as const;

test.each<[string, string, number[], number[]]>([
  ["are the user's own when every piece fits", 'pphp', [0, 1, 2], []],
  ['are not, where a piece could not be tried', 'pppa', [0], []],
  ['have changed where a piece of their own differs', 'pdpp', [2], [0, 1]],
  ['are not accused for a neighbour that is wrong elsewhere', 'ddpp', [2], [0]],
  ['are both named when only what they share differs', 'pppd', [0], [1, 2]],
])('files %s', (_name, letters, own, changed) => {
  const verdicts = [...letters].map((letter): PutVerdict => VERDICTS[letter as keyof typeof VERDICTS]);
  expect(judgeFiles(info, verdicts, all)).toEqual({ own, changed });
});

test('pieces are read over the borders of files, and not where one of them is missing', async () => {
  const blobs = [0, 1].map((index) => new Blob([file(index) as Uint8Array<ArrayBuffer>]));
  const read = ownBytesReader(info, (index) => blobs[index]);
  expect(Buffer.compare((await read(32_768, 65_536)) ?? Buffer.alloc(0), pieceBytes(1))).toBe(0);
  expect(await read(98_304, 130_000)).toBeNull();
});

test('padding reads as zeros', async () => {
  const padded = await smallTorrent({ name: 'padded', content: { 'a.bin': 1_000, 'b.bin': 500 }, padsFiles: true });
  const read = ownBytesReader(padded.info, (index) => new Blob([padded.file(index) as Uint8Array<ArrayBuffer>]));
  expect(Buffer.compare((await read(0, 32_768)) ?? Buffer.alloc(0), padded.pieceBytes(0))).toBe(0);
});
