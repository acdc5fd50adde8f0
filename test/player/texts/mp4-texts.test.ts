import { describe, expect, test } from 'vitest';
import { openMp4 } from '../../../src/player/texts/mp4-texts.ts';
import { box, joined, number, text } from './made-files.ts';
import { PartOfFile, told } from './partly-here.ts';

const zeros = (count: number) => new Uint8Array(count);
const numbers = (...values: number[]) => joined(...values.map((value) => number(value, 4)));
const table = (type: string, ...values: number[]) => box(type, joined(zeros(4), numbers(...values)));
const said = (words: string) => joined(number(words.length, 2), text(words));

type Made = {
  readonly samples?: readonly Uint8Array[];
  readonly entry?: string;
  readonly stts?: readonly number[];
  readonly sizes?: readonly number[];
  readonly edits?: Uint8Array;
  readonly more?: readonly Uint8Array[];
};

/** A film with one text, track 3, of 1000 units a second; its samples lie at the beginning of the file, two in a chunk. */
function made({ samples = [said('Hello'), said('you')], entry = 'tx3g', stts, sizes, edits, more = [] }: Made = {}) {
  const media = box('mdat', joined(...samples));
  const lengths = samples.map(({ length }) => length);
  const stbl = joined(
    box('stsd', joined(zeros(4), numbers(1), box(entry, zeros(30)))),
    table('stts', ...(stts ?? [1, samples.length, 1000])),
    table('stsc', 1, 1, 2, 1),
    sizes === undefined ? table('stsz', 0, samples.length, ...lengths) : table('stsz', ...sizes),
    table('stco', 1, 8),
  );
  const mdia = joined(
    box('mdhd', joined(zeros(12), numbers(1000, 0), number(((5 << 10) | (14 << 5) | 7) % 65_536, 2), zeros(2))),
    box('hdlr', joined(zeros(8), text('sbtl'), zeros(12))),
    box('minf', box('stbl', stbl)),
  );
  const trak = joined(box('tkhd', joined(zeros(12), numbers(3), zeros(8))), edits ?? zeros(0), box('mdia', mdia));
  const mvhd = box('mvhd', joined(zeros(12), numbers(100, 0), zeros(80)));
  return joined(media, box('moov', joined(mvhd, box('trak', trak), ...more)));
}

async function read(bytes: Uint8Array) {
  const file = new PartOfFile(bytes);
  const texts = await openMp4(file);
  return { texts, file, cues: told((await texts?.open(3).read(0, 360_000)) ?? []) };
}

test('samples have their place and time from tables', async () => {
  const { texts, cues } = await read(made());
  expect(texts).toMatchObject({ tracks: [{ id: 3, language: 'en', codec: '3GPP' }], hasUnreadable: false });
  expect(cues).toEqual(['0-1 Hello', '1-2 you']);
});

test('edits have them begin later, and not at their beginning', async () => {
  const edits = box('edts', table('elst', 2, 500, 0xffffffff, 0x10000, 900, 250, 0x10000));
  expect((await read(made({ edits }))).cues).toEqual(['4.75-5.75 Hello', '5.75-6.75 you']);
});

test('UTF-16 is read, and an empty sample says nothing', async () => {
  const wide = joined(number(6, 2), Uint8Array.of(0xfe, 0xff, 0, 0x48, 0, 0x69));
  expect((await read(made({ samples: [wide, said('')] }))).cues).toEqual(['0-1 Hi']);
});

test('chapters are no subtitles', async () => {
  const film = box('trak', box('tref', box('chap', numbers(3))));
  expect((await read(made({ more: [film] }))).texts?.tracks).toEqual([]);
});

test('what is no text is there, and not shown', async () => {
  expect((await read(made({ entry: 'stpp' }))).texts).toMatchObject({ tracks: [], hasUnreadable: true });
});

describe('what strangers write', () => {
  const MOST = 0xffffffff;
  test.each([
    ['more samples than a file has room for', { sizes: [1, MOST] }],
    ['samples that are longer than the file', { sizes: [0, 2, MOST, MOST] }],
    ['times without end', { stts: [1, MOST, MOST] }],
    ['tables that say they are longer', { stts: [MOST, 2, 1000] }],
  ] as const)('%s', async (_name, tables) => {
    const { file } = await read(made(tables));
    expect(file.reads).toBeLessThan(1_000);
  });

  test('boxes within boxes without end, and boxes of no size', async () => {
    let nest = zeros(0) as Uint8Array;
    for (let depth = 0; depth < 5_000; depth++) nest = box('moov', nest);
    expect((await read(nest)).texts).toMatchObject({ tracks: [] });
    const flood = joined(...Array.from({ length: 3_000 }, () => box('free', zeros(0))));
    expect((await read(joined(flood, made()))).texts).toBeNull();
    expect((await read(joined(box('free', zeros(8), 3), made()))).texts).toBeNull();
    expect((await read(joined(box('free', zeros(8), 0), made()))).texts).toBeNull();
  });
});
