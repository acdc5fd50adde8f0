import { expect, test } from 'vitest';
import { scrapeUrl } from '../../../src/engine/scrape/scrape-url.ts';
import type { InfoHash } from '../../../src/model/ids.ts';

const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a' as InfoHash;
const ESCAPED = '%c1%2f%e1%c0%6b%ba%25%4a%9d%c9%f5%19%b3%35%aa%7c%13%67%a8%8a';

// The first seven are the examples of BEP 48.
test.each([
  ['http://example.com/announce', 'http://example.com/scrape?'],
  ['http://example.com/x/announce', 'http://example.com/x/scrape?'],
  ['http://example.com/announce.php', 'http://example.com/scrape.php?'],
  ['http://example.com/a', null],
  ['http://example.com/announce?x2%0644', 'http://example.com/scrape?x2%0644&'],
  ['http://example.com/announce?x=2/4', 'http://example.com/scrape?x=2/4&'],
  ['http://example.com/x%064announce', null],
  ['https://example.com/key/announce/', null],
  ['https://example.com/announce/key', null],
  ['https://example.com/announce#x', 'https://example.com/scrape?'],
])('%s', (announce, scrape) => {
  expect(scrapeUrl(announce, HASH)).toBe(scrape === null ? null : `${scrape}info_hash=${ESCAPED}`);
});
