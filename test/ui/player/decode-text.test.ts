import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../src/ui/player/decode-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, isLittle: boolean) =>
  Uint8Array.from(
    [...text].flatMap((char) => {
      const [high, low] = [char.charCodeAt(0) >> 8, char.charCodeAt(0) & 255];
      return isLittle ? [low, high] : [high, low];
    }),
  );

describe('the encoding of a text', () => {
  test.each([
    ['plain letters', utf8('Hello'), 'utf-8', 'Hello'],
    ['nothing', utf8(''), 'utf-8', ''],
    ['UTF-8 with a mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x41), 'utf-8', 'A'],
    ['UTF-8 without one', utf8('Grüße 日本'), 'utf-8', 'Grüße 日本'],
    ['UTF-16, little end first, with a mark', Uint8Array.of(0xff, 0xfe, 0x41, 0), 'utf-16le', 'A'],
    ['UTF-16, big end first, with a mark', Uint8Array.of(0xfe, 0xff, 0, 0x41), 'utf-16be', 'A'],
    ['UTF-16 without one', utf16('Hello there', true), 'utf-16le', 'Hello there'],
    ['the other UTF-16 without one', utf16('Hello there', false), 'utf-16be', 'Hello there'],
    ['bytes that are no UTF-8', Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65), 'windows-1252', 'Grüße'],
  ])('%s', (_name, bytes, encoding, text) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  test('a text that is cut in the middle of a letter is still UTF-8', () => {
    const bytes = utf8('Grüße 日本');
    expect(decodeText(bytes.subarray(0, bytes.length - 1), true)).toEqual({ text: 'Grüße 日', encoding: 'utf-8' });
    expect(decodeText(bytes.subarray(0, bytes.length - 1)).encoding).toBe('windows-1252');
  });
});
