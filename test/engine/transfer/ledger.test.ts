import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DepotEvent, Source } from '../../../src/engine/store/depot.ts';
import {
  afterEvent,
  EMPTY_LEDGER,
  type Ledger,
  ledgerView,
  offloadOf,
  withVouched,
} from '../../../src/engine/transfer/ledger.ts';
import { newRecord } from '../../../src/engine/transfer/new-record.ts';
import { nameOfPeer } from '../../../src/engine/transfer/peer-name.ts';
import { currentRecord } from '../../../src/engine/transfer/stored-record.ts';
import { EMPTY_TALLY, withBytes } from '../../../src/engine/transfer/tally.ts';
import type { OriginUrl, PeerId, PieceIndex, TransferId } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const { info } = await smallTorrent({ content: 3 * 65_536 - 100, pieceLengthBytes: 65_536 });

const peer = (name: string): Source => ({ kind: 'peer', peer: name as PeerId });
const origin = (url: string): Source => ({ kind: 'origin', origin: url as OriginUrl });
const verified = (...from: readonly (readonly [Source, number])[]): DepotEvent => ({
  type: 'verified',
  pieces: [{ piece: 0 as PieceIndex, mark: 1, from: from.map(([source, bytes]) => ({ source, bytes })) }],
});
const ledgerOf = (...events: readonly DepotEvent[]): Ledger =>
  events.reduce((ledger, event) => afterEvent(ledger, event, info, (id) => `name of ${id}`), EMPTY_LEDGER);
const sum = ({ named, othersBytes }: Ledger['hosts']) =>
  named.reduce((bytes, entry) => bytes + entry.bytes, othersBytes);

describe('the ledger', () => {
  test('counts verified bytes by host and by peer', () => {
    const ledger = ledgerOf(
      verified([peer('ann'), 10], [origin('https://a.test/x/'), 5]),
      verified([peer('bob'), 3], [peer('ann'), 4], [origin('https://a.test/y/'), 6]),
      verified([origin('http://b.test:81/'), 7]),
    );
    expect(ledger.peers).toEqual({
      named: [
        { name: 'name of ann', bytes: 14 },
        { name: 'name of bob', bytes: 3 },
      ],
      othersBytes: 0,
    });
    expect(ledger.hosts.named).toEqual([
      { name: 'a.test', bytes: 11 },
      { name: 'b.test:81', bytes: 7 },
    ]);
  });

  test('counts what came for nothing by its reason; a failed piece counts whole', () => {
    const ledger = ledgerOf(
      { type: 'wasted', bytes: 5, reason: 'duplicate' },
      { type: 'wasted', bytes: 6, reason: 'duplicate' },
      { type: 'wasted', bytes: 7, reason: 'thrown-away' },
      { type: 'piece-failed', piece: 2 as PieceIndex, sources: [peer('ann')] },
    );
    expect(ledger.wastedBytes).toEqual({ duplicate: 11, 'thrown-away': 7, 'failed-hash': 65_536 - 100, unwanted: 0 });
  });

  test('counts what comes aside: as of its host when a hash vouches for it, else as waste, for its reason', () => {
    const a = 'https://a.test/' as OriginUrl;
    const ledger = ledgerOf(
      verified([origin(a), 11]),
      { type: 'came-aside', origin: a, bytes: 5, as: 'vouched' },
      { type: 'came-aside', origin: a, bytes: 6, as: 'unwanted' },
      { type: 'came-aside', origin: a, bytes: 7, as: 'failed-hash' },
    );
    expect(ledger.hosts.named).toEqual([{ name: 'a.test', bytes: 16 }]);
    expect(ledger.wastedBytes).toEqual({ duplicate: 0, 'failed-hash': 7, 'thrown-away': 0, unwanted: 6 });
    const brought = withVouched({ peerBytes: 48, originBytes: 11, hereBytes: 2 }, ledger);
    expect(brought).toEqual({ peerBytes: 48, originBytes: 16, hereBytes: 2 });
    const view = ledgerView(ledger, { peerBytes: 48, originBytes: 11, hereBytes: 2 });
    expect(view).toMatchObject({ offload: 0.75, vouchedBytes: 5 });
  });

  test('of an earlier version, which knew fewer kinds, is read', () => {
    const sources = { trackers: [], origins: [] };
    const added = { id: '0'.repeat(40) as TransferId, name: 'a', torrentUrls: [], sizeBytes: null, nowMs: 0 };
    const record = newRecord({ ...added, sources });
    const wastedBytes = { duplicate: 3, 'failed-hash': 0, 'thrown-away': 0 };
    const { hosts, peers } = EMPTY_LEDGER;
    const read = currentRecord({ ...record, ledger: { hosts, peers, wastedBytes } });
    expect(read.ledger).toEqual({ ...EMPTY_LEDGER, wastedBytes: { ...EMPTY_LEDGER.wastedBytes, duplicate: 3 } });
  });

  test('is the very same when nothing is in it to count', () => {
    expect(ledgerOf({ type: 'run-progress', run: 1, bytes: 9, position: 9, firstByteMs: null })).toBe(EMPTY_LEDGER);
  });

  test('keeps at most 32 hosts and 64 peers by name, and loses no byte', () => {
    const events = Array.from({ length: 500 }, (_, nth) =>
      verified([peer(`p${nth}`), 1 + nth], [origin(`https://h${nth}.test/`), 2 + (nth % 7)]),
    );
    const ledger = ledgerOf(...events);
    expect(ledger.hosts.named).toHaveLength(32);
    expect(ledger.peers.named).toHaveLength(64);
    expect(sum(ledger.peers)).toBe((500 * 501) / 2);
    expect(sum(ledger.hosts)).toBe(events.reduce((bytes, _, nth) => bytes + 2 + (nth % 7), 0));
    expect(ledgerView(ledger, { peerBytes: 1, originBytes: 1, hereBytes: 0 })).toMatchObject({
      peers: 64,
      hasMorePeers: true,
      moreHosts: 29,
    });
  });

  test('shows the hosts that brought most, those first', () => {
    const ledger = ledgerOf(
      verified([origin('https://a.test/'), 1], [origin('https://b.test/'), 9], [origin('https://c.test/'), 5]),
      verified([origin('https://d.test/'), 7]),
    );
    const { hosts, moreHosts } = ledgerView(ledger, { peerBytes: 0, originBytes: 22, hereBytes: 0 });
    expect(hosts.map(({ host }) => host)).toEqual(['b.test', 'd.test', 'c.test']);
    expect(moreHosts).toBe(1);
  });
});

test.each([
  ['nothing came', 0, 0, 0],
  ['all is from peers', 10, 0, 1],
  ['all is from origins', 0, 10, 0],
  ['three of four parts are from peers', 75, 25, 0.75],
])('the offload when %s', (_name, peerBytes, originBytes, expected) => {
  expect(offloadOf({ peerBytes, originBytes, hereBytes: 1_000 })).toBe(expected);
});

test('a tally is bounded, never loses a byte, and keeps by name whoever brings most', () => {
  const entry = fc.tuple(fc.constantFrom(...'abcdefghij'), fc.nat(100));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
      const tally = entries.reduce((sum, [name, bytes]) => withBytes(sum, name, bytes, 4), EMPTY_TALLY);
      const whole = entries.reduce((bytes, [, more]) => bytes + more, 0);
      expect(tally.named.length).toBeLessThanOrEqual(4);
      expect(new Set(tally.named.map(({ name }) => name)).size).toBe(tally.named.length);
      expect(sum(tally)).toBe(whole);
      const [, largest] = entries.toSorted((a, b) => b[1] - a[1])[0] ?? ['', 0];
      expect(Math.max(0, ...tally.named.map(({ bytes }) => bytes))).toBeGreaterThanOrEqual(largest);
    }),
    { seed: 1 },
  );
});

test.each([
  ['WebTorrent 2.1.0', '8f2c01d4aa55bb66-3', 'WebTorrent 2.1.0 8f2c01d4'],
  ['', '8f2c01d4aa55bb66-3', '8f2c01d4'],
  [' \u202eevil\n ', '8f2c01d4aa55bb66-3', 'evil 8f2c01d4'],
])('a peer that calls itself %j is named for people', (client, id, expected) => {
  expect(nameOfPeer(client, id as PeerId)).toBe(expected);
});
