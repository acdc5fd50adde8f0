import { expect, test } from 'vitest';
import { PieceState } from '../../../src/engine/schedule/piece-map.ts';
import type { TorrentFile } from '../../../src/engine/torrent/torrent-description.ts';
import { UNPROVEN } from '../../../src/engine/transfer/origin-health.ts';
import { maySpeakFor, type Witness } from '../../../src/engine/transfer/own-digest.ts';
import type { FileIndex, OriginUrl, PieceIndex } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const PIECE = 32_768;
/** Pieces 0 to 3 have bytes of `wanted`; 0 also of `before`, 3 of `after`, which has 4 for itself; 5 is shared. */
const { info } = await smallTorrent({
  name: 'folder',
  content: { before: 1_000, wanted: 3 * PIECE, after: 2 * PIECE, small: 500 },
});
const [BEFORE, WANTED, AFTER, SMALL] = [0, 1, 2, 3] as [FileIndex, FileIndex, FileIndex, FileIndex];
const file = (index: FileIndex): TorrentFile => info.files[index] as TorrentFile;
const without = (...missing: number[]) => {
  const states = new Uint8Array(info.pieceCount).fill(PieceState.held);
  for (const piece of missing) states[piece] = PieceState.free;
  return states;
};
const witness = (more: Partial<Witness> = {}): Witness => ({
  mirrorOf: null,
  isDropped: false,
  health: UNPROVEN,
  lacks: new Set(),
  spoilt: new Set([BEFORE]),
  ...more,
});
const lacks = (...pieces: number[]) => new Set(pieces as PieceIndex[]);

test.each<[string, Witness, FileIndex, Uint8Array, boolean]>([
  ['a neighbour that is spoilt explains the piece', witness(), WANTED, without(0), true],
  ['nothing explains the piece', witness({ spoilt: new Set() }), WANTED, without(0), false],
  ['one of two pieces is explained', witness(), WANTED, without(0, 3), false],
  ['both are explained', witness({ spoilt: new Set([BEFORE, AFTER]) }), WANTED, without(0, 3), true],
  ['wrong bytes of its own explain it', witness({ lacks: lacks(4) }), WANTED, without(0, 3), true],
  ['a piece that the two share says nothing', witness({ lacks: lacks(3) }), WANTED, without(0, 3), false],
  ['the file itself is spoilt', witness({ spoilt: new Set([WANTED]) }), WANTED, without(0), false],
  ['nothing of it is verified', witness({ spoilt: new Set([AFTER]) }), SMALL, without(5), false],
  ['a piece of its own is missing', witness(), WANTED, without(0, 1), false],
  ['another origin named it', witness({ mirrorOf: 'http://a.test/' as OriginUrl }), WANTED, without(0), false],
  ['it was dropped', witness({ isDropped: true }), WANTED, without(0), false],
  ['it lied once', witness({ health: { ...UNPROVEN, lies: 1 } }), WANTED, without(0), false],
])('%s', (_name, origin, index, states, expected) => {
  expect(maySpeakFor(info, origin, file(index), states)).toBe(expected);
});
