import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAss } from '../../../../src/ui/player/subtitles/read-ass.ts';
import { readSrt } from '../../../../src/ui/player/subtitles/read-srt.ts';
import { MAX_SUBTITLE_BYTES, readSubtitles } from '../../../../src/ui/player/subtitles/read-subtitles.ts';
import { readVtt } from '../../../../src/ui/player/subtitles/read-vtt.ts';
import { MAX_CUES } from '../../../../src/ui/player/subtitles/subtitle-cue.ts';

/** `1-2.5 text` for each. */
const told = (cues: readonly { startS: number; endS: number; text: string }[] | null) =>
  cues?.map(({ startS, endS, text }) => `${startS}-${endS} ${text}`) ?? null;

describe('SubRip', () => {
  test.each([
    [
      'as it should be',
      '1\n00:00:01,000 --> 00:00:02,500\nOne\nTwo\n\n2\n00:00:03,000 --> 00:00:04,000\nThree\n',
      ['1-2.5 One\nTwo', '3-4 Three'],
    ],
    [
      'with the line ends of Windows',
      '1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTwo',
      ['1-2 One', '3-4 Two'],
    ],
    [
      'without empty lines',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo',
      ['1-2 One', '3-4 Two'],
    ],
    [
      'without numbers',
      '00:00:01,000 --> 00:00:02,000\nOne\n\n00:00:03,000 --> 00:00:04,000\nTwo',
      ['1-2 One', '3-4 Two'],
    ],
    ['with points, few digits and no hours', '00:01.5 --> 0:02.25\nOne', ['1.5-2.25 One']],
    ['with places after the times', '1\n00:00:01,000 --> 00:00:02,000 X1:40 X2:600\nOne', ['1-2 One']],
    [
      'with markup',
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>One</i> <font color="#fff">two</font> {y:i}3 < 4 & 5',
      ['1-2 One two 3 < 4 & 5'],
    ],
    [
      'out of order',
      '1\n00:00:09,000 --> 00:00:10,000\nLate\n\n2\n00:00:01,000 --> 00:00:02,000\nEarly',
      ['1-2 Early', '9-10 Late'],
    ],
    ['that ends before it begins', '1\n00:00:05,000 --> 00:00:02,000\nNo', []],
    ['that says nothing', '1\n00:00:01,000 --> 00:00:02,000\n\n\n', []],
    ['with a number as its text', '1\n00:00:01,000 --> 00:00:02,000\n42', ['1-2 42']],
    ['with controls in its text', '1\n00:00:01,000 --> 00:00:02,000\nO\u0000n\u0007e', ['1-2 One']],
    ['nothing', '', []],
    ['anything else', 'Dear all,\nplease --> look\n', []],
  ])('%s', (_name, text, expected) => {
    expect(told(readSrt(text))).toEqual(expected);
  });

  test('keeps a subtitle from hiding the picture for ever', () => {
    expect(readSrt('00:00:01,000 --> 99:00:00,000\nHi')[0]?.endS).toBe(601);
    expect(readSrt(`00:00:01,000 --> 00:00:02,000\n${'line\n'.repeat(200)}`)[0]?.text.split('\n')).toHaveLength(12);
    expect(readSrt(`00:00:01,000 --> 00:00:02,000\n${'x'.repeat(50_000)}`)[0]?.text).toHaveLength(1_000);
  });

  test('reads no more than a film can have', () => {
    expect(readSrt('00:00:01,000 --> 00:00:02,000\nx\n\n'.repeat(MAX_CUES + 50))).toHaveLength(MAX_CUES);
  });
});

describe('WebVTT', () => {
  test.each([
    [
      'as it should be',
      'WEBVTT\n\nid\n00:01.000 --> 00:02.000 line:0 align:start\nOne\n\n01:00:03.000 --> 01:00:04.000\nTwo',
      ['1-2 One', '3603-3604 Two'],
    ],
    [
      'with notes and styles',
      'WEBVTT Kind: captions\n\nNOTE not\nthis\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nOne',
      ['1-2 One'],
    ],
    [
      'with markup and entities',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann><c.red>1 &lt; 2</c> &amp;amp; &unknown; <00:01.500>x',
      ['1-2 1 < 2 &amp; &unknown; x'],
    ],
    ['with a mark in front', '\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nOne', ['1-2 One']],
    ['without its first word', '00:01.000 --> 00:02.000\nOne', null],
    ['with another first word', 'WEBVTTX\n\n00:01.000 --> 00:02.000\nOne', null],
  ])('%s', (_name, text, expected) => {
    expect(told(readVtt(text))).toEqual(expected);
  });
});

const ASS = `[Script Info]
Title: x
[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`;

describe('SubStation Alpha', () => {
  test.each([
    ['a line with commas', `${ASS}Dialogue: 0,0:00:01.50,0:00:02.00,Default,,0,0,0,,One, two`, ['1.5-2 One, two']],
    [
      'breaks, hard blanks and overrides',
      `${ASS}Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}One{\\i0}\\Ntwo\\h3`,
      ['1-2 One\ntwo\u00a03'],
    ],
    [
      'a comment and a drawing',
      `${ASS}Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,No\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1`,
      [],
    ],
    [
      'the fields of the older format',
      '[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: Marked=0,0:00:01.00,0:00:02.00,Default,,0,0,0,,One',
      ['1-2 One'],
    ],
    ['no fields named', '[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,One', ['1-2 One']],
    ['fields without text', '[Events]\nFormat: Start, End\nDialogue: 0:00:01.00,0:00:02.00', []],
    ['no events', '[Script Info]\nTitle: x', null],
    ['a line that is too short', `${ASS}Dialogue: 0,0:00:01.00`, []],
  ])('%s', (_name, text, expected) => {
    expect(told(readAss(text))).toEqual(expected);
  });
});

describe('a file of subtitles', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test('is read as what it is, whatever its name says', () => {
    expect(readSubtitles(bytes('WEBVTT\n\n00:01.000 --> 00:02.000\nOne'))).toHaveLength(1);
    expect(readSubtitles(bytes(`${ASS}Dialogue: 0,0:00:01.50,0:00:02.00,Default,,0,0,0,,One`))).toHaveLength(1);
    expect(readSubtitles(bytes('00:00:01,000 --> 00:00:02,000\nOne'))).toHaveLength(1);
  });

  test('in windows-1252 keeps its letters', () => {
    const file = Uint8Array.from(
      [...'00:00:01,000 --> 00:00:02,000\nGr\u00fc\u00dfe'].map((char) => char.charCodeAt(0)),
    );
    expect(readSubtitles(file)?.[0]?.text).toBe('Grüße');
  });

  test('without subtitles, or too long, is none', () => {
    expect(readSubtitles(bytes(''))).toBeNull();
    expect(readSubtitles(bytes('hello'))).toBeNull();
    expect(readSubtitles(new Uint8Array(MAX_SUBTITLE_BYTES + 1))).toBeNull();
  });

  test('may be anything: it never throws, and what comes out is bounded and in order', () => {
    const pieces = fc.constantFrom(
      'WEBVTT\n',
      '[Events]\n',
      'Format: Text\n',
      'Dialogue: ',
      '00:00:01,000',
      ' --> ',
      '99:99:99.999',
      '\n',
      '\n\n',
      '1',
      '{\\p1}',
      '<b',
      '>',
      '&amp;',
      'x',
      ',',
      '-->',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const cues = readSubtitles(bytes(parts.join(''))) ?? [];
        for (const { startS, endS, text } of cues) {
          expect(endS).toBeGreaterThan(startS);
          expect(text.length).toBeGreaterThan(0);
        }
        expect(cues.map(({ startS }) => startS)).toEqual(cues.map(({ startS }) => startS).sort((a, b) => a - b));
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

test('a file made to be slow is read in no time', () => {
  const slow = [
    '<a'.repeat(500_000),
    `00:00:01,000 --> 00:00:02,000\n${'{\\'.repeat(500_000)}`,
    `[Events]\nDialogue: 0,${'{'.repeat(500_000)}`,
  ];
  const startedAt = performance.now();
  for (const text of slow) readSubtitles(new TextEncoder().encode(text));
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
