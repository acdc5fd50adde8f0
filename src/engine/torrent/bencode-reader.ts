import { unreadable } from './torrent-error.ts';

/** A bencoded value (BEP 3). Strings are bytes: views of the input, not copies. */
export type BencodeValue = number | Uint8Array | readonly BencodeValue[] | BencodeDictionary;

/** A value of a dictionary, with the bytes of the input that it was read from; `endByte` is not included. */
export type BencodeEntry = { readonly value: BencodeValue; readonly startByte: number; readonly endByte: number };

/** Keys are text with one character for each byte (Latin-1), so that different keys stay different. */
export type BencodeDictionary = ReadonlyMap<string, BencodeEntry>;

/** A hybrid torrent nests one dictionary for each folder (BEP 52 `file tree`); we take paths of 64 parts. */
const MAX_DEPTH = 80;
/** 200,000 files of a hybrid torrent take about 2.4 million values. */
const MAX_VALUES = 3_000_000;
const MAX_INTEGER_DIGITS = 16;
const MAX_LENGTH_DIGITS = 10;

const BYTE_MINUS = 0x2d;
const BYTE_0 = 0x30;
const BYTE_9 = 0x39;
const BYTE_COLON = 0x3a;
const BYTE_D = 0x64;
const BYTE_E = 0x65;
const BYTE_I = 0x69;
const BYTE_L = 0x6c;

type OpenList = { readonly list: BencodeValue[] };
type OpenDictionary = {
  readonly dictionary: Map<string, BencodeEntry>;
  key: string;
  valueStartByte: number;
};

/** What is read next inside `open`. A dictionary takes a key, then a value. */
type Open = OpenList | OpenDictionary;

/**
 * Reads one bencoded value at the start of `bytes`, and tells where it ends; what follows is the caller's matter.
 *
 * Our own, because the info hash must be taken from the bytes as they came (parse-torrent encodes the dictionary anew,
 * and an unsorted one gets another hash), and because input comes from strangers: nesting, the number of values and
 * the size of integers are bounded, and no recursion follows the input. Keys out of order are accepted, as they are in
 * the wild; a key that comes twice is not, for two readers may take different ones. Linear in the size of the input.
 * @throws {TorrentError} `unreadable-torrent` for anything that is not bencoded or is beyond the bounds.
 */
export function readBencode(bytes: Uint8Array): { readonly value: BencodeValue; readonly endByte: number } {
  const stack: Open[] = [];
  let at = 0;
  let values = 0;

  const fail = (what: string) => unreadable(`${what} at byte ${at}`);

  /** Reads `<digits>` up to `end`, which is skipped. */
  function readDigits(end: number, maxDigits: number): number {
    const start = at;
    let number = 0;
    for (let byte = bytes[at]; byte !== end; byte = bytes[at]) {
      if (byte === undefined) throw fail('it breaks off');
      if (byte < BYTE_0 || byte > BYTE_9) throw fail('not a number');
      number = number * 10 + (byte - BYTE_0);
      at += 1;
      if (at - start > maxDigits) throw fail('a number that is too large');
    }
    if (at === start) throw fail('a number without digits');
    if (bytes[start] === BYTE_0 && at - start > 1) throw fail('a number with leading zeros');
    at += 1;
    return number;
  }

  function readInteger(): number {
    at += 1;
    const isNegative = bytes[at] === BYTE_MINUS;
    if (isNegative) at += 1;
    const magnitude = readDigits(BYTE_E, MAX_INTEGER_DIGITS);
    if (!Number.isSafeInteger(magnitude)) throw fail('a number that is too large');
    if (isNegative && magnitude === 0) throw fail('minus zero');
    return isNegative ? -magnitude : magnitude;
  }

  function readString(): Uint8Array {
    const length = readDigits(BYTE_COLON, MAX_LENGTH_DIGITS);
    if (length > bytes.length - at) throw fail('it breaks off');
    at += length;
    return bytes.subarray(at - length, at);
  }

  for (;;) {
    const open = stack.at(-1);
    const byte = bytes[at];
    if (byte === undefined) throw fail('it breaks off');

    let value: BencodeValue;
    if (byte === BYTE_E && open !== undefined) {
      at += 1;
      stack.pop();
      value = 'list' in open ? open.list : open.dictionary;
    } else {
      if (open !== undefined && 'dictionary' in open) {
        if (byte < BYTE_0 || byte > BYTE_9) throw fail('a key that is not a string');
        open.key = latin1(readString());
        if (open.dictionary.has(open.key)) throw fail('a key that comes twice');
        open.valueStartByte = at;
      }
      values += 1;
      if (values > MAX_VALUES) throw fail('too many values');
      const first = bytes[at];
      if (first === BYTE_D || first === BYTE_L) {
        if (stack.length >= MAX_DEPTH) throw fail('nesting that is too deep');
        stack.push(first === BYTE_L ? { list: [] } : { dictionary: new Map(), key: '', valueStartByte: 0 });
        at += 1;
        continue;
      }
      if (first === BYTE_I) value = readInteger();
      else if (first !== undefined && first >= BYTE_0 && first <= BYTE_9) value = readString();
      else throw fail(first === undefined ? 'it breaks off' : 'something that is no value');
    }

    const parent = stack.at(-1);
    if (parent === undefined) return { value, endByte: at };
    if ('list' in parent) parent.list.push(value);
    else parent.dictionary.set(parent.key, { value, startByte: parent.valueStartByte, endByte: at });
  }
}

/** Narrows a value to a dictionary; lists and strings are not. */
export function isDictionary(value: BencodeValue | undefined): value is BencodeDictionary {
  return value instanceof Map;
}

/** Narrows a value to a list. `Array.isArray` alone loses the element type of a read-only array. */
export function isList(value: BencodeValue | undefined): value is readonly BencodeValue[] {
  return Array.isArray(value);
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
