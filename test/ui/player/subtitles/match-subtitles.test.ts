import { describe, expect, test } from 'vitest';
import type { FileIndex } from '../../../../src/model/ids.ts';
import { languageOfName } from '../../../../src/ui/player/subtitles/language-of-name.ts';
import { subtitlesFor } from '../../../../src/ui/player/subtitles/match-subtitles.ts';

test.each([
  ['.de', 'de'],
  ['2_English', 'en'],
  ['.ger', 'de'],
  ['.deu.forced', 'de'],
  ['.pt-BR', 'pt-BR'],
  ['.en.sdh', 'en'],
  ['[Brazilian]', 'pt-BR'],
  ['Français', 'fr'],
  ['3_Chinese', 'zh'],
  ['.1080p.x264', null],
  ['', null],
  ['.commentary', null],
  ['.xx', null],
])('the language of %j is %j', (rest, language) => {
  expect(languageOfName(rest)).toBe(language);
});

const filesOf = (...paths: string[]) =>
  paths.map((path, index) => ({ index: index as FileIndex, path: path.split('/'), lengthBytes: 100 }));
const matched = (film: string, ...others: string[]) => {
  const files = filesOf(film, ...others);
  const [own] = files;
  return own === undefined ? [] : subtitlesFor(own, files).map(({ name, language }) => `${name} ${language}`);
};

describe('the subtitles of a film', () => {
  test('begin with its name', () => {
    expect(matched('Film.mkv', 'Film.srt', 'Film.de.srt', 'Film 2.mkv', 'Film 2.de.srt', 'cover.jpg')).toEqual([
      'Film.de.srt de',
      'Film.srt null',
    ]);
  });

  test('lie in a folder for them', () => {
    expect(matched('Film/Film.mkv', 'Film/Subs/2_English.srt', 'Film/Subs/10_German.srt')).toEqual([
      '2_English.srt en',
      '10_German.srt de',
    ]);
  });

  test('lie in a folder of the film’s name, where there are several films', () => {
    const found = matched(
      'S/E01.mkv',
      'S/E02.mkv',
      'S/Subs/E01/2_English.srt',
      'S/Subs/E02/2_English.srt',
      'S/Subs/en.srt',
    );
    expect(found).toEqual(['2_English.srt en']);
  });

  test('come from anywhere where there is one film', () => {
    expect(matched('a/Film.mkv', 'b/whatever.srt')).toEqual(['whatever.srt null']);
  });

  test('those of the film’s own name come first, and marks are told', () => {
    const files = filesOf('Film.mkv', 'other.en.srt', 'Film.en.forced.srt', 'Film.en.sdh.srt');
    const [film] = files;
    expect(film && subtitlesFor(film, files).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'Film.en.forced.srt forced',
      'Film.en.sdh.srt described',
      'other.en.srt all',
    ]);
  });

  test('are none when there are none', () => {
    expect(matched('Film.mkv', 'readme.txt')).toEqual([]);
  });
});
