import { afterEach, describe, expect, test } from 'vitest';
import { newRecord } from '../../../src/engine/transfer/new-record.ts';
import { sourceStatus } from '../../../src/engine/transfer/source-status.ts';
import type { TransferId } from '../../../src/model/ids.ts';
import { DownloadWorld } from '../../support/simulation/download-world.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const torrent = await smallTorrent({ content: 3_000_000 });
const another = await smallTorrent({ seed: 2, content: 3_000_000 });
afterEach(giveTimersBack);

function originsOf({ clock, download }: DownloadWorld) {
  const sources = { trackers: [], origins: [] };
  const nowMs = clock.nowMs();
  const record = newRecord({ id: 'a' as TransferId, name: 'a', sources, torrentUrls: [], sizeBytes: null, nowMs });
  return sourceStatus(record, { download, trackers: [], peers: 0, startedAtMs: nowMs }, nowMs).origins;
}

describe('what is told of origins', () => {
  test('a host that is busy for one transfer is so for the other, which has never asked it', async () => {
    const one = new DownloadWorld(torrent);
    const other = new DownloadWorld(another, one);
    one.origin('cdn', { answer: () => ({ status: 503, headers: { 'retry-after': '30' } }) });
    await one.begin();
    await one.clock.pass(1_000);
    other.origin('cdn');
    await other.begin();
    await one.clock.pass(1_000);
    expect(originsOf(one)[0]?.last).toMatchObject({ code: 'origin-failed', fault: 'busy', status: 503 });
    const [resting] = originsOf(other);
    expect(resting).toMatchObject({ isUsable: false, last: { fault: 'busy', status: null } });
    expect(resting?.last?.retryInS).toBeGreaterThan(25);
    expect(one.store.web.server('cdn').requests).toHaveLength(1);
  });

  test('a mirror that is gone is no news, one that lies is', async () => {
    const world = new DownloadWorld(torrent);
    const link = '<http://gone.test/f>; rel=duplicate, <http://liar.test/file.bin>; rel=duplicate';
    world.origin('cdn.test', { rateBytesPerS: 300_000, answer: () => ({ headers: { link } }) });
    world.store.serve(torrent, 'liar.test');
    world.store.web.server('gone.test');
    world.store.web.server('liar.test').answer = () => ({ alter: (bytes) => void bytes.fill(0) });
    expect(await world.complete()).not.toBeNull();
    const statuses = originsOf(world);
    expect(statuses.map(({ host, last }) => [host, last])).toEqual([
      ['cdn.test', null],
      ['gone.test', null],
      ['liar.test', null],
    ]);
    expect(world.download.origins[1]?.health.last).toMatchObject({ fault: 'not-found' });
    expect(statuses[2]).toMatchObject({ lies: 2, isDropped: true });
  });
});
