import { describe, expect, test } from 'vitest';
import { EMPTY_LEDGER_VIEW, type LedgerView } from '../../src/model/ledger.ts';
import type { BytesBySource } from '../../src/model/transfer-view.ts';
import { originsWords, peersWords, sourcesSentence, wasteSentence } from '../../src/ui/words/ledger-words.ts';
import { sampleView } from '../support/gallery/sample-view.ts';

const MB = 1_000_000;
const NOTHING: BytesBySource = { peerBytes: 0, originBytes: 0, hereBytes: 0 };
const ledger = (change: Partial<LedgerView>): LedgerView => ({ ...EMPTY_LEDGER_VIEW, ...change });
const hosts = (...names: readonly (readonly [string, number])[]) => names.map(([host, bytes]) => ({ host, bytes }));
/** As a reader sees it: blanks that do not break are blanks. */
const plain = (words: string) => words.replaceAll('\u00a0', ' ');

describe('who brought what', () => {
  test.each<[string, Partial<BytesBySource>, Partial<LedgerView>, string]>([
    ['nothing', {}, {}, ''],
    [
      'peers and one origin',
      { peerBytes: 412 * MB, originBytes: 96 * MB },
      { peers: 5, hosts: hosts(['archive.org', 95 * MB]) },
      '412 MB from 5 peers, 96 MB from archive.org',
    ],
    [
      'an origin whose bytes only a whole file vouches for in part',
      { originBytes: 96 * MB },
      { hosts: hosts(['archive.org', 98 * MB]), vouchedBytes: 2 * MB },
      '98 MB from archive.org',
    ],
    ['one peer', { peerBytes: 5 * MB }, { peers: 1 }, '5.0 MB from 1 peer'],
    ['many peers', { peerBytes: 5 * MB }, { peers: 64, hasMorePeers: true }, '5.0 MB from more than 64 peers'],
    ['sources without names', { peerBytes: 5 * MB, originBytes: 7 * MB }, {}, '5.0 MB from peers, 7.0 MB from origins'],
    [
      'two origins',
      { originBytes: 30 * MB },
      { hosts: hosts(['a.org', 20 * MB], ['b.org', 10 * MB]) },
      '20 MB from a.org, 10 MB from b.org',
    ],
    [
      'many origins',
      { originBytes: 100 * MB },
      { hosts: hosts(['a.org', 40 * MB], ['b.org', 30 * MB], ['c.org', 20 * MB]), moreHosts: 4 },
      '40 MB from a.org, 30 MB from b.org, 20 MB from c.org, 10 MB from 4 other origins',
    ],
    ['what was here', { hereBytes: 64 * MB }, {}, '64 MB found here'],
  ])('%s', (_name, verified, change, expected) => {
    const view = sampleView(0, { verified: { ...NOTHING, ...verified }, ledger: ledger(change) });
    expect(plain(sourcesSentence(view))).toBe(expected);
  });
});

test.each<[string, Partial<LedgerView['wastedBytes']>, string]>([
  ['nothing', {}, ''],
  ['what is not worth a word', { duplicate: 9_999 }, ''],
  ['what came twice', { duplicate: 1.2 * MB }, '1.2 MB came twice'],
  [
    'all kinds',
    { duplicate: 1.2 * MB, 'failed-hash': 524_288, 'thrown-away': 49_152, unwanted: 12_000 },
    '1.2 MB came twice, 524 kB came damaged, 49 kB was cut off and thrown away, 12 kB were unwanted parts and error pages',
  ],
])('what was wasted: %s', (_name, wasted, expected) => {
  const wastedBytes = { ...EMPTY_LEDGER_VIEW.wastedBytes, ...wasted };
  expect(plain(wasteSentence(sampleView(0, { ledger: ledger({ wastedBytes }) })))).toBe(expected);
});

test.each<[Partial<LedgerView>, string, string]>([
  [{}, 'peers', 'origins'],
  [{ peers: 1, hosts: hosts(['a.org', 1]) }, '1 peer', 'a.org'],
  [{ peers: 7, hosts: hosts(['a.org', 2], ['b.org', 1]) }, '7 peers', '2 origins'],
  [
    { peers: 64, hasMorePeers: true, hosts: hosts(['a', 3], ['b', 2], ['c', 1]), moreHosts: 2 },
    'more than 64 peers',
    '5 origins',
  ],
])('the legend of %j says %s and %s', (change, peers, origins) => {
  expect([peersWords(ledger(change)), originsWords(ledger(change))]).toEqual([peers, origins]);
});
