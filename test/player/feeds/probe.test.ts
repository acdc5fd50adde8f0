import { describe, expect, test } from 'vitest';
import { codecName } from '../../../src/player/feeds/codec-names.ts';
import { MediaFile } from '../../../src/player/feeds/media-file.ts';
import { type Abilities, probe } from '../../../src/player/feeds/probe.ts';
import { FileBytes } from '../../../src/player/file-bytes.ts';
import { unplayable, waysToPlay } from '../../../src/player/open-feed.ts';
import { type MediaKind, mediaFile } from '../../support/media.ts';

const EVERYTHING: Abilities = { playsType: () => true, takesType: () => true };
/** A browser that has no decoder for these. */
const without = (...codecs: string[]): Abilities => {
  const knows = (type: string) => !codecs.some((codec) => type.includes(codec));
  return { playsType: knows, takesType: (type) => knows(type) && type.includes('/mp4') };
};

async function probed(kind: MediaKind | Uint8Array, abilities = EVERYTHING) {
  const bytes = typeof kind === 'string' ? await mediaFile(kind) : kind;
  const read: number[] = [];
  const file = new FileBytes({
    lengthBytes: bytes.length,
    awaitBytes: async (_start, endByte) => ({ state: 'here', endByte }),
    readStored: async (startByte, endByte) => {
      read.push(endByte - startByte);
      return bytes.slice(startByte, endByte);
    },
  });
  const found = await probe(new MediaFile(file), abilities);
  return { found, readBytes: read.reduce((sum, length) => sum + length, 0), lengthBytes: bytes.length };
}

describe('what a file is', () => {
  test.each([
    ['webm', 'WebM', 'VP9', ['Opus'], 'video/webm'],
    ['mp4IndexLast', 'MP4', 'H.264', ['AAC'], 'video/mp4'],
    ['mkv', 'Matroska', 'VP9', ['Opus', 'Opus'], 'video/x-matroska'],
    ['flac', 'FLAC', undefined, ['FLAC'], 'audio/flac'],
  ] as const)('%s', async (kind, container, video, audio, mimeType) => {
    const { found, readBytes, lengthBytes } = await probed(kind);
    expect(found).toMatchObject({ container, mimeType });
    expect(found?.video?.codec).toBe(video);
    expect(found?.audio.map(({ codec }) => codec)).toEqual(audio);
    expect(found?.durationS).toBeCloseTo(16, 1);
    expect(readBytes).toBeLessThan(Math.max(0.45 * lengthBytes, 250_000));
  });

  test('soundtracks have their language and name', async () => {
    const { found } = await probed('mkv');
    expect(found?.audio.map(({ language, name }) => [language, name])).toEqual([
      ['eng', null],
      ['deu', 'Deutsch'],
    ]);
  });

  test('what is neither sound nor pictures is nothing', async () => {
    const { found } = await probed(new Uint8Array(5_000).fill(65));
    expect(found).toBeNull();
    expect(unplayable(found)).toEqual({ phase: 'unplayable', what: 'container', container: null, codecs: [] });
  });
});

describe('how it is played', () => {
  test.each([
    ['webm where somebody answers at addresses', 'webm', EVERYTHING, true, ['stream', 'segments', 'whole']],
    ['webm where nobody does', 'webm', EVERYTHING, false, ['segments', 'whole']],
    ['Matroska only in segments, until it is whole', 'mkv', EVERYTHING, true, ['segments', 'whole']],
    ['sound that is taken by no media source', 'flac', { ...EVERYTHING, takesType: () => false }, false, ['whole']],
    ['pictures that nobody decodes', 'mp4IndexLast', without('avc1'), true, []],
  ] as const)('%s', async (_name, kind, abilities, hasStreams, ways) => {
    const { found } = await probed(kind, abilities);
    expect(found && waysToPlay(found, hasStreams)).toEqual(ways);
  });

  test('the codec that is missing is named', async () => {
    const { found } = await probed('mp4IndexLast', without('avc1'));
    expect(unplayable(found)).toEqual({ phase: 'unplayable', what: 'video', container: 'MP4', codecs: ['H.264'] });
  });
});

test.each([
  ['hevc', null, 'HEVC'],
  ['ac3', null, 'AC-3'],
  ['pcm-s16', null, 'PCM'],
  [null, 'A_DTS/LOSSLESS', 'DTS'],
  [null, 'V_MPEG4/ISO/ASP', 'MPEG-4'],
  [null, 'V_SOMETHING', 'V_SOMETHING'],
  [null, null, '?'],
])('%s %s is called %s', (codec, internal, name) => {
  expect(codecName(codec, internal)).toBe(name);
});
