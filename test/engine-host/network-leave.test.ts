import { expect, test } from 'vitest';
import { newRecord } from '../../src/engine/transfer/new-record.ts';
import type { TransferRecord } from '../../src/engine/transfer/transfer-record.ts';
import { NetworkLeaveKeeper } from '../../src/engine-host/network-leave.ts';
import type { NetworkLeave } from '../../src/model/host-link.ts';
import type { OriginUrl, TransferId } from '../../src/model/ids.ts';
import { DEFAULT_SETTINGS } from '../../src/model/settings.ts';
import { MemoryRecords } from '../support/simulation/memory-records.ts';

function record(name: string, urls: readonly string[], more: Partial<TransferRecord> = {}): TransferRecord {
  const sources = { trackers: [], origins: urls as readonly OriginUrl[] };
  const made = newRecord({ id: name as TransferId, name, sources, torrentUrls: [], sizeBytes: null, nowMs: 0 });
  return { ...made, ...more };
}

async function begun(...records: readonly TransferRecord[]) {
  const stored = new MemoryRecords();
  for (const one of records) await stored.put(one);
  const told: NetworkLeave[] = [];
  const keeper = new NetworkLeaveKeeper(stored, async (leave) => told.push(leave));
  await keeper.begin();
  return { stored, keeper, told, hosts: () => told.at(-1)?.hosts };
}

test('nothing inside may be reached when nothing is there, and the guard is told so', async () => {
  const { told } = await begun();
  expect(told).toEqual([{ isLifted: false, hosts: [] }]);
});

test('what the records name is let through, but for those of public pages and those off the list', async () => {
  const { hosts } = await begun(
    record('mine', ['http://nas.local/a', 'http://[::1]:80/a', 'http://example.org/a'], {
      trackers: ['ws://10.0.0.1/'],
      torrentUrls: ['http://192.168.1.1/a.torrent'],
    }),
    record('public', ['http://127.0.0.1/'], { isPublic: true }),
    record('hidden', ['http://10.9.9.9/'], { isHidden: true }),
  );
  expect(hosts()).toEqual(['10.0.0.1', '192.168.1.1', '[::1]', 'nas.local']);
});

test('a transfer is let through before it is written down, and no longer once it is removed', async () => {
  const { keeper, stored, told, hosts } = await begun();
  const wasWritten: number[] = [];
  const put = stored.put.bind(stored);
  stored.put = async (one) => {
    wasWritten.push(told.length);
    await put(one);
  };
  const mine = record('mine', ['http://10.0.0.1/']);
  await keeper.records.put(mine);
  expect(wasWritten).toEqual([2]);
  expect(hosts()).toEqual(['10.0.0.1']);
  await keeper.records.put({ ...mine, uploadedBytes: 7 });
  expect(told).toHaveLength(2);
  await keeper.records.remove(mine.id);
  expect(hosts()).toEqual([]);
});

test('what the engine asks itself is let through while it asks', async () => {
  const { keeper, told, hosts } = await begun();
  const inner = await keeper.during('http://127.0.0.1:80/a', () =>
    keeper.during('http://127.0.0.1:81/b', async () => hosts()),
  );
  expect(inner).toEqual(['127.0.0.1']);
  expect(hosts()).toEqual([]);
  const asked = keeper.during('http://127.0.0.1/', () => Promise.reject(new TypeError('refused')));
  await expect(asked).rejects.toThrow('refused');
  expect(hosts()).toEqual([]);
  const before = told.length;
  await keeper.during('https://example.org/', async () => undefined);
  expect(told).toHaveLength(before);
});

test('where a transfer of the user is led may be reached, unless a public page named that host too', async () => {
  const mine = record('mine', ['http://example.org/a']);
  const { keeper, hosts } = await begun(mine);
  await keeper.redirected('http://elsewhere.org/', 'http://10.0.0.2/');
  expect(hosts()).toEqual([]);
  await keeper.redirected('http://example.org/a', 'http://10.0.0.1/x');
  expect(hosts()).toEqual(['10.0.0.1']);
  await keeper.records.put(record('public', ['http://example.org/b'], { isPublic: true }));
  expect(hosts()).toEqual([]);
});

test('the setting lifts the guard', async () => {
  const { keeper, told } = await begun();
  await keeper.records.putSettings({ ...DEFAULT_SETTINGS, allowLocalAddresses: true });
  expect(told.at(-1)).toEqual({ isLifted: true, hosts: [] });
});

test('a guard that was not told is told with the next change', async () => {
  const stored = new MemoryRecords();
  const told: NetworkLeave[] = [];
  let isDeaf = true;
  const keeper = new NetworkLeaveKeeper(stored, async (leave) => {
    if (isDeaf) throw new Error('deaf, as this test wants it');
    told.push(leave);
  });
  await keeper.begin();
  isDeaf = false;
  await keeper.records.put(record('other', ['http://example.org/']));
  expect(told).toEqual([{ isLifted: false, hosts: [] }]);
});
