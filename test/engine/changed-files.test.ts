import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { piecesOfFile } from '../../src/engine/torrent/file-ranges.ts';
import type { FileIndex, PieceIndex, TransferId } from '../../src/model/ids.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import type { WebAnswer, WebServer } from '../support/simulation/memory-web.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const TRACKER = 'wss://tracker.test/announce';
const ORIGIN = 'archive.test';
/** As an item of the Internet Archive: its records lie between the media and have changed since. */
const CONTENT = {
  '01.mp3': 200_000,
  'item_files.xml': 3_000,
  '02.mp3': 300_000,
  'item_meta.xml': 1_500,
  '03.mp3': 250_000,
  'cover.jpg': 90_000,
};
const MEDIA = ['01.mp3', '02.mp3', '03.mp3', 'cover.jpg'];
const RECORDS = ['item_files.xml', 'item_meta.xml'];

const hex = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex');
const archiveHashes = (bytes: Uint8Array) => ({ md5: hex('md5', bytes), sha1: hex('sha1', bytes), crc32: '12345678' });

type ItemOptions = { readonly hashes?: boolean; readonly trackers?: boolean; readonly origins?: readonly string[] };

const itemOf = ({ hashes = true, trackers = false, origins = [ORIGIN] }: ItemOptions = {}) =>
  smallTorrent({
    name: 'item',
    content: CONTENT,
    urlList: origins.map((host) => `http://${host}/`),
    ...(trackers ? { announce: [TRACKER] } : {}),
    ...(hashes ? { describe: archiveHashes } : {}),
  });

/** The same torrent with this origin. */
const makeTorrentWith = (item: SmallTorrent, origin: string): Uint8Array =>
  makeTorrent({
    name: 'item',
    pieceLengthBytes: item.info.pieceLengthBytes,
    content: Object.keys(CONTENT).map((path, index) => ({ path: [path], bytes: item.file(index) })),
    urlList: [origin],
  }).torrentBytes;

/** A server that has the item as it is now. */
function serveChanged(world: EngineWorld, item: SmallTorrent, host = ORIGIN): WebServer {
  world.store.serve(item, host);
  const server = world.store.web.server(host);
  server.files.set('/item/item_files.xml', pseudoRandomBytes(901, 3_000));
  server.files.set('/item/item_meta.xml', pseudoRandomBytes(902, 1_742));
  return server;
}

async function start(item: SmallTorrent, world = new EngineWorld()): Promise<{ world: EngineWorld; id: TransferId }> {
  const { id } = await world.do(world.engine.addTorrent(item.made.torrentBytes));
  return { world, id };
}

/** Names of what is in the folder, after a look at every byte of it. */
function savedNames(world: EngineWorld, item: SmallTorrent): string[] {
  return [...world.downloads.files]
    .map(([path, bytes]) => {
      const name = path.replace(/^item\//, '');
      const file = item.info.files.find((one) => one.path.join('/') === name);
      if (file === undefined) throw new Error(`${path} is not of the torrent`);
      expect(Buffer.compare(bytes, item.file(file.index))).toBe(0);
      return name;
    })
    .sort();
}

const savedBy = async (world: EngineWorld) => (await world.records.all())[0]?.saved ?? [];

const piecesOf = (item: SmallTorrent, ...names: string[]): Set<number> => {
  const files = item.info.files.filter(({ path }) => names.includes(path[0] ?? ''));
  const pieces = files.flatMap(({ index }) => {
    const { firstPiece, endPiece } = piecesOfFile(item.info, index as FileIndex);
    return Array.from({ length: endPiece - firstPiece }, (_, at) => firstPiece + at);
  });
  return new Set(pieces);
};

afterEach(giveTimersBack);

describe('an item whose records changed since, from its origin alone', () => {
  test('is saved but for the records, when hashes of the whole files vouch for their neighbours', async () => {
    const item = await itemOf();
    const world = new EngineWorld();
    const server = serveChanged(world, item);
    const { id } = await start(item, world);
    const began = world.clock.nowMs();
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
    expect(view.problems).toEqual([{ code: 'files-unavailable', files: RECORDS, count: 2, saved: 4 }]);
    expect(view.saved?.files).toBe(4);
    expect(world.clock.nowMs() - began).toBeLessThan(15_000);
    expect(server.sentBytes).toBeLessThan(item.info.lengthBytes * 1.5);
    expect(world.notified).toEqual([id]);
  });

  test('without hashes, every file that shares no piece with them is saved, and the others are named', async () => {
    const item = await itemOf({ hashes: false });
    const world = new EngineWorld();
    serveChanged(world, item);
    const { id } = await start(item, world);
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(['cover.jpg']);
    const files = ['01.mp3', 'item_files.xml', '02.mp3'];
    expect(view.problems).toEqual([{ code: 'files-unavailable', files, count: 5, saved: 1 }]);
  });

  test('no piece that is not verified is announced or served, also of files that a hash vouched for', async () => {
    const item = await itemOf({ trackers: true });
    const world = new EngineWorld();
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    serveChanged(world, item);
    const { id } = await start(item, world);
    await world.until(id, 'done');
    const spoilt = piecesOf(item, ...RECORDS);
    const session = world.swarm.current(item.info.infoHash);
    const all = Array.from({ length: item.info.pieceCount }, (_, piece) => piece);
    expect(session?.announced.toSorted((a, b) => a - b)).toEqual(all.filter((piece) => !spoilt.has(piece)));
    for (const piece of spoilt) {
      await expect(session?.events.read(piece as PieceIndex, 0, 16)).rejects.toThrow();
    }
  });

  test('several origins with the same changes, and one that is gone, are no reason to wait', async () => {
    const item = await itemOf({ origins: ['a.test', 'gone.test', 'b.test'] });
    const world = new EngineWorld();
    serveChanged(world, item, 'a.test');
    serveChanged(world, item, 'b.test');
    const { id } = await start(item, world);
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
    expect(view.problems).toContainEqual({ code: 'files-unavailable', files: RECORDS, count: 2, saved: 4 });
  });

  test('an origin that still has the old records brings everything', async () => {
    const item = await itemOf({ origins: ['changed.test', 'old.test'] });
    const world = new EngineWorld();
    serveChanged(world, item, 'changed.test');
    world.store.serve(item, 'old.test');
    world.store.web.server('old.test').rateBytesPerS = 20_000;
    const { id } = await start(item, world);
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual([...MEDIA, ...RECORDS].sort());
    expect(view.problems.filter(({ code }) => code === 'files-unavailable')).toEqual([]);
  });

  test.each<[string, WebAnswer]>([
    ['a connection that is refused', { isUnreachable: true }],
    ['a connection that breaks', { breaksAfterBytes: 100 }],
    ['a silence', { stallsAfterBytes: 100 }],
    ['a busy server', { status: 503, headers: { 'retry-after': '40' } }],
    ['an error of the server', { status: 500 }],
  ])('%s while its files are vouched for costs a moment, and no file', async (_name, accident) => {
    const item = await itemOf();
    const world = new EngineWorld();
    const server = serveChanged(world, item);
    let lastAtMs = world.clock.nowMs();
    let accidentAtMs: number | null = null;
    let askedAgainAtMs: number | null = null;
    server.answer = ({ atMs }) => {
      const isAfterSilence = atMs - lastAtMs > 4_000; // by then all is fetched that its pieces vouch for
      lastAtMs = atMs;
      if (accidentAtMs !== null) askedAgainAtMs ??= atMs;
      if (accidentAtMs !== null || !isAfterSilence) return null;
      accidentAtMs = atMs;
      return accident;
    };
    const { id } = await start(item, world);
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
    const restMs = (askedAgainAtMs ?? 0) - (accidentAtMs ?? 0);
    expect(restMs).toBeGreaterThanOrEqual(accident.status === 503 ? 40_000 : 2_000);
  });

  test('an origin that is gone for good when files are vouched for is not waited for for ever, nor pressed', async () => {
    const item = await itemOf();
    const world = new EngineWorld();
    const server = serveChanged(world, item);
    let lastAtMs = world.clock.nowMs();
    let goneAtMs: number | null = null;
    let asked = 0;
    server.answer = ({ atMs }) => {
      if (atMs - lastAtMs > 4_000) goneAtMs ??= atMs;
      lastAtMs = atMs;
      if (goneAtMs !== null) asked += 1;
      return goneAtMs === null ? null : { isUnreachable: true };
    };
    const { id } = await start(item, world);
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(['cover.jpg']);
    expect(asked).toBe(4);
    expect(world.clock.nowMs() - (goneAtMs ?? 0)).toBeLessThan(60_000);
  });

  test('a hash that does not fit vouches for nothing', async () => {
    const item = await itemOf();
    const world = new EngineWorld();
    const server = serveChanged(world, item);
    const second = server.files.get('/item/02.mp3')?.slice() ?? new Uint8Array();
    second[0] = (second[0] ?? 0) ^ 0xff; // in the piece that it shares with the first record
    server.files.set('/item/02.mp3', second);
    const { id } = await start(item, world);
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA.filter((name) => name !== '02.mp3'));
  });
});

describe('an item without hashes', () => {
  /** Its records are both of another length by now, which explains every piece that is wrong. */
  async function changedItem() {
    const item = await itemOf({ hashes: false, origins: [] });
    const world = new EngineWorld();
    const server = serveChanged(world, item);
    server.files.set('/item/item_files.xml', pseudoRandomBytes(901, 3_007));
    return { item, world, server };
  }
  const add = (world: EngineWorld, item: SmallTorrent, origin = `https://${ORIGIN}/`) => {
    const torrent = makeTorrentWith(item, origin);
    return world.do(world.engine.addTorrent(torrent));
  };
  const base64 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
  /** As a server that adds a digest of the file to every answer. */
  const digestOf = (server: WebServer, url: string) =>
    base64(server.files.get(new URL(url).pathname) ?? new Uint8Array());

  test.each<[string, (sha256: string) => Record<string, string>]>([
    ['Repr-Digest', (sha256) => ({ 'repr-digest': `sha-256=:${sha256}:` })],
    ['the old Digest', (sha256) => ({ digest: `SHA-256=${sha256}` })],
  ])('is saved but for its records when the origin gives %s', async (_name, headersOf) => {
    const { item, world, server } = await changedItem();
    server.answer = ({ url }) => ({ headers: headersOf(digestOf(server, url)) });
    const { id } = await add(world, item);
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
    expect(view.problems).toEqual([{ code: 'files-unavailable', files: RECORDS, count: 2, saved: 4 }]);
    const wanted = server.requests.filter(({ init }) => new Headers(init.headers).has('want-repr-digest'));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThanOrEqual(4); // once for each end of a file; what is not in doubt asks for none
  });

  test.each<[string, (world: EngineWorld, server: WebServer) => void, string]>([
    ['over plain HTTP', () => undefined, `http://${ORIGIN}/`],
    [
      'of a record that may have kept its length, so that its neighbours may be what changed',
      (_world, server) => {
        server.files.set('/item/item_files.xml', pseudoRandomBytes(901, 3_000));
        server.files.set('/item/item_meta.xml', pseudoRandomBytes(902, 1_500));
      },
      `https://${ORIGIN}/`,
    ],
    [
      'that does not fit',
      (_world, server) => {
        server.answer = () => ({ headers: { 'repr-digest': `sha-256=:${base64(new Uint8Array(1))}:` } });
      },
      `https://${ORIGIN}/`,
    ],
    [
      'of one message',
      (_world, server) => {
        server.answer = ({ url }) => ({ headers: { 'content-digest': `sha-256=:${digestOf(server, url)}:` } });
      },
      `https://${ORIGIN}/`,
    ],
  ])('is not helped by a digest %s', async (_name, arrange, origin) => {
    const { item, world, server } = await changedItem();
    server.answer = ({ url }) => ({ headers: { 'repr-digest': `sha-256=:${digestOf(server, url)}:` } });
    arrange(world, server);
    const { id } = await add(world, item, origin);
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(['cover.jpg']);
  });

  test('is not taken for whole by the digest of a medium that was changed at its end, beside a record', async () => {
    const { item, world, server } = await changedItem();
    const changed = item.file(2).slice();
    changed.fill(0, changed.length - 100); // its own inner pieces are as they were
    server.files.set('/item/02.mp3', changed);
    server.files.set('/item/item_meta.xml', item.file(3));
    server.answer = ({ url }) => ({ headers: { 'repr-digest': `sha-256=:${digestOf(server, url)}:` } });
    const { id } = await add(world, item);
    await world.until(id, 'done');
    expect(savedNames(world, item)).not.toContain('02.mp3');
  });

  test('is saved but for its records when the Metalink that led to it has hashes', async () => {
    const { item, world } = await changedItem();
    const torrentUrl = 'http://site.test/item.torrent';
    world.torrents.set(torrentUrl, { ok: true, bytes: makeTorrentWith(item, `http://${ORIGIN}/`) });
    const entries = MEDIA.map((name) => {
      const bytes = item.file(item.info.files.find(({ path }) => path[0] === name)?.index ?? -1);
      const facts = `<size>${bytes.length}</size><hash type="sha-512">${hex('sha512', bytes)}</hash>`;
      return `<file name="item/${name}">${facts}<metaurl mediatype="torrent">${torrentUrl}</metaurl></file>`;
    });
    const metalink = `<metalink xmlns="urn:ietf:params:xml:ns:metalink">${entries.join('')}</metalink>`;
    const { id } = await world.do(world.engine.addTorrent(new TextEncoder().encode(metalink)));
    await world.until(id, 'saving');
    await world.restart(); // the Metalink is not read again
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
    expect(view.problems).toEqual([{ code: 'files-unavailable', files: RECORDS, count: 2, saved: 4 }]);
  });
});

describe('an origin', () => {
  test('that lost dozens of files in a row is asked for all of them soon', async () => {
    const thumbs = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`thumbs/${index}.jpg`, 40_000]));
    const item = await smallTorrent({
      name: 'item',
      content: { 'a.mp4': 300_000, ...thumbs, 'z.mp4': 300_000 },
      urlList: [`http://${ORIGIN}/`],
      describe: archiveHashes,
    });
    const world = new EngineWorld();
    world.store.serve(item, ORIGIN);
    const server = world.store.web.server(ORIGIN);
    for (const name of Object.keys(thumbs)) server.files.delete(`/item/${name}`);
    const { id } = await start(item, world);
    const began = world.clock.nowMs();
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(['a.mp4', 'z.mp4']);
    expect(view.problems).toMatchObject([{ code: 'files-unavailable', count: 40, saved: 2 }]);
    expect(world.clock.nowMs() - began).toBeLessThan(60_000);
    expect(server.requests.length).toBeLessThan(90); // twice a file: each gets a second chance at the end
  });

  test('that changed one large file wastes little on it', async () => {
    const item = await smallTorrent({
      name: 'item',
      content: { 'a.mp4': 500_000, 'b.mp4': 4_000_000, 'c.mp4': 500_000 },
      urlList: [`http://${ORIGIN}/`],
      describe: archiveHashes,
    });
    const world = new EngineWorld();
    world.store.serve(item, ORIGIN);
    const server = world.store.web.server(ORIGIN);
    server.rateBytesPerS = 1_000_000;
    server.files.set('/item/b.mp4', pseudoRandomBytes(904, 4_000_000));
    const { id } = await start(item, world);
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(['a.mp4', 'c.mp4']);
    expect(view.problems).toMatchObject([{ code: 'files-unavailable', files: ['b.mp4'], count: 1, saved: 2 }]);
    expect(server.sentBytes).toBeLessThan(1_000_000 + 2_000_000);
  });
});

describe('with a swarm', () => {
  test('a peer that has the old records brings everything', async () => {
    const item = await itemOf({ trackers: true });
    const world = new EngineWorld();
    serveChanged(world, item);
    world.peer(item, 'old hand', { rateBytesPerS: 30_000 });
    const { id } = await start(item, world);
    const view = await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual([...MEDIA, ...RECORDS].sort());
    expect(view.problems.filter(({ code }) => code === 'files-unavailable')).toEqual([]);
    expect(view.verified.peerBytes + view.verified.originBytes).toBe(item.info.lengthBytes);
  });

  test('a peer has a minute to turn up', async () => {
    const item = await itemOf({ trackers: true });
    const world = new EngineWorld();
    serveChanged(world, item);
    const { id } = await start(item, world);
    await world.clock.pass(45_000);
    expect(world.view(id).state.phase).toBe('downloading');
    world.peer(item, 'latecomer', { pieces: piecesOf(item, ...RECORDS) });
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual([...MEDIA, ...RECORDS].sort());
  });

  test('a peer who lacks what everybody lacks does not hold it up', async () => {
    const item = await itemOf({ trackers: true });
    const world = new EngineWorld();
    serveChanged(world, item);
    const spoilt = piecesOf(item, ...RECORDS);
    const all = Array.from({ length: item.info.pieceCount }, (_, piece) => piece);
    world.peer(item, 'fellow sufferer', { pieces: all.filter((piece) => !spoilt.has(piece)) });
    const { id } = await start(item, world);
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
  });
});

describe('when it is interrupted', () => {
  test.each([2_000, 5_500, 7_000, 8_500, 10_000])('by a crash at %i ms, nothing is lost or saved twice', async (ms) => {
    const item = await itemOf();
    const world = new EngineWorld();
    serveChanged(world, item);
    const { id } = await start(item, world);
    await world.clock.pass(ms);
    const before = await savedBy(world);
    await world.restart();
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
    const after = await savedBy(world);
    expect(after).toHaveLength(MEDIA.length);
    expect(after).toEqual(expect.arrayContaining(before.map((entry) => ({ ...entry, isComplete: true }))));
  });

  test('while the files are saved, what was vouched for is found again and not fetched again', async () => {
    const item = await itemOf();
    const world = new EngineWorld();
    const server = serveChanged(world, item);
    const { id } = await start(item, world);
    await world.until(id, 'saving');
    await world.restart();
    for (const name of MEDIA) server.files.delete(`/item/${name}`); // nobody has their border pieces any more
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
  });

  test('by a pause, it goes on from where it was', async () => {
    const item = await itemOf({ trackers: true });
    const world = new EngineWorld();
    const server = serveChanged(world, item);
    const { id } = await start(item, world);
    await world.clock.pass(30_000);
    await world.do(world.engine.pause(id));
    expect(world.view(id).state.phase).toBe('paused');
    const sent = server.sentBytes;
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(MEDIA);
    expect(server.sentBytes - sent).toBeLessThan(10 * 32_768);
  });
});

describe('when not a single file is whole', () => {
  const tiny = { 'a.txt': 4_000, 'b.txt': 5_000 };

  test('it waits and says so, and a peer who comes an hour later brings it all', async () => {
    const item = await smallTorrent({
      name: 'item',
      content: tiny,
      urlList: [`http://${ORIGIN}/`],
      announce: [TRACKER],
    });
    const world = new EngineWorld();
    world.store.serve(item, ORIGIN);
    world.store.web.server(ORIGIN).files.set('/item/a.txt', pseudoRandomBytes(903, 4_001));
    const { id } = await start(item, world);
    await world.clock.pass(120_000);
    const problem = { code: 'files-unavailable', files: ['a.txt', 'b.txt'], count: 2, saved: 0 };
    expect(world.view(id).state.phase).toBe('downloading');
    expect(world.view(id).problems).toContainEqual(problem);
    expect(world.downloads.count).toBe(0);
    await world.clock.pass(3_600_000);
    world.peer(item, 'late');
    await world.clock.pass(2_000);
    expect(world.view(id).problems).not.toContainEqual(problem);
    await world.until(id, 'done');
    expect(savedNames(world, item)).toEqual(['a.txt', 'b.txt']);
  });
});
