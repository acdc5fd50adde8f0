import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { readState } from '../../../src/engine/saved-state/read-state.ts';
import { PORTABLE_MEMBERS } from '../../../src/engine/saved-state/state-document.ts';
import { writeState } from '../../../src/engine/saved-state/write-state.ts';
import { EMPTY_TOTALS } from '../../../src/engine/totals/stored-totals.ts';
import { newRecord } from '../../../src/engine/transfer/new-record.ts';
import type { TransferRecord } from '../../../src/engine/transfer/transfer-record.ts';
import type { OriginUrl, TransferId } from '../../../src/model/ids.ts';
import { PATIENCE_CHOICES, POLICIES } from '../../../src/model/policy.ts';
import { DEFAULT_SETTINGS } from '../../../src/model/settings.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const TRACKER = 'wss://tracker.test/announce';
const made = (seed: number) =>
  smallTorrent({ seed, name: `${seed}.bin`, content: 200_000, announce: [TRACKER], urlList: ['http://origin.test/'] });
const [first, second, third] = await Promise.all([made(1), made(2), made(3)]);
const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;

/** A world with these torrents, done and shared. */
async function withTorrents(...torrents: readonly SmallTorrent[]): Promise<EngineWorld> {
  const world = new EngineWorld();
  await world.do(world.engine.start());
  await world.do(world.engine.setSettings({ sharing: 'share', askFirst: false }));
  for (const torrent of torrents) {
    world.store.serve(torrent);
    await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
    await world.until(idOf(torrent), 'done');
  }
  return world;
}
const exported = async (world: EngineWorld) => (await world.do(world.engine.data.exportState())).text;
const portable = (record: TransferRecord | undefined) =>
  Object.fromEntries(PORTABLE_MEMBERS.map((name) => [name, record?.[name]]));

describe('a saved state', () => {
  test('brings the list back where nothing is, paused, and it goes on', async () => {
    const world = await withTorrents(first, second);
    await world.do(world.engine.setPolicy(idOf(second), 'spare-origin'));
    const text = await exported(world);
    const before = [first, second].map((torrent) => portable(world.engine.transfer(idOf(torrent))?.record));

    const other = await withTorrents();
    expect(await other.do(other.engine.data.importState(text))).toEqual({
      ok: true,
      added: 2,
      wereThere: 0,
      unreadable: 0,
    });
    const after = [first, second].map((torrent) => portable(other.engine.transfer(idOf(torrent))?.record));
    expect(after.map((record) => JSON.stringify(record, sorted))).toEqual(
      before.map((record) => JSON.stringify({ leftOut: [], ...record, isPublic: false }, sorted)),
    );
    expect(other.view(idOf(first))).toMatchObject({ state: { phase: 'paused' }, isStored: false, name: '1.bin' });
    expect(other.engine.data.ledgerTotals()).toEqual(world.engine.data.ledgerTotals());

    await other.restart();
    other.store.serve(first);
    await other.do(other.engine.resume(idOf(first)));
    await other.until(idOf(first), 'done');
    expect(other.view(idOf(second)).state.phase).toBe('paused');
  });

  test('leaves what is in the list as it is', async () => {
    const world = await withTorrents(first);
    const text = await exported(world);
    const ledger = world.engine.data.ledgerTotals();
    expect(await world.do(world.engine.data.importState(text))).toEqual({
      ok: true,
      added: 0,
      wereThere: 1,
      unreadable: 0,
    });
    expect(world.view(idOf(first)).state.phase).toBe('done');
    expect(world.engine.data.ledgerTotals()).toEqual(ledger);
  });

  test('has nothing of private windows, nor what waits for the user, nor what a person has to agree to', async () => {
    const world = await withTorrents(first);
    world.store.serve(second);
    await world.do(
      world.engine.addTorrent(second.made.torrentBytes, { isLocal: true, site: 's.test', isPrivateWindow: true }),
    );
    await world.do(world.engine.setSettings({ askFirst: true, sendReports: true, allowLocalAddresses: true }));
    await world.do(world.engine.addTorrent(third.made.torrentBytes));
    const text = await exported(world);
    expect(text).toContain(idOf(first));
    for (const word of [idOf(second), idOf(third), 'sharing', 'sendReports', 'allowLocalAddresses']) {
      expect(text).not.toContain(`"${word}"`);
    }
  });

  test('brings back what an address leads to, once', async () => {
    const world = await withTorrents();
    await world.do(world.engine.addLink('http://site.test/later.torrent'));
    await world.clock.pass(1_000);
    const text = await exported(world);
    const other = await withTorrents();
    expect(await other.do(other.engine.data.importState(text))).toMatchObject({ added: 1 });
    expect(await other.do(other.engine.data.importState(text))).toMatchObject({ added: 0, wereThere: 1 });
    other.serveTorrent('http://site.test/later.torrent', first);
    other.store.serve(first);
    await other.do(other.engine.resume(other.engine.views()[0]?.id as TransferId));
    await other.until(idOf(first), 'done');
  });

  test('that would be too long does without the largest info dictionaries, and says so', async () => {
    const world = await withTorrents(first);
    const record = world.engine.transfer(idOf(first))?.record as TransferRecord;
    const remembered = (infoBytes: readonly number[]) => ({
      savedAtMs: 0,
      settings: DEFAULT_SETTINGS,
      ledger: EMPTY_TOTALS,
      transfers: infoBytes.map((length) => ({ record, infoBytes: new Uint8Array(length) })),
    });
    const { length } = writeState(remembered([0, 0, 0])).text;
    const { text, withoutInfo } = writeState(remembered([3_000, 100_000, 3_000]), length + 20_000);
    expect(withoutInfo).toBe(1);
    expect(text.length).toBeLessThanOrEqual(length + 20_000);
    expect(JSON.parse(text).transfers.map(({ info }: { info: string | null }) => info?.length ?? null)).toEqual([
      4_000,
      null,
      4_000,
    ]);
  });
});

describe('a text from elsewhere', () => {
  test.each([
    ['no JSON', 'hello', 'no-state'],
    ['nothing', '', 'no-state'],
    ['another JSON', '{"transfers":[]}', 'no-state'],
    ['a list', '[]', 'no-state'],
    ['one of a newer version', '{"format":"rivulet-state","version":2,"transfers":[]}', 'newer-version'],
    ['one with no version', '{"format":"rivulet-state","transfers":[]}', 'no-state'],
    ['a very long one', `{"format":"rivulet-state","version":1,"x":"${'x'.repeat(200)}"}`, 'too-large'],
  ])('%s is refused', (_name, text, reason) => {
    expect(readState(text, 150)).toEqual({ ok: false, reason });
  });

  /** The state of one torrent, with something else in it. */
  async function forged(change: (transfer: Record<string, unknown>) => void, torrent = first) {
    const document = JSON.parse(await exported(await withTorrents(torrent)));
    change(document.transfers[0]);
    return JSON.stringify(document);
  }

  test.each<[string, (transfer: Record<string, unknown>) => void]>([
    ['whose info dictionary is of another torrent', (it) => Object.assign(it, { id: 'a'.repeat(40) })],
    ['whose info dictionary is none', (it) => Object.assign(it, { info: 'AAAA' })],
    ['whose info dictionary is no base64', (it) => Object.assign(it, { info: '{}' })],
    ['that has no id', (it) => Object.assign(it, { id: '../../etc' })],
    ['whose name is no text', (it) => Object.assign(it, { name: { toString: 1 } })],
    [
      'whose spans are not in order',
      (it) =>
        Object.assign(it, {
          choice: {
            skipped: [
              [5, 6],
              [1, 2],
            ],
            first: [],
          },
        }),
    ],
    ['with an unknown policy', (it) => Object.assign(it, { policy: '__proto__' })],
    ['with a negative sum', (it) => Object.assign(it, { uploadedBytes: -1 })],
    ['that leads nowhere', (it) => Object.assign(it, { id: 'adding-1', torrentUrls: ['javascript:alert(1)'] })],
  ])('a transfer %s is left out, and counted', async (_name, change) => {
    const text = await forged(change);
    const world = await withTorrents();
    expect(await world.do(world.engine.data.importState(text))).toEqual({
      ok: true,
      added: 0,
      wereThere: 0,
      unreadable: 1,
    });
    expect(world.engine.views()).toEqual([]);
    expect(await world.records.all()).toEqual([]);
  });

  test('never says what is stored, saved, running or agreed to', async () => {
    const text = await forged((transfer) =>
      Object.assign(transfer, {
        isStored: true,
        state: { phase: 'done' },
        saved: [{ file: 0, downloadId: 1, isComplete: true }],
        verified: { peerBytes: 9e9, originBytes: 0, hereBytes: 0 },
        ownFiles: [[0, 1]],
        delivery: { reportUrl: 'https://edge.test/' },
      }),
    );
    const world = await withTorrents();
    await world.do(world.engine.setSettings({ sharing: 'not-asked' }));
    await world.do(world.engine.data.importState(text));
    const record = world.engine.transfer(idOf(first))?.record;
    expect(record).toMatchObject({
      isStored: false,
      state: { phase: 'paused' },
      saved: [],
      verified: { peerBytes: 0 },
    });
    expect(record).not.toHaveProperty('ownFiles');
    expect(record).not.toHaveProperty('delivery');
    expect(world.engine.settings.sharing).toBe('not-asked');
  });

  test('leads what came from a public page into no local network', async () => {
    const text = await forged((transfer) =>
      Object.assign(transfer, {
        isPublic: true,
        origins: ['http://192.168.0.1/', 'https://cdn.test/f'],
        trackers: ['ws://localhost/'],
      }),
    );
    const world = await withTorrents();
    await world.do(world.engine.data.importState(text));
    expect(world.engine.transfer(idOf(first))?.record).toMatchObject({
      origins: ['https://cdn.test/f'],
      trackers: [],
      leftOut: ['localhost', '192.168.0.1'],
    });
  });

  test('may be any JSON at all: it is refused or read, and never throws', () => {
    const transfers = fc.array(
      fc.oneof(fc.jsonValue(), fc.record({ id: fc.constant('a'.repeat(40)), name: fc.string() })),
    );
    fc.assert(
      fc.property(transfers, fc.jsonValue(), (list, ledger) => {
        const read = readState(JSON.stringify({ format: 'rivulet-state', version: 1, transfers: list, ledger }));
        expect(read).toMatchObject({ ok: true, unreadable: list.length });
      }),
    );
  });
});

const anyRecord = fc
  .record({
    digits: fc.stringMatching(/^[0-9a-f]{40}$/),
    name: fc.string({ unit: 'binary', maxLength: 50 }),
    policy: fc.constantFrom(...POLICIES),
    choice: fc.constantFrom(...PATIENCE_CHOICES),
    label: fc.option(fc.string({ maxLength: 20 })),
    ratio: fc.option(fc.double({ min: 0, max: 100, noNaN: true, noDefaultInfinity: true })),
    queueKey: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((key) => !Object.is(key, -0)),
    keepsCopy: fc.boolean(),
    trackers: fc.uniqueArray(
      fc.webUrl().map((url) => url.replace('http', 'ws')),
      { maxLength: 4 },
    ),
    uploadedBytes: fc.nat(),
  })
  .map(
    ({ digits, name, policy, choice, label, ratio, queueKey, keepsCopy, trackers, uploadedBytes }): TransferRecord => ({
      ...newRecord({
        id: digits as TransferId,
        name,
        sources: { trackers, origins: ['https://cdn.test/f' as OriginUrl] },
        torrentUrls: [],
        sizeBytes: 5,
        nowMs: 1_700_000_000_000,
        policy,
        patience: { choice, sinceMs: 4.5 },
      }),
      uploadedBytes,
      queueKey,
      keepsCopy,
      isPublic: false,
      leftOut: [],
      choice: {
        skipped: [
          [1, 3],
          [5, 9],
        ],
        first: [],
      },
      limits: { downBytesPerS: 5_000, upBytesPerS: null, ratio },
      ...(label === null ? {} : { label }),
    }),
  );

test('what is written is read as it was', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 5 }), (records) => {
      const { text, withoutInfo } = writeState({
        savedAtMs: 1,
        settings: DEFAULT_SETTINGS,
        transfers: records.map((record) => ({ record, infoBytes: null })),
        ledger: EMPTY_TOTALS,
      });
      const read = readState(text);
      expect(withoutInfo).toBe(0);
      expect(read).toMatchObject({ ok: true, unreadable: 0 });
      const transfers = read.ok ? read.transfers : [];
      expect(transfers.map((it) => JSON.stringify(portable(it as unknown as TransferRecord), sorted))).toEqual(
        records.map((record) => JSON.stringify(portable(record), sorted)),
      );
    }),
  );
});

/** Members in order of their names, and null as if it were left out: both mean nothing. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? undefined;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
