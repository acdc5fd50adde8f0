import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodedPathOf,
  encodeStrictly,
  fileUrl,
  isPublishableName,
  readFolderUrl,
} from '../../src/publishing/published-urls.ts';
import { NASTY_NAME } from './published-folder.ts';

describe('the address of a folder', () => {
  test.each([
    ['https://cdn.example', 'https://cdn.example/'],
    ['https://CDN.example:443/Media', 'https://cdn.example/Media/'],
    ['http://127.0.0.1:8080/a b/', 'http://127.0.0.1:8080/a%20b/'],
    ['https://münchen.example/ü', 'https://xn--mnchen-3ya.example/%C3%BC/'],
    [`https://cdn.example/it's/$1/(a,b;c)*!`, 'https://cdn.example/it%27s/%241/%28a%2Cb%3Bc%29%2A%21/'],
    ['https://cdn.example/a/../b', 'https://cdn.example/b/'],
  ])('%s becomes %s', (given, expected) => {
    expect(readFolderUrl(given)).toBe(expected);
    expect(readFolderUrl(expected)).toBe(expected);
  });

  test.each([
    ['cdn.example/media', 'not an address'],
    ['ftp://cdn.example/', 'not an address'],
    ['', 'not an address'],
    ['https://user:secret@cdn.example/', 'login'],
    ['https://cdn.example/?token=1', '"?" or "#"'],
    ['https://cdn.example/#top', '"?" or "#"'],
    ['https://cdn.example/100%/', 'encodes nothing'],
  ])('%s is refused', (given, reason) => {
    expect(() => readFolderUrl(given)).toThrow(reason);
  });

  test('a login is never repeated', () => {
    expect(() => readFolderUrl('https://user:secret@cdn.example/')).toThrow(/^(?!.*secret)/);
  });
});

describe('the address of a file', () => {
  test('has each part of the path encoded', () => {
    expect(fileUrl('https://cdn.example/m/', ['a b', '100%.mp4'])).toBe('https://cdn.example/m/a%20b/100%25.mp4');
  });

  test('is read by servers as the path that was given, whatever it is, and needs no quotes anywhere', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[/\p{Surrogate}]|^\.{1,2}$/u.test(text));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (path) => {
        const url = fileUrl('https://cdn.example/m/', path);
        expect(decodedPathOf(url)).toBe(`/m/${path.join('/')}`);
        expect(new URL(url).href).toBe(url);
        expect(url).toMatch(/^https:\/\/cdn\.example\/m\/[\w\-.~%/]*$/);
      }),
    );
  });

  test('with the nastiest name', () => {
    expect(decodeURIComponent(encodeStrictly(NASTY_NAME))).toBe(NASTY_NAME);
    expect(encodeStrictly(NASTY_NAME)).toMatch(/^[\w\-.~%]+$/);
  });
});

test.each([
  ['ep 42.mp4', true],
  [NASTY_NAME, true],
  ['a\nb', false],
  ['a\u0000', false],
  ['a\u0085', false],
  ['a\ufffd', false],
  ['a\ud800', false],
])('whether %j can be published: %s', (name, expected) => {
  expect(isPublishableName(name)).toBe(expected);
});
