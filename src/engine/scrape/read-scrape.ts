import type { InfoHash } from '../../model/ids.ts';
import { type BencodeDictionary, type BencodeValue, readBencode } from '../torrent/bencode-reader.ts';
import { cleanText } from '../torrent/clean-text.ts';
import { decodeText } from '../torrent/decode-text.ts';

const MAX_SAID_CHARS = 200;
/** Nobody has counted more, and larger numbers are nonsense. */
const MOST_COUNTED = 100_000_000;
const LONGEST_INTERVAL_S = 7 * 86_400;

export type ScrapeAnswer =
  | {
      readonly type: 'counts';
      readonly seeds: number;
      readonly peers: number;
      /** How long it does not want to be asked again; null when it does not say. */
      readonly intervalS: number | null;
    }
  | { readonly type: 'refused'; readonly text: string }
  | { readonly type: 'unreadable' };

/**
 * Reads what a tracker answers to a scrape. A torrent that it does not list is one of which it knows nobody.
 * @see BEP 48.
 */
export function readScrape(bytes: Uint8Array, infoHash: InfoHash): ScrapeAnswer {
  const answer = dictionaryIn(bytes);
  if (answer === null) return { type: 'unreadable' };
  const reason = answer.get('failure reason')?.value;
  if (reason instanceof Uint8Array) return { type: 'refused', text: cleanText(decodeText(reason), MAX_SAID_CHARS) };
  const files = answer.get('files')?.value;
  if (!isDictionary(files)) return { type: 'unreadable' };
  const flags = answer.get('flags')?.value;
  const interval = isDictionary(flags) ? flags.get('min_request_interval')?.value : undefined;
  const intervalS = typeof interval === 'number' && interval > 0 ? Math.min(interval, LONGEST_INTERVAL_S) : null;
  const key = latin1Of(infoHash);
  const entry = (files.get(key) ?? files.get(asUtf8(key)))?.value;
  if (entry !== undefined && !isDictionary(entry)) return { type: 'unreadable' };
  return { type: 'counts', seeds: count(entry, 'complete'), peers: count(entry, 'incomplete'), intervalS };
}

function dictionaryIn(bytes: Uint8Array): BencodeDictionary | null {
  try {
    const { value } = readBencode(bytes);
    return isDictionary(value) ? value : null;
  } catch {
    return null;
  }
}

const isDictionary = (value: BencodeValue | undefined): value is BencodeDictionary => value instanceof Map;

function count(entry: BencodeDictionary | undefined, name: string): number {
  const value = entry?.get(name)?.value;
  return typeof value === 'number' ? Math.min(Math.max(value, 0), MOST_COUNTED) : 0;
}

/** Keys of our dictionaries have one character for each byte. */
const latin1Of = (infoHash: InfoHash): string =>
  infoHash.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));

/** bittorrent-tracker 11 takes the bytes of the hash for letters, and writes these in UTF-8. */
const asUtf8 = (latin1: string): string =>
  Array.from(new TextEncoder().encode(latin1), (byte) => String.fromCharCode(byte)).join('');
