import { describe, expect, test } from 'vitest';
import type { FileIndex } from '../../../../src/model/ids.ts';
import type { PlayerText } from '../../../../src/model/player-view.ts';
import type { SubtitleFile } from '../../../../src/ui/player/subtitles/match-subtitles.ts';
import {
  forcedSubtitles,
  offeredSubtitles,
  preferredSubtitles,
} from '../../../../src/ui/player/subtitles/subtitle-choice.ts';
import { namesOfSubtitles } from '../../../../src/ui/player/subtitles/subtitle-names.ts';

const text = (id: number, language: string | null, more: Partial<PlayerText> = {}): PlayerText => ({
  id,
  language,
  name: null,
  codec: 'SRT',
  isDefault: false,
  kind: 'all',
  ...more,
});
const file = (index: number, language: string | null, more: Partial<SubtitleFile> = {}): SubtitleFile => ({
  file: index as FileIndex,
  name: `Film.${index}.srt`,
  lengthBytes: 9,
  language,
  kind: 'all',
  ...more,
});
const told = (found: ReturnType<typeof preferredSubtitles>) =>
  found === null ? null : found.choice.kind === 'torrent' ? `file ${found.choice.file}` : `text ${found.choice.track}`;

describe('who wants subtitles gets', () => {
  test.each([
    ['none where there are none', [], [], 'de', null],
    ['those of the language', [], [text(1, 'en'), text(2, 'de')], 'de', 'text 2'],
    ['those of the language in another country', [], [text(1, 'en'), text(2, 'pt-BR')], 'pt', 'text 2'],
    ['a file before a text of the same language', [file(7, 'de')], [text(2, 'de')], 'de', 'file 7'],
    ['a text of the language before another file', [file(7, 'en')], [text(2, 'de')], 'de', 'text 2'],
    [
      'all that is said, not only foreign parts',
      [],
      [text(1, 'de', { kind: 'forced' }), text(2, 'de', { kind: 'described' }), text(3, 'de')],
      'de',
      'text 3',
    ],
    ['what is described before nothing', [], [text(1, 'en'), text(2, 'de', { kind: 'described' })], 'de', 'text 2'],
    ['what the film shows by default', [], [text(1, 'de'), text(2, 'de', { isDefault: true })], 'de', 'text 2'],
    ['the default of another language', [], [text(1, 'fr'), text(2, 'en', { isDefault: true })], 'de', 'text 2'],
    ['foreign parts before nothing', [], [text(1, 'fr', { kind: 'forced' })], 'de', 'text 1'],
  ] as const)('%s', (_name, files, texts, language, expected) => {
    expect(told(preferredSubtitles(offeredSubtitles(files, texts), language))).toBe(expected);
  });
});

test.each([
  ['eng', 'text 2'],
  ['en', 'text 2'],
  ['fra', null],
  [null, null],
])('who wants none and hears %s sees what is said in another language: %s', (heard, expected) => {
  const offered = offeredSubtitles(
    [file(7, 'en', { kind: 'forced' })],
    [text(1, 'en'), text(2, 'en', { kind: 'forced' }), text(3, 'de', { kind: 'forced' })],
  );
  expect(told(forcedSubtitles(offered, heard))).toBe(expected);
});

test('each has a name of its own', () => {
  const offered = offeredSubtitles(
    [file(7, 'de'), file(8, null)],
    [
      text(1, 'de', { name: 'Deutsch' }),
      text(2, 'en', { name: 'Commentary' }),
      text(3, 'en', { kind: 'described' }),
      text(4, null, { name: 'Songs' }),
      text(5, null),
      text(6, 'fr', { name: 'Français [Forced]', kind: 'forced' }),
      text(7, 'fr', { name: 'Canada (SDH)' }),
    ],
  );
  expect(namesOfSubtitles(offered)).toEqual([
    'German',
    'Film.8.srt',
    'German (2)',
    'English – Commentary',
    'English, for the hard of hearing',
    'Songs',
    'Track 5',
    'French, foreign parts only',
    'French – Canada, for the hard of hearing',
  ]);
});
