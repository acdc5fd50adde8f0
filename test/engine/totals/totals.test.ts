import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { readTotals } from '../../../src/engine/saved-state/read-totals.ts';
import { dayOf } from '../../../src/engine/totals/day-of.ts';
import {
  currentTotals,
  EMPTY_TOTALS,
  MAX_DAYS,
  MAX_HOSTS,
  merged,
  NO_SUMS,
  type StoredTotals,
  totalsView,
  withChange,
} from '../../../src/engine/totals/stored-totals.ts';
import { EMPTY_LEDGER } from '../../../src/engine/transfer/ledger.ts';
import type { Tally } from '../../../src/engine/transfer/tally.ts';
import type { TransferId } from '../../../src/model/ids.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack, WORLD_BEGINS_MS } from '../../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const DAY_MS = 86_400_000;
const day = (n: number) => dayOf(WORLD_BEGINS_MS + n * DAY_MS);
const came = (originBytes: number, host = 'a.test') => ({
  sums: { ...NO_SUMS, originBytes },
  hosts: [{ name: host, bytes: originBytes }],
});
const byDays = (days: readonly number[]): StoredTotals =>
  days.reduce((totals, n) => withChange(totals, day(n), came(n + 1)), EMPTY_TOTALS);

const bytesOf = ({ named, othersBytes }: Tally) => named.reduce((sum, { bytes }) => sum + bytes, othersBytes);

const anyTotals = fc
  .array(fc.record({ n: fc.nat(900), bytes: fc.nat(1_000), host: fc.nat(300) }), { maxLength: 60 })
  .map((changes) =>
    changes.reduce((totals, { n, bytes, host }) => withChange(totals, day(n), came(bytes, `h${host}`)), EMPTY_TOTALS),
  );

describe('sums by day', () => {
  test('a day is that of the calendar of this machine', () => {
    expect(dayOf(new Date(2026, 10, 2, 23, 59, 59, 999).getTime())).toBe('2026-11-02');
    expect(dayOf(new Date(2026, 10, 3).getTime())).toBe('2026-11-03');
  });

  test('of an earlier version, which knew fewer kinds of waste, are read and go on', () => {
    const wastedBytes = { duplicate: 1, 'failed-hash': 2, 'thrown-away': 3 };
    const sums = { ...NO_SUMS, wastedBytes };
    const old = {
      earlier: sums,
      days: [{ ...sums, day: day(1) }],
      hosts: EMPTY_TOTALS.hosts,
    } as unknown as StoredTotals;
    const { all } = totalsView(withChange(currentTotals(old), day(1), came(5)));
    expect(all.wastedBytes).toEqual({ duplicate: 2, 'failed-hash': 4, 'thrown-away': 6, unwanted: 0 });
    expect(readTotals(old).earlier.wastedBytes).toEqual({ ...wastedBytes, unwanted: 0 });
  });

  test('are in order, whatever the clock does', () => {
    expect(byDays([3, 1, 2]).days.map((entry) => entry.day)).toEqual([day(1), day(2), day(3)]);
  });

  test(`are kept for ${MAX_DAYS} days, and those before are in the sum of all time`, () => {
    const totals = byDays(Array.from({ length: MAX_DAYS + 10 }, (_, n) => n));
    expect(totals.days).toHaveLength(MAX_DAYS);
    expect(totals.days[0]?.day).toBe(day(10));
    expect(totals.earlier.originBytes).toBe(55);
    expect(totalsView(totals).all.originBytes).toBe((410 * 411) / 2);
  });

  test(`name ${MAX_HOSTS} hosts at the most, and lose no byte`, () => {
    const totals = Array.from({ length: 300 }, (_, n) => n).reduce(
      (sum, n) => withChange(sum, day(0), came(10, `h${n}`)),
      EMPTY_TOTALS,
    );
    const view = totalsView(totals);
    expect(view.hosts).toHaveLength(MAX_HOSTS);
    expect(view.hosts.reduce((sum, { bytes }) => sum + bytes, view.otherHostsBytes)).toBe(3_000);
  });
});

describe('two copies of the same totals', () => {
  test('give the same whichever comes first, and reading one twice changes nothing', () => {
    fc.assert(
      fc.property(anyTotals, anyTotals, (a, b) => {
        const days = (totals: StoredTotals) => totals.days;
        expect(days(merged(a, b))).toEqual(days(merged(b, a)));
        const once = merged(a, b);
        expect(totalsView(merged(once, b))).toEqual(totalsView(once));
      }),
    );
  });

  test('are read from JSON as they were written', () => {
    fc.assert(
      fc.property(anyTotals, (totals) => {
        const read = readTotals(JSON.parse(JSON.stringify(totals)));
        expect(totalsView(read)).toEqual(totalsView(merged(EMPTY_TOTALS, totals)));
      }),
    );
  });
});

const torrent = await smallTorrent({
  content: 1_000_000,
  announce: ['wss://tracker.test/announce'],
  urlList: ['http://origin.test/'],
});
const id = torrent.info.infoHash as string as TransferId;

describe('what transfers move', () => {
  async function world(): Promise<EngineWorld> {
    const made = new EngineWorld();
    await made.do(made.engine.start());
    await made.do(made.engine.setSettings({ sharing: 'share', askFirst: false }));
    made.store.serve(torrent);
    made.store.web.server('origin.test').rateBytesPerS = 100_000;
    made.peer(torrent, 'seed', { rateBytesPerS: 100_000 });
    return made;
  }

  test('is counted by who brought it and what left, and survives removal and restarts', async () => {
    const it = await world();
    await it.do(it.engine.addTorrent(torrent.made.torrentBytes));
    await it.until(id, 'done');
    const ledger = it.engine.transfer(id)?.record.ledger ?? EMPTY_LEDGER;
    const [peerBytes, originBytes] = [bytesOf(ledger.peers), bytesOf(ledger.hosts)];
    it.swarm.current(id)?.events.uploaded(4_321);
    await it.do(it.engine.remove(id, true));
    await it.clock.pass(6_000);
    await it.restart();
    const totals = it.engine.data.ledgerTotals();
    expect(totals.all).toEqual({
      peerBytes,
      originBytes,
      uploadedBytes: 4_321,
      wastedBytes: ledger.wastedBytes,
    });
    expect(peerBytes).toBeGreaterThan(0);
    expect(originBytes).toBeGreaterThan(0);
    expect(peerBytes + originBytes).toBe(torrent.info.lengthBytes);
    expect(totals.hosts).toEqual([{ host: 'origin.test', bytes: originBytes }]);
    expect(totals.days).toEqual([{ day: dayOf(it.clock.nowMs()), ...totals.all }]);
  });

  test('is written down every five seconds at the most, and when a transfer stops', async () => {
    const it = await world();
    await it.do(it.engine.addTorrent(torrent.made.torrentBytes));
    const startedMs = it.clock.nowMs();
    await it.until(id, 'done');
    expect(it.records.totalsWritten).toBeLessThanOrEqual((it.clock.nowMs() - startedMs) / 5_000 + 1);
    await it.do(it.engine.remove(id, false));
    await it.clock.settle();
    const { all } = it.engine.data.ledgerTotals();
    await it.restart();
    expect(it.engine.data.ledgerTotals().all).toEqual(all);
  });

  test('in a private window is not counted', async () => {
    const it = await world();
    const page = { isLocal: true, site: 'site.test', isPrivateWindow: true };
    await it.do(it.engine.addTorrent(torrent.made.torrentBytes, page));
    await it.until(id, 'done');
    await it.clock.pass(6_000);
    expect(it.engine.data.ledgerTotals()).toEqual(totalsView(EMPTY_TOTALS));
    expect(it.records.totalsWritten).toBe(0);
  });
});
