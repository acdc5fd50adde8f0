import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openMatroska } from '../../../src/player/texts/matroska-texts.ts';
import { element, joined, madeMatroska, matroskaOf, number, text } from './made-files.ts';
import { PartOfFile, told } from './partly-here.ts';

async function read(bytes: Uint8Array, calls = 1) {
  const file = new PartOfFile(bytes);
  const texts = await openMatroska(file);
  const reader = texts?.open(1);
  const cues: string[] = [];
  for (let call = 0; call < calls; call++) cues.push(...told((await reader?.read(0, 360_000)) ?? []));
  return { cues, texts, file };
}

const compressed = (...settings: readonly Uint8Array[]) =>
  element(0x6d80, element(0x6240, element(0x5034, joined(...settings))));
const HELLO = ['0-2 Hello', '1-3 you'];
const words = (...said: string[]) => said.map(text);

describe('how texts are packed', () => {
  test.each([
    ['not at all', madeMatroska(words('Hello', 'you'))],
    [
      'as zlib',
      madeMatroska(
        words('Hello', 'you').map((it) => deflateSync(it)),
        { more: [compressed()] },
      ),
    ],
    [
      'without what they all begin with',
      madeMatroska(words('llo', 'u').slice(0, 1).concat(text('')), {
        more: [compressed(element(0x4254, number(3)), element(0x4255, text('He')))],
      }),
    ],
    ['as SSA', madeMatroska(words('0,0,A,,0,0,0,,{\\i1}Hello', '1,0,A,,0,0,0,,you'), { codec: 'S_TEXT/SSA' })],
    [
      'with drawings',
      madeMatroska(words('0,0,A,,0,0,0,,Hello', '1,0,A,,0,0,0,,you', '2,0,A,,0,0,0,,{\\p1}m 0 0 l 1 1'), {
        codec: 'S_TEXT/ASS',
      }),
    ],
  ])('%s', async (name, bytes) => {
    const { cues } = await read(bytes);
    expect(cues).toEqual(name.startsWith('without') ? ['0-2 Hello', '1-3 He'] : HELLO);
  });

  test.each([
    ['pictures', { codec: 'S_HDMV/PGS' }],
    ['encrypted', { more: [element(0x6d80, element(0x6240, element(0x5035, number(1))))] }],
    ['packed as nobody does', { more: [compressed(element(0x4254, number(2)))] }],
  ])('%s: there is something, which is not shown', async (_name, track) => {
    const { texts } = await read(madeMatroska(words('Hello'), track));
    expect(texts).toMatchObject({ tracks: [], hasUnreadable: true });
  });

  test('a packet that is no zlib, or unpacks to more than a subtitle, is left out', async () => {
    const bomb = deflateSync(new Uint8Array(10_000_000));
    const bytes = madeMatroska([text('Hello'), bomb, deflateSync(text('you'))], { more: [compressed()] });
    expect((await read(bytes)).cues).toEqual(['2-4 you']);
  });
});

describe('what strangers write', () => {
  const [TRACKS, CLUSTER] = [0x1654ae6b, 0x1f43b675];
  const entry = (id: number) =>
    element(0xae, joined(element(0xd7, number(id)), element(0x83, number(17)), element(0x86, text('S_TEXT/UTF8'))));
  const block = (ticks: number, said: string, flags = 0) =>
    element(0xa3, joined(Uint8Array.of(0x81), number(ticks, 2), Uint8Array.of(flags), text(said)));
  const GIANT = 2 ** 53;

  test('sizes that no file has end with the file', async () => {
    const group = joined(element(0xe7, number(0)), block(0, 'Hello'));
    const bytes = matroskaOf(element(TRACKS, entry(1)), element(CLUSTER, group, GIANT));
    expect((await read(bytes)).cues).toEqual(['0-4 Hello']);
    expect((await read(matroskaOf(element(TRACKS, entry(1), GIANT)))).texts).toBeNull();
    expect((await read(madeMatroska([new Uint8Array(70_000).fill(65), text('you')]))).cues).toEqual(['1-3 you']);
  });

  test('elements within elements without end are not followed', async () => {
    let nest = new Uint8Array(0) as Uint8Array;
    for (let depth = 0; depth < 5_000; depth++) nest = element(0xa0, nest);
    const bytes = matroskaOf(element(TRACKS, entry(1)), element(CLUSTER, joined(nest, block(5, 'Hello'))));
    const { cues, file } = await read(bytes);
    expect(cues).toEqual(['0.005-4.005 Hello']);
    expect(file.reads).toBeLessThan(10);
  });

  test('a flood of elements takes several calls', async () => {
    const flood = new Uint8Array(100_000);
    for (let at = 0; at < flood.length; at += 2) flood.set([0xec, 0x80], at);
    const bytes = matroskaOf(element(TRACKS, entry(1)), element(CLUSTER, joined(flood, block(0, 'Hello'))));
    expect((await read(bytes)).cues).toEqual([]);
    expect((await read(bytes, 4)).cues).toEqual(['0-4 Hello']);
  });

  test('an index that leads anywhere, and to the same place again, costs little', async () => {
    const cue = (byte: number) =>
      element(0xbb, joined(element(0xb3, number(0)), element(0xb7, element(0xf1, number(byte)))));
    const cues = element(0x1c53bb6b, joined(...Array.from({ length: 3_000 }, (_, at) => cue(at * 37))));
    const bytes = matroskaOf(
      element(TRACKS, entry(1)),
      cues,
      element(CLUSTER, joined(element(0xe7, number(0)), block(1, 'Hello'))),
    );
    const { cues: said, file } = await read(bytes, 5);
    expect(said).toContain('0.001-4.001 Hello');
    expect(file.reads).toBeLessThan(10_000);
  });

  test('several frames in one block are no text, and more than a hundred texts no choice', async () => {
    const laced = matroskaOf(element(TRACKS, entry(1)), element(CLUSTER, block(0, 'Hello', 0x02)));
    expect((await read(laced)).cues).toEqual([]);
    const many = Array.from({ length: 500 }, (_, at) => entry(at + 1));
    expect((await read(matroskaOf(element(TRACKS, joined(...many))))).texts?.tracks).toHaveLength(100);
  });
});
