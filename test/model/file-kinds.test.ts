import { expect, test } from 'vitest';
import { isMedia, isPlayable, kindOfFile } from '../../src/model/file-kinds.ts';

test.each([
  ['Film.mkv', 'video'],
  ['FILM.MP4', 'video'],
  ['a.b.webm', 'video'],
  ['song.flac', 'audio'],
  ['song.Opus', 'audio'],
  ['cover.jpeg', 'image'],
  ['drawing.svg', 'image'],
  ['release.nfo', 'text'],
  ['README', 'text'],
  ['readme.md', 'text'],
  ['book.pdf', 'pdf'],
  ['Film.de.srt', 'subtitles'],
  ['Film.ass', 'subtitles'],
  ['setup.exe', 'none'],
  ['film.mp4.exe', 'none'],
  ['noending', 'none'],
  ['mp4', 'none'],
  ['.', 'none'],
  ['', 'none'],
  ['film.mp4.', 'none'],
])('%j is %s', (name, kind) => {
  expect(kindOfFile(name)).toBe(kind);
});

test('takes the name at the end of a path, whatever its folders are called', () => {
  expect(kindOfFile(['film.mp4', 'notes.txt'])).toBe('text');
  expect(kindOfFile([])).toBe('none');
});

test('subtitles are not shown on their own, and only films and sound have a time line', () => {
  expect(isPlayable('subtitles')).toBe(false);
  expect(isPlayable('none')).toBe(false);
  expect(isPlayable('pdf')).toBe(true);
  expect(isMedia('pdf')).toBe(false);
  expect(isMedia('audio')).toBe(true);
});
