import { expect, test } from 'vitest';
import { offsetsOf, readBoxHead, rowsOf } from '../../src/player/mp4-tables.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test.each<[string, string, ReturnType<typeof readBoxHead>]>([
  ['a short head', '00000018 6d6f6f76', { type: 'moov', size: 24, headBytes: 8 }],
  ['a long one', '00000001 6d646174 0000000100000000', { type: 'mdat', size: 2 ** 32, headBytes: 16 }],
  ['one that fills what is left', '00000000 6d646174', { type: 'mdat', size: 1_000, headBytes: 8 }],
  ['a long one that is not here whole', '00000001 6d646174 00000001', null],
  ['one that ends within itself', '00000007 6d6f6f76', null],
  ['a long one that ends within itself', '00000001 6d646174 000000000000000f', null],
  ['nothing', '', null],
])('%s', (_name, hex, expected) => {
  expect(readBoxHead(bytesOf(hex), 1_000)).toEqual(expected);
});

test('a table has as many rows as it says, and no more than are there', () => {
  expect(rowsOf(bytesOf('00000000 00000002 00000001 00000002 00000003 00000004'), 2)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(rowsOf(bytesOf('00000000 ffffffff 00000001 00000002 00000003'), 2)).toEqual([[1, 2]]);
  expect(offsetsOf(bytesOf('00000000 00000001 0000000100000002'), 8)).toEqual([2 ** 32 + 2]);
  expect(offsetsOf(new Uint8Array(3), 4)).toEqual([]);
});
