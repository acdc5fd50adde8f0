import { describe, expect, test } from 'vitest';
import { PieceState } from '../../../src/engine/schedule/piece-map.ts';
import { filesAtEnd, problemOfLost } from '../../../src/engine/transfer/files-at-end.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const PIECE = 32_768;
/** `a` ends in piece 2, in which all of `b` lies; `c` ends in 4; `d` fills 5 but for its first byte, which is in 4. */
const content = { a: 2 * PIECE + 10, b: 500, empty: 0, c: 2 * PIECE, d: PIECE };
const withHashes = await smallTorrent({ name: 'folder', content, describe: () => ({ md5: '0'.repeat(32) }) });
const without = await smallTorrent({ name: 'folder', content });
const padded = await smallTorrent({
  name: 'folder',
  content,
  padsFiles: true,
  describe: () => ({ sha1: '0'.repeat(40) }),
});

const sorted = ({ info }: typeof withHashes, ...missing: number[]) => {
  const states = new Uint8Array(info.pieceCount).fill(PieceState.held);
  for (const piece of missing) states[piece] = PieceState.free;
  const { whole, vouchable, unvouched, lost } = filesAtEnd(info, states, []);
  return [whole, vouchable, unvouched, lost].map((files) => files.map(({ path }) => path[0]).join(' '));
};

test.each([
  ['all are whole when nothing is missing', withHashes, [], ['a b empty c d', '', '', '']],
  ['a shared piece leaves all its files to their hashes', withHashes, [2], ['empty d', 'a b c', '', '']],
  ['without hashes nothing vouches for them', without, [2], ['empty d', '', 'a b c', '']],
  ['a file that lacks a piece of its own is lost, hash or not', withHashes, [1, 2], ['empty d', 'b c', '', 'a']],
  ['a piece that a file shares with padding is its own', padded, [2], ['b empty c d', '', '', 'a']],
])('%s', (_name, torrent, missing, expected) => {
  expect(sorted(torrent, ...missing)).toEqual(expected);
});

describe('what the user is told', () => {
  test('names the first files and counts all, padding not among them', () => {
    const ofPadded = problemOfLost(padded.info, new Set([padded.info.files.at(-1)?.index ?? (0 as never)]), []);
    expect(ofPadded).toEqual({ code: 'files-unavailable', files: ['a', 'b', 'empty'], count: 4, saved: 1 });
  });
});
