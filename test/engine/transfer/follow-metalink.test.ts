import { afterEach, describe, expect, test } from 'vitest';
import { readTorrentOrMetalink } from '../../../src/engine/transfer/follow-metalink.ts';
import type { TransferId } from '../../../src/model/ids.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { type SmallTorrent, sha1, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const METALINK_URL = 'http://site.test/get?file=5';
const TORRENT_URL = 'http://site.test/file.torrent';
const LENGTH = 1_000_000;
const single = await smallTorrent({ content: LENGTH, urlList: ['http://named.test/'] });
const bare = await smallTorrent({ seed: 2, content: LENGTH });
const closed = await smallTorrent({ seed: 3, content: LENGTH, isPrivate: true });
const folder = await smallTorrent({ seed: 4, name: 'folder', content: { 'a.bin': 70_000, 'sub/b.bin': 80_000 } });

afterEach(giveTimersBack);

const metalink = (...files: string[]) =>
  new TextEncoder().encode(
    `<?xml version="1.0"?><metalink xmlns="urn:ietf:params:xml:ns:metalink">${files.join('')}</metalink>`,
  );
const file = (inner: string, name = 'file.bin') => `<file name="${name}">${inner}</file>`;
const torrentAt = (url = TORRENT_URL, more = '') => `<metaurl mediatype="torrent" ${more}>${url}</metaurl>`;
const size = (bytes: number) => `<size>${bytes}</size>`;
const mirror = (url: string) => `<url>${url}</url>`;

/** Reads bytes as if they had come from the web, with these torrents to be had. */
async function follow(bytes: Uint8Array, torrents: Record<string, SmallTorrent> = { [TORRENT_URL]: single }) {
  const asked: string[] = [];
  try {
    const { sources, info } = await readTorrentOrMetalink(bytes, METALINK_URL, {
      fetchTorrent: async (url) => {
        asked.push(url);
        const torrent = torrents[url];
        if (torrent !== undefined) return { ok: true, bytes: torrent.made.torrentBytes };
        return { ok: false, failure: { code: 'torrent-unavailable', host: new URL(url).host, status: 404 } };
      },
      sha1,
    });
    return { asked, infoHash: info.infoHash, origins: sources.origins, failure: null };
  } catch (error) {
    return { asked, infoHash: null, origins: [], failure: (error as { failure?: unknown }).failure ?? error };
  }
}
const unreadable = (reason: string) => ({ code: 'unreadable-torrent', reason });

describe('a Metalink', () => {
  test('that names a torrent gives it, with its own addresses after those of the torrent', async () => {
    const bytes = metalink(file(size(LENGTH) + torrentAt() + mirror('http://m.test/f') + mirror('ftp://m.test/f')));
    expect(await follow(bytes)).toEqual({
      asked: [TORRENT_URL],
      infoHash: single.info.infoHash,
      origins: ['http://named.test/', 'http://m.test/f'],
      failure: null,
    });
  });

  test('that names several torrents is followed in their order until one can be had', async () => {
    const urls = ['http://b.test/t', 'http://a.test/t', TORRENT_URL];
    const bytes = metalink(file(urls.map((url, at) => torrentAt(url, `priority="${[2, 1, 3][at]}"`)).join('')));
    expect(await follow(bytes)).toMatchObject({
      asked: ['http://a.test/t', 'http://b.test/t', TORRENT_URL],
      infoHash: single.info.infoHash,
    });
  });

  test('whose torrents cannot be had says what the first of them said', async () => {
    const bytes = metalink(file(torrentAt('http://a.test/t') + torrentAt('http://b.test/t')));
    const failure = { code: 'torrent-unavailable', host: 'a.test', status: 404 };
    expect(await follow(bytes)).toMatchObject({ failure, asked: ['http://a.test/t', 'http://b.test/t'] });
  });

  test.each<[string, Uint8Array, string]>([
    [
      'without a torrent',
      metalink(file(mirror('http://m.test/f'))),
      'it is a Metalink that describes a download without a torrent, which Rivulet cannot take yet',
    ],
    [
      'of another description',
      metalink(file('<metaurl mediatype="application/zip">http://a.test/z</metaurl>')),
      'it is a Metalink that describes a download without a torrent, which Rivulet cannot take yet',
    ],
    [
      'of a file that the torrent does not have',
      metalink(file(size(5) + torrentAt())),
      'it is a Metalink that speaks of another file than its torrent',
    ],
    [
      'of two downloads',
      metalink(file(torrentAt()), file(torrentAt('http://b.test/t'), 'b')),
      'it is a Metalink of several downloads, and Rivulet takes one at a time',
    ],
    [
      'of a download with a torrent and one without',
      metalink(file(torrentAt()), file('', 'b')),
      'it is a Metalink of several downloads, and Rivulet takes one at a time',
    ],
  ])('%s is refused', async (_name, bytes, reason) => {
    expect(await follow(bytes)).toMatchObject({ failure: unreadable(reason) });
  });

  test('of the files of one folder gives the folder, if they are its files', async () => {
    const torrents = { [TORRENT_URL]: folder };
    const of = (a: string, b: string, bytes = 80_000) =>
      metalink(file(size(70_000) + torrentAt() + mirror('http://m.test/a'), a), file(size(bytes) + torrentAt(), b));
    expect(await follow(of('a.bin', 'folder/sub/b.bin'), torrents)).toMatchObject({ origins: [], failure: null });
    expect((await follow(of('a.bin', 'c.bin'), torrents)).failure).not.toBeNull();
    expect((await follow(of('a.bin', 'sub/b.bin', 70_000), torrents)).failure).not.toBeNull();
    const named = metalink(file(size(80_000) + torrentAt(TORRENT_URL, 'name="sub/b.bin"'), 'other'));
    expect((await follow(named, torrents)).failure).toBeNull();
  });

  test('of the files of one folder gives the folders that they lie in as origins, the preferred first', async () => {
    const url = (address: string, priority: number) => `<url priority="${priority}">${address}</url>`;
    const addresses = (path: string) =>
      url(`http://second.test/x%20y/folder/${path}`, 2) +
      url(`http://first.test/folder/${path}`, 1) +
      url(`http://other.test/elsewhere/${path}`, 1) +
      url(`http://signed.test/folder/${path}?key=1`, 1) +
      url(`http://192.168.1.1/folder/${path}`, 1);
    const bytes = metalink(
      file(size(70_000) + torrentAt() + addresses('a.bin'), 'a.bin'),
      file(size(80_000) + torrentAt() + addresses('sub/b.bin'), 'sub/b.bin'),
    );
    expect(await follow(bytes, { [TORRENT_URL]: folder })).toMatchObject({
      origins: ['http://first.test/', 'http://second.test/x%20y/'],
      failure: null,
    });
  });

  test('from the public web does not lead into a local network', async () => {
    const bytes = metalink(file(torrentAt('http://192.168.1.1/t') + torrentAt() + mirror('http://127.0.0.1/f')));
    expect(await follow(bytes)).toMatchObject({ asked: [TORRENT_URL], origins: ['http://named.test/'] });
  });

  test('adds no addresses to a private torrent', async () => {
    const bytes = metalink(file(torrentAt() + mirror('http://m.test/f')));
    expect(await follow(bytes, { [TORRENT_URL]: closed })).toMatchObject({ origins: [], failure: null });
  });
});

describe('in the engine', () => {
  const id = bare.info.infoHash as string as TransferId;
  const described = () => metalink(file(size(LENGTH) + torrentAt() + mirror('http://mirror.test/file.bin')));
  function world(): EngineWorld {
    const made = new EngineWorld();
    made.serveTorrent(TORRENT_URL, bare);
    made.torrents.set(METALINK_URL, { ok: true, bytes: described() });
    made.store.serve(bare, 'mirror.test');
    return made;
  }

  test('the address of a Metalink becomes its torrent, and comes from its mirrors', async () => {
    const here = world();
    await here.do(here.engine.addLink(METALINK_URL));
    expect((await here.until(id, 'done')).verified.originBytes).toBe(LENGTH);
    expect(here.engine.views()).toHaveLength(1);
    expect(here.torrentRequests).toEqual([
      { url: METALINK_URL, withCookies: true },
      { url: TORRENT_URL, withCookies: false },
    ]);
  });

  test('so does that of a folder, from a mirror that its files name', async () => {
    const here = world();
    here.serveTorrent(TORRENT_URL, folder);
    here.store.serve(folder, 'mirror.test');
    const files = folder.info.files.map(({ path, lengthBytes }) => {
      const name = path.join('/');
      return file(size(lengthBytes) + torrentAt() + mirror(`http://mirror.test/folder/${name}`), name);
    });
    here.torrents.set(METALINK_URL, { ok: true, bytes: metalink(...files) });
    await here.do(here.engine.addLink(METALINK_URL));
    const done = await here.until(folder.info.infoHash as string as TransferId, 'done');
    expect(done.verified.originBytes).toBe(folder.info.lengthBytes);
  });

  test('so does the file itself', async () => {
    const here = world();
    await here.do(here.engine.addTorrent(described()));
    expect((await here.until(id, 'done')).verified.originBytes).toBe(LENGTH);
  });

  test('and the xs= of a magnet', async () => {
    const here = world();
    await here.do(here.engine.addLink(bare.made.magnet({ exactSources: [METALINK_URL] })));
    expect((await here.until(id, 'done')).verified.originBytes).toBe(LENGTH);
    expect(here.torrentRequests.every(({ withCookies }) => !withCookies)).toBe(true);
  });

  test('one without a torrent says so in the list', async () => {
    const here = world();
    here.torrents.set(METALINK_URL, { ok: true, bytes: metalink(file(mirror('http://m.test/f'))) });
    const added = await here.do(here.engine.addLink(METALINK_URL));
    const { state } = await here.until(added.id, 'failed');
    expect(state).toMatchObject({
      failure: { code: 'unreadable-torrent', reason: expect.stringContaining('without a torrent') },
    });
  });
});
