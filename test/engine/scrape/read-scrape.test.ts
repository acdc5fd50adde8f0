import bencode from 'bencode';
import { expect, test } from 'vitest';
import { readScrape } from '../../../src/engine/scrape/read-scrape.ts';
import type { InfoHash } from '../../../src/model/ids.ts';

const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a' as InfoHash;
const RAW = Buffer.from(HASH, 'hex').toString('latin1');
const text = (value: string) => new Uint8Array(Buffer.from(value, 'latin1'));
/** The same as characters of one byte each. */
const utf8 = (value: string) => Buffer.from(value, 'utf8').toString('latin1');
const counts = (seeds: number, peers: number, intervalS: number | null = null) => ({
  type: 'counts',
  seeds,
  peers,
  intervalS,
});

test.each([
  ['counts', `d5:filesd20:${RAW}d8:completei12e10:downloadedi90e10:incompletei3eeee`, counts(12, 3)],
  ['counts of a tracker that writes the hash in UTF-8', utf8(`d5:filesd31:${RAW}d8:completei2eeee`), counts(2, 0)],
  ['a torrent that it does not know', 'd5:filesdee', counts(0, 0)],
  [
    'a wish not to be asked so often',
    `d5:filesd20:${RAW}d8:completei1eee5:flagsd20:min_request_intervali3600eee`,
    counts(1, 0, 3_600),
  ],
  ['a wish for longer than a week', 'd5:filesde5:flagsd20:min_request_intervali9999999eee', counts(0, 0, 604_800)],
  ['numbers below nothing', `d5:filesd20:${RAW}d8:completei-5e10:incompletei-1eeee`, counts(0, 0)],
  ['numbers beyond everything', `d5:filesd20:${RAW}d8:completei9007199254740991eeee`, counts(100_000_000, 0)],
  ['numbers that are none', `d5:filesd20:${RAW}d8:complete3:ten10:incompleteleeee`, counts(0, 0)],
  ['a refusal', 'd14:failure reason14:no \u0007\nscraping!e', { type: 'refused', text: 'no scraping!' }],
  ['a web page', '<!doctype html>', { type: 'unreadable' }],
  ['nothing', '', { type: 'unreadable' }],
  ['a list', 'le', { type: 'unreadable' }],
  ['no files', 'de', { type: 'unreadable' }],
  ['an entry that is no dictionary', `d5:filesd20:${RAW}i1eee`, { type: 'unreadable' }],
])('%s', (_name, answer, read) => {
  expect(readScrape(text(answer), HASH)).toEqual(read);
});

test('a long refusal is cut short', () => {
  const answer = readScrape(bencode.encode({ 'failure reason': 'x'.repeat(60_000) }), HASH);
  expect(answer).toEqual({ type: 'refused', text: 'x'.repeat(200) });
});
