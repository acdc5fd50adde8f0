import fc from 'fast-check';
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  TextSubtitleSource,
} from 'mediabunny';
import { describe, expect, test } from 'vitest';
import type { InsideTexts } from '../../../src/player/texts/inside-text.ts';
import { openTexts } from '../../../src/player/texts/open-texts.ts';
import { mediaFile } from '../../support/media.ts';
import { PartOfFile, told } from './partly-here.ts';

const ENGLISH = ['1-4 The first line', '6-9 The second line', '12-15 The third line'];
const GERMAN = ['1-4 Die erste Zeile', '6-9 Die zweite Zeile', '12-15 Die dritte Zeile'];

const opened = async (file: PartOfFile): Promise<InsideTexts> => {
  const texts = await openTexts(file);
  if (texts === null) throw new Error('it holds no texts');
  return texts;
};
const idOf = ({ tracks }: InsideTexts, at: number) => tracks[at]?.id ?? -1;

describe('texts inside', () => {
  test.each([
    ['Matroska', 'mkvTexts', ['SRT', 'ASS', 'WebVTT']],
    ['Matroska as it is streamed', 'mkvLive', ['SRT', 'SRT', 'SRT']],
    ['WebM', 'webmTexts', ['WebVTT', 'WebVTT', 'WebVTT']],
    ['MP4', 'mp4Texts', ['3GPP', '3GPP', '3GPP']],
  ] as const)('%s', async (_name, kind, codecs) => {
    const file = await PartOfFile.of(kind);
    const texts = await opened(file);
    expect(texts.tracks.map(({ codec }) => codec)).toEqual(codecs);
    const [english, german, french] = texts.tracks;
    expect(english).toMatchObject({ language: 'en', name: null, isDefault: true, kind: 'all' });
    expect(german).toMatchObject({ language: 'de', kind: 'forced' });
    expect(french).toMatchObject({ language: 'fr', isDefault: false });
    // ffmpeg writes none of this into WebM.
    if (kind !== 'webmTexts') expect([german?.name, french?.kind]).toEqual(['Nur Fremdes', 'described']);
    expect(told(await texts.open(idOf(texts, 0)).read(0, 16))).toEqual(ENGLISH);
    expect(told(await texts.open(idOf(texts, 1)).read(0, 16))).toEqual(GERMAN);
    expect(await texts.open(99).read(0, 16)).toEqual([]);
  });

  test('WebVTT in MP4', async () => {
    const format = new Mp4OutputFormat();
    const output = new Output({ format, target: new BufferTarget() });
    const [picture, text] = [new EncodedVideoPacketSource('vp8'), new TextSubtitleSource('webvtt')];
    output.addVideoTrack(picture);
    output.addSubtitleTrack(text, { languageCode: 'deu', name: 'Deutsch' });
    await output.start();
    const packet = new EncodedPacket(new Uint8Array(10), 'key', 0, 9);
    await picture.add(packet, { decoderConfig: { codec: 'vp8', codedWidth: 16, codedHeight: 16 } });
    await text.add(
      'WEBVTT\n\n00:01.000 --> 00:04.000\nDie <i>erste</i> &amp; beste\n\n00:06.000 --> 00:08.000\nDas Ende\n',
    );
    text.close();
    await output.finalize();
    const file = new PartOfFile(new Uint8Array((output.target as BufferTarget).buffer ?? new ArrayBuffer(0)));
    const texts = await opened(file);
    expect(texts.tracks).toMatchObject([{ language: 'de', codec: 'WebVTT' }]);
    expect(told(await texts.open(idOf(texts, 0)).read(0, 16))).toEqual(['1-4 Die erste & beste', '6-8 Das Ende']);
  });

  test.each(['webm', 'mp4IndexLast'] as const)('%s has none', async (kind) => {
    expect(await openTexts(await PartOfFile.of(kind))).toMatchObject({ tracks: [], hasUnreadable: false });
  });

  test('other files are of no kind that holds any', async () => {
    expect(await openTexts(await PartOfFile.of('flac'))).toBeNull();
    expect(await openTexts(new PartOfFile(new Uint8Array(0)))).toBeNull();
  });
});

describe('as a film arrives', () => {
  test.each(['mkvTexts', 'mkvLive', 'webmTexts', 'mp4Texts'] as const)(
    '%s: each is read once, when it is here',
    async (kind) => {
      const file = await PartOfFile.of(kind);
      const texts = await opened(file);
      const { bytes } = file;
      file.here = [];
      const reader = texts.open(idOf(texts, 0));
      const found: string[][] = [];
      for (let endByte = 0; endByte < bytes.length + 1_000; endByte += 1_000) {
        file.here = [[0, Math.min(endByte, bytes.length)]];
        const cues = told(await reader.read(0, 16));
        if (cues.length > 0) found.push(cues);
      }
      expect(found.flat()).toEqual(ENGLISH);
      expect(found.length).toBeGreaterThan(1);
    },
  );

  test.each(['mkv', 'mp4Texts'] as const)('%s: those of where it plays after a jump', async (kind) => {
    const file = await PartOfFile.of(kind);
    const texts = await opened(file);
    file.here = [[Math.floor(file.lengthBytes * 0.7), file.lengthBytes]];
    const reader = texts.open(idOf(texts, 0));
    const said = async (fromS: number, toS: number) => (await reader.read(fromS, toS)).map(({ text }) => text);
    expect(await said(10, 16)).toEqual(['The third line']);
    file.here = [[0, file.lengthBytes]];
    expect((await said(0, 5))[0]).toBe('The first line');
  });

  test('what lies far ahead is not read', async () => {
    const file = await PartOfFile.of('mkv');
    const texts = await opened(file);
    file.readBytes = 0;
    await texts.open(idOf(texts, 0)).read(0, 3);
    expect(file.readBytes).toBeLessThan(file.lengthBytes / 2);
  });
});

describe('files from strangers', () => {
  /** Opens and reads whatever can be; fails when that takes more than some bounded work. */
  async function readAll(bytes: Uint8Array): Promise<number> {
    const file = new PartOfFile(bytes);
    const texts = await openTexts(file);
    let count = 0;
    for (const { id } of texts?.tracks ?? []) {
      const reader = texts?.open(id);
      for (let call = 0; call < 3; call++) count += (await reader?.read(0, 360_000))?.length ?? 0;
    }
    expect(file.reads).toBeLessThan(20_000);
    return count;
  }

  test.each(['mkvTexts', 'mkvLive', 'webmTexts', 'mp4Texts'] as const)('%s, cut off anywhere', async (kind) => {
    const bytes = await mediaFile(kind);
    for (let part = 0; part < 1; part += 0.043) await readAll(bytes.slice(0, Math.floor(bytes.length * part)));
    for (let length = 0; length < 600; length += 7) await readAll(bytes.slice(0, length));
  });

  test.each(['mkvTexts', 'mkvLive', 'mp4Texts'] as const)('%s, with wrong bytes', { timeout: 60_000 }, async (kind) => {
    const bytes = await mediaFile(kind);
    // Heads and tables, where lengths are: at both ends.
    const place = fc.oneof(
      fc.nat(2_000),
      fc.nat(2_000).map((at) => bytes.length - 1 - at),
      fc.nat(bytes.length - 1),
    );
    const wrong = fc.array(fc.tuple(place, fc.oneof(fc.constantFrom(0, 1, 0x7f, 0xff), fc.nat(255))), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(wrong, async (changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at] = byte;
        await readAll(changed);
      }),
      { seed: 7, numRuns: 150 },
    );
  });
});
