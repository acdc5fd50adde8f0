import bencode from 'bencode';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BencodeValue, isDictionary, isList, readBencode } from '../../../src/engine/torrent/bencode-reader.ts';
import { failureLine } from './failure-of.ts';
import { text } from './torrent-bytes.ts';

/** The tree in plain values: strings as Latin-1 text, dictionaries as lists of pairs in the order of the input. */
function plain(value: BencodeValue): unknown {
  if (isDictionary(value)) return { d: [...value].map(([key, entry]) => [key, plain(entry.value)]) };
  if (isList(value)) return value.map(plain);
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
}

describe('readBencode', () => {
  test.each([
    ['an integer', 'i42e', 42],
    ['a negative integer', 'i-7e', -7],
    ['zero', 'i0e', 0],
    ['the largest safe integer', 'i9007199254740991e', Number.MAX_SAFE_INTEGER],
    ['a string', '4:spam', 'spam'],
    ['an empty string', '0:', ''],
    ['an empty list', 'le', []],
    ['an empty dictionary', 'de', { d: [] }],
    ['nested lists', 'lli1eelee', [[1], []]],
    [
      'a dictionary',
      'd3:cow3:moo4:spami1ee',
      {
        d: [
          ['cow', 'moo'],
          ['spam', 1],
        ],
      },
    ],
    [
      'keys out of order',
      'd1:b1:x1:a1:ye',
      {
        d: [
          ['b', 'x'],
          ['a', 'y'],
        ],
      },
    ],
    ['an empty key', 'd0:i1ee', { d: [['', 1]] }],
    ['what comes before other bytes', 'i1egarbage', 1],
  ])('reads %s', (_name, input, expected) => {
    expect(plain(readBencode(text(input)).value)).toEqual(expected);
  });

  test.each([
    ['nothing', '', 'it breaks off'],
    ['an open integer', 'i12', 'it breaks off'],
    ['an open list', 'li1e', 'it breaks off'],
    ['an open dictionary', 'd1:a', 'it breaks off'],
    ['a string that is too short', '5:abc', 'it breaks off'],
    ['a string of 10 GB', '9999999999:a', 'it breaks off'],
    ['an endless length', `${'1'.repeat(50)}:a`, 'too large'],
    ['an integer above 2^53', 'i9007199254740993e', 'too large'],
    ['an endless integer', `i${'9'.repeat(400)}e`, 'too large'],
    ['an integer without digits', 'ie', 'without digits'],
    ['minus alone', 'i-e', 'without digits'],
    ['minus zero', 'i-0e', 'minus zero'],
    ['leading zeros', 'i007e', 'leading zeros'],
    ['a fraction', 'i1.5e', 'not a number'],
    ['a length with a sign', 'l-1:ae', 'no value'],
    ['an integer as key', 'di1ei2ee', 'a key that is not a string'],
    ['a key without value', 'd1:ae', 'no value'],
    ['a key twice', 'd1:ai1e1:ai2ee', 'a key that comes twice'],
    ['an end without beginning', 'e', 'no value'],
    ['a stray letter', 'x', 'no value'],
    ['200,000 nested lists', 'l'.repeat(200_000), 'nesting that is too deep'],
  ])('refuses %s', async (_name, input, reason) => {
    expect(await failureLine(() => readBencode(text(input)))).toContain(reason);
  });

  test('refuses more than three million values', async () => {
    const bytes = text(`l${'le'.repeat(3_000_001)}e`);
    expect(await failureLine(() => readBencode(bytes))).toContain('too many values');
  });

  test('tells the bytes of each value of a dictionary', () => {
    const bytes = text('d4:infod1:ali1ei2eee3:urll0:ee');
    const { value, endByte } = readBencode(bytes);
    const spans = isDictionary(value) ? [...value.values()] : [];
    expect(spans.map(({ startByte, endByte: end }) => Buffer.from(bytes.subarray(startByte, end)).toString())).toEqual([
      'd1:ali1ei2eee',
      'l0:e',
    ]);
    expect(endByte).toBe(bytes.length);
  });

  const tree = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.maxSafeInteger().map((number) => number || 0), // no encoder writes minus zero
      fc.uint8Array({ maxLength: 40 }),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(fc.stringMatching(/^[\x20-\x7e]{0,8}$/), tie('value'), { maxKeys: 5 }),
    ),
  })).value;

  /** What the independent decoder gives, in the same plain form; it loses nothing of these trees. */
  const plainInput = (value: unknown): unknown => {
    if (typeof value === 'number') return value;
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
    if (Array.isArray(value)) return value.map(plainInput);
    return { d: Object.entries(value as object).map(([key, member]) => [key, plainInput(member)]) };
  };
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    const pairs = (value as { d: [string, unknown][] }).d;
    return { d: pairs.map(([key, member]) => [key, sorted(member)] as const).sort(([a], [b]) => (a < b ? -1 : 1)) };
  };

  test('reads whatever another encoder writes', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const bytes = new Uint8Array(bencode.encode(value));
        const read = readBencode(bytes);
        expect(sorted(plain(read.value))).toEqual(sorted(plainInput(value)));
        expect(read.endByte).toBe(bytes.length);
      }),
    );
  });

  test('refuses every proper beginning of a value', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.nat(), async (value, cut) => {
        const bytes = new Uint8Array(bencode.encode(value));
        const part = bytes.subarray(0, cut % bytes.length);
        expect(await failureLine(() => readBencode(part))).toMatch(/^unreadable-torrent/);
      }),
    );
  });

  test('throws nothing but its own error for any bytes', async () => {
    const bencodeLike = fc.stringMatching(/^[deil0-9:\-ax]{0,60}$/).map(text);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), bencodeLike), async (bytes) => {
        await failureLine(() => readBencode(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});
