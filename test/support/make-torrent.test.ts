import { expect, test } from 'vitest';
import { makeTorrent, type TorrentInput } from './make-torrent.ts';
import { pseudoRandomBytes, sha256Hex } from './payload.ts';

const parserName: string = 'parse-torrent'; // it has no types, and needs none here
const { default: parseTorrent } = await import(parserName);

const bytes = pseudoRandomBytes(3, 40_000);
const base: TorrentInput = { name: 'name', content: bytes, pieceLengthBytes: 16_384 };

test('makes a single-file torrent that another library reads the same way', async () => {
  const made = makeTorrent({ ...base, announce: ['ws://t.example'], urlList: ['http://o.example/'], isPrivate: true });
  const parsed = await parseTorrent(made.torrentBytes);
  expect(parsed).toMatchObject({
    infoHash: made.infoHash,
    length: 40_000,
    private: true,
    announce: ['ws://t.example'],
  });
  expect(parsed.pieces).toHaveLength(3);
  expect(made.pieceCount).toBe(3);
  const magnet = await parseTorrent(made.magnet({ webSeeds: ['http://o.example/'] }));
  expect(magnet).toMatchObject({ infoHash: made.infoHash, name: 'name', urlList: ['http://o.example/'] });
});

test('writes hostile paths exactly as given', () => {
  const content = [['..', 'x'], ['CON'], ['a:b'], ['ü.'], ['']].map((path) => ({ path, bytes: new Uint8Array(0) }));
  const text = Buffer.from(makeTorrent({ ...base, content }).torrentBytes).toString();
  for (const path of ['l2:..1:xe', 'l3:CONe', 'l3:a:be', 'l3:ü.e', 'l0:e']) expect(text).toContain(path);
});

test('lets each file begin with a piece when it pads', () => {
  const content = [3, 16_384, 5].map((length, at) => ({ path: [`${at}`], bytes: bytes.subarray(0, length) }));
  const made = makeTorrent({ ...base, content, padsFiles: true });
  expect(made.payload.length).toBe(2 * 16_384 + 5);
  expect(Buffer.from(made.torrentBytes).toString('latin1')).toContain(
    'd4:attr1:p6:lengthi16381e4:pathl4:.pad5:16381ee',
  );
});

test('payloads depend on seed and length alone', () => {
  expect(sha256Hex(pseudoRandomBytes(3, 1001))).toBe(sha256Hex(bytes.subarray(0, 1001)));
  expect(sha256Hex(pseudoRandomBytes(4, 1001))).not.toBe(sha256Hex(bytes.subarray(0, 1001)));
});
