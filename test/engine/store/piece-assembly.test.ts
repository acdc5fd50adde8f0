import { expect, test } from 'vitest';
import type { Source } from '../../../src/engine/store/depot.ts';
import { PieceAssembly, type Verdict } from '../../../src/engine/store/piece-assembly.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { hash, smallTorrent } from '../../support/simulation/small-torrent.ts';

const torrent = await smallTorrent({ content: 6 * 65_536 + 20_000, pieceLengthBytes: 65_536 });

const peer = (name: string): Source => ({ kind: 'peer', peer: name as PeerId });
const origin = (name: string): Source => ({ kind: 'origin', origin: `http://${name}/` as OriginUrl });
const newAssembly = () => new PieceAssembly(torrent.info, hash);

/** Puts one piece together, each block by the named source; those in `lies` send wrong bytes. */
function assemble(
  assembly: PieceAssembly,
  piece: number,
  sources: readonly Source[],
  lies: readonly number[] = [],
): Promise<Verdict> {
  const open = assembly.open(piece as PieceIndex);
  for (const [block, source] of sources.entries()) {
    const at = block * BLOCK_LENGTH_BYTES;
    const bytes = torrent.pieceBytes(piece).slice(at, at + open.blockLength(block));
    if (lies.includes(block)) bytes[3] = (bytes[3] ?? 0) ^ 1;
    open.putBlock(block, bytes, assembly.numberOf(source));
  }
  return assembly.verify(piece as PieceIndex);
}

const [ann, bob, cdn] = [peer('ann'), peer('bob'), origin('cdn')];

test('a right piece is good, with its bytes by kind of source', async () => {
  const verdict = await assemble(newAssembly(), 0, [ann, cdn, bob, bob]);
  const expected = { piece: 0, peerBytes: 3 * BLOCK_LENGTH_BYTES, originBytes: BLOCK_LENGTH_BYTES };
  expect(verdict).toMatchObject({ type: 'good', liars: [], good: expected });
});

test('the short last piece is good too', async () => {
  const verdict = await assemble(newAssembly(), 6, [ann, cdn]);
  const expected = { peerBytes: BLOCK_LENGTH_BYTES, originBytes: 20_000 - BLOCK_LENGTH_BYTES };
  expect(verdict).toMatchObject({ type: 'good', good: expected });
});

test('one source that lied is named at once', async () => {
  expect(await assemble(newAssembly(), 1, [ann, ann, ann, ann], [2])).toEqual({ type: 'failed', sources: [ann] });
});

test('of several sources all are named as suspects, and the liar when the piece is good', async () => {
  const assembly = newAssembly();
  expect(await assemble(assembly, 1, [ann, bob, cdn, ann], [1])).toEqual({
    type: 'failed',
    sources: [ann, bob, cdn],
  });
  expect(await assemble(assembly, 1, [cdn, cdn, cdn, cdn])).toMatchObject({ type: 'good', liars: [bob] });
});

test('two liars of one piece are both found', async () => {
  const assembly = newAssembly();
  await assemble(assembly, 1, [ann, bob, cdn, cdn], [0, 1]);
  expect(await assemble(assembly, 1, [cdn, cdn, cdn, cdn])).toMatchObject({ type: 'good', liars: [ann, bob] });
});

test('a single liar is not named a second time when the piece is good', async () => {
  const assembly = newAssembly();
  await assemble(assembly, 1, [ann, ann, ann, ann], [0]);
  expect(await assemble(assembly, 1, [cdn, cdn, cdn, cdn])).toMatchObject({ type: 'good', liars: [] });
});

test('liars of two failed tries are found', async () => {
  const assembly = newAssembly();
  await assemble(assembly, 1, [ann, bob, bob, bob], [0]);
  await assemble(assembly, 1, [ann, bob, bob, bob], [3]);
  expect(await assemble(assembly, 1, [cdn, cdn, cdn, cdn])).toMatchObject({ type: 'good', liars: [bob, ann] });
});

test('liars are forgotten once named', async () => {
  const assembly = newAssembly();
  await assemble(assembly, 1, [ann, bob, bob, bob], [0]);
  await assemble(assembly, 1, [cdn, cdn, cdn, cdn]);
  expect(await assemble(assembly, 1, [bob, bob, bob, bob])).toMatchObject({ type: 'good', liars: [] });
});

test('many failed pieces do not fill the memory: the oldest are forgotten', async () => {
  const assembly = newAssembly();
  for (const piece of [0, 1, 2, 3, 4]) await assemble(assembly, piece, [ann, bob, bob, bob], [0]);
  const good = async (piece: number) => assemble(assembly, piece, [cdn, cdn, cdn, cdn]);
  expect(await good(0)).toMatchObject({ liars: [] });
  expect(await good(1)).toMatchObject({ liars: [ann] });
  expect(await good(4)).toMatchObject({ liars: [ann] });
});

test('a dropped piece begins anew', async () => {
  const assembly = newAssembly();
  assembly.open(2 as PieceIndex).putBlock(0, new Uint8Array(BLOCK_LENGTH_BYTES), assembly.numberOf(ann));
  assembly.drop(2 as PieceIndex);
  expect(await assemble(assembly, 2, [cdn, cdn, cdn, cdn])).toMatchObject({ type: 'good', good: { peerBytes: 0 } });
});

test('a buffer that was given back does not leak old blocks into the next piece', async () => {
  const assembly = newAssembly();
  const verdict = await assemble(assembly, 0, [ann, ann, ann, ann]);
  if (verdict.type === 'good') assembly.recycle(verdict.good.buffer);
  const next = assembly.open(1 as PieceIndex);
  expect([0, 1, 2, 3].map((block) => next.hasBlock(block))).toEqual([false, false, false, false]);
  expect(await assemble(assembly, 1, [bob, bob, bob, bob])).toMatchObject({ type: 'good' });
});

test('an unfinished piece cannot be verified', async () => {
  const assembly = newAssembly();
  assembly.open(0 as PieceIndex);
  await expect(assembly.verify(0 as PieceIndex)).rejects.toThrow('not complete');
});
