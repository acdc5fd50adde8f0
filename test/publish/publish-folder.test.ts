import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTorrent } from '../../src/engine/torrent/read-torrent.ts';
import { type FileHashes, hashFile } from '../../src/publish/hash-file.ts';
import type { HashThread } from '../../src/publish/hash-files.ts';
import { type PublishRequest, type PublishWorld, publishFolder } from '../../src/publish/publish-folder.ts';
import type { Site } from '../../src/publishing/publication.ts';
import { NASTY_NAME, SITE, sha1, someBytes } from '../publishing/published-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Hashes as a thread does, in this one: what threads are is tested in hash-files.test.ts. */
const thread: HashThread = {
  run: async ({ job }): Promise<{ ok: true } & FileHashes> => ({ ok: true, ...hashFile(job, () => {}) }),
  stop: async () => {},
};

/** Writes files below a folder, each with the bytes of its length. */
function put(folder: string, files: Readonly<Record<string, number>>): void {
  for (const [path, length] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), someBytes(length));
  }
}

async function publish(folder: string, request: Partial<PublishRequest> = {}, world: Partial<PublishWorld> = {}) {
  const hashed: string[] = [];
  const report = await publishFolder(
    { folder, site: SITE, feed: null, rehashes: false, ...request },
    {
      threads: 1,
      startThread: () => thread,
      signal: new AbortController().signal,
      onStart: () => {},
      onProgress: () => {},
      onHashed: ({ path }) => hashed.push(path.join('/')),
      ...world,
    },
  );
  return { ...report, hashed };
}

/** Everything below a folder with its time and its content, so that a rewrite shows even when nothing changed. */
function stateOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const { mtimeMs, ino } = statSync(path);
      return [path.slice(folder.length + 1), `${mtimeMs} ${ino} ${readFileSync(path, 'latin1')}`];
    }),
  );
}

const SITE_FILES = [
  '.htaccess',
  'Caddyfile',
  '_headers',
  'feed.xml',
  'magnets.txt',
  'nginx.conf',
  'publication.json',
  's3-headers.sh',
  'snippets.html',
];

describe('the first run', () => {
  test('writes a .torrent and a .meta4 beside each file, and what to paste', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 300_000, [`sub/${NASTY_NAME}`]: 1000 });
    const report = await publish(folder);
    expect(Object.keys(stateOf(folder)).sort()).toEqual(
      [
        'a.mp4',
        'a.mp4.meta4',
        'a.mp4.torrent',
        ...SITE_FILES.map((name) => `rivulet/${name}`),
        `sub/${NASTY_NAME}`,
        `sub/${NASTY_NAME}.meta4`,
        `sub/${NASTY_NAME}.torrent`,
      ].sort(),
    );
    expect(report).toMatchObject({ unchanged: 0, removed: [], hashedBytes: 301_000 });
    expect(report.written).toHaveLength(13);
    const { info } = await readTorrent(readFileSync(join(folder, 'a.mp4.torrent')), sha1);
    expect(info.lengthBytes).toBe(300_000);
    expect(statSync(join(folder, 'rivulet/s3-headers.sh')).mode & 0o111).not.toBe(0);
  });

  test('on several threads writes many files of one folder as on one', async () => {
    const names = Array.from({ length: 40 }, (_, index) => [`${index}.bin`, 1000 + index] as const);
    const [one, several] = [temporaryFolder(), temporaryFolder()];
    for (const folder of [one, several]) put(folder, Object.fromEntries(names));
    await publish(one);
    await publish(several, {}, { threads: 8 });
    for (const [name] of names) {
      const path = `${name}.torrent`;
      expect(readFileSync(join(several, path)).equals(readFileSync(join(one, path)))).toBe(true);
    }
  });

  test('passes over what is not to be published, and says why', async () => {
    const folder = temporaryFolder();
    put(folder, {
      'a.mp4': 10,
      '.hidden': 10,
      '.git/config': 10,
      'other.torrent': 10,
      'empty.mp4': 0,
      'bad\nname.mp4': 10,
    });
    put(folder, { 'inner/b.mp4': 20 });
    symlinkSync('/etc/hostname', join(folder, 'out.mp4'));
    symlinkSync('nowhere', join(folder, 'broken.mp4'));
    symlinkSync('inner', join(folder, 'inner-link'));
    symlinkSync('inner/b.mp4', join(folder, 'b-link.mp4'));
    const { publications, skipped } = await publish(folder);
    expect(publications.map(({ file }) => file.path.join('/'))).toEqual(['a.mp4', 'b-link.mp4', 'inner/b.mp4']);
    expect(skipped).toEqual([
      { path: 'bad\nname.mp4', reason: 'its name cannot be written into a URL; rename it' },
      { path: 'broken.mp4', reason: 'it is a link to nothing' },
      { path: 'empty.mp4', reason: 'it is empty' },
      { path: 'inner-link', reason: 'it is a link to a folder; what is in there is published where it lies' },
      { path: 'out.mp4', reason: 'it is a link that leaves the folder' },
    ]);
    expect(readFileSync(join(folder, 'other.torrent'))).toHaveLength(10);
  });

  test.each<[string, (folder: string) => void, string]>([
    ['a folder that is not there', (folder) => rmSync(folder, { recursive: true }), 'is not a folder'],
    ['an empty one', () => {}, 'There is nothing to publish'],
    ['a .torrent that somebody else made', (folder) => put(folder, { 'a.mp4': 9, 'a.mp4.torrent': 9 }), 'Move it away'],
    ['a folder rivulet of somebody else', (folder) => put(folder, { 'a.mp4': 9, 'rivulet/mine.txt': 9 }), 'Rename it'],
  ])('refuses %s, and changes nothing', async (_name, prepare, reason) => {
    const folder = temporaryFolder();
    prepare(folder);
    const before = existsSync(folder) ? stateOf(folder) : null;
    await expect(publish(folder)).rejects.toThrow(reason);
    expect(existsSync(folder) ? stateOf(folder) : null).toEqual(before);
  });
});

describe('a second run', () => {
  test('reads nothing and writes nothing when nothing has changed', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 300_000, 'sub/b.mp3': 1000 });
    await publish(folder);
    const before = stateOf(folder);
    const report = await publish(folder);
    expect(stateOf(folder)).toEqual(before);
    expect(report).toMatchObject({ written: [], removed: [], unchanged: 13, hashedBytes: 0, hashed: [] });
  });

  test('with everything read again writes nothing either', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 300_000 });
    await publish(folder);
    const before = stateOf(folder);
    expect((await publish(folder, { rehashes: true })).hashed).toEqual(['a.mp4']);
    expect(stateOf(folder)).toEqual(before);
  });

  test('reads only what has changed, and touches nothing of the rest', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 300_000, 'b.mp3': 1000 });
    await publish(folder);
    const before = stateOf(folder);
    put(folder, { 'b.mp3': 2000, 'c.iso': 3000 });
    const { hashed, written } = await publish(folder);
    expect(hashed.sort()).toEqual(['b.mp3', 'c.iso']);
    expect(written).toContain('b.mp3.torrent');
    expect(written).not.toContain('a.mp4.torrent');
    const after = stateOf(folder);
    for (const name of ['a.mp4', 'a.mp4.torrent', 'a.mp4.meta4']) expect(after[name]).toBe(before[name]);
  });

  test('notices a file of the same size by its time', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 1000 });
    await publish(folder);
    writeFileSync(join(folder, 'a.mp4'), new Uint8Array(1000));
    utimesSync(join(folder, 'a.mp4'), 1e9, 1e9);
    expect((await publish(folder)).hashed).toEqual(['a.mp4']);
  });

  test('at another address writes anew without reading the files', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 300_000 });
    const first = await publish(folder);
    const site: Site = { ...SITE, baseUrl: 'https://new.example/' };
    const { hashed, written, publications } = await publish(folder, { site });
    expect([hashed, publications[0]?.infoHash]).toEqual([[], first.publications[0]?.infoHash]);
    expect(written).toEqual(expect.arrayContaining(['a.mp4.torrent', 'a.mp4.meta4', 'rivulet/nginx.conf']));
    const { sources } = await readTorrent(readFileSync(join(folder, 'a.mp4.torrent')), sha1);
    expect(sources.origins[0]).toBe('https://new.example/a.mp4');
  });

  test('removes what belonged to files that are gone, and nothing else', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 1000, 'sub/b.mp4': 1000, 'c.mp4': 1000 });
    await publish(folder);
    rmSync(join(folder, 'sub/b.mp4'));
    renameSync(join(folder, 'c.mp4'), join(folder, 'd.mp4'));
    put(folder, { 'c.mp4.meta4': 77 });
    const { removed } = await publish(folder);
    expect([...removed].sort()).toEqual(['c.mp4.torrent', 'sub/b.mp4.meta4', 'sub/b.mp4.torrent']);
    expect(readFileSync(join(folder, 'c.mp4.meta4'))).toHaveLength(77);
    expect(readFileSync(join(folder, 'rivulet/snippets.html'), 'utf8')).not.toContain('b.mp4');
  });

  test('of a folder that has become empty clears up', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 1000 });
    await publish(folder);
    rmSync(join(folder, 'a.mp4'));
    expect((await publish(folder)).removed).toEqual(['a.mp4.torrent', 'a.mp4.meta4']);
  });

  test.each<[string, (folder: string) => void]>([
    ['without the state of the first', (folder) => rmSync(join(folder, 'rivulet'), { recursive: true })],
    [
      'with a state that is torn',
      (folder) => writeFileSync(join(folder, 'rivulet/publication.json'), '{"files":[{"fi'),
    ],
    ['with a .torrent that is torn', (folder) => writeFileSync(join(folder, 'a.mp4.torrent'), 'd4:')],
    ['with a .torrent that is gone', (folder) => rmSync(join(folder, 'a.mp4.torrent'))],
  ])('%s makes everything as it was', async (_name, damage) => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 300_000 });
    await publish(folder);
    const contentsOf = () =>
      Object.entries(stateOf(folder)).map(([name, state]) => [name, state.split(' ').slice(2).join(' ')]);
    const before = contentsOf();
    damage(folder);
    expect((await publish(folder)).hashed).toEqual(['a.mp4']);
    expect(contentsOf()).toEqual(before);
  });

  test('never removes anything outside of the folder, whatever the state says', async () => {
    const outer = temporaryFolder();
    const folder = join(outer, 'media');
    put(folder, { 'a.mp4': 1000 });
    await publish(folder);
    const path = join(folder, 'rivulet/publication.json');
    const state = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(join(outer, 'b.mp4.torrent'), readFileSync(join(folder, 'a.mp4.torrent')));
    for (const file of ['../b.mp4', 'x/../../b.mp4', join(outer, 'b.mp4')])
      state.files.push({ ...state.files[0], file });
    writeFileSync(path, JSON.stringify(state));
    expect((await publish(folder)).removed).toEqual([]);
    expect(existsSync(join(outer, 'b.mp4.torrent'))).toBe(true);
  });
});

describe('a run that is cut short', () => {
  test('keeps what it has hashed, and leaves nothing half-written', async () => {
    const folder = temporaryFolder();
    put(folder, { 'large.mp4': 2000, 'small.mp4': 1000 });
    const interruption = new AbortController();
    const onHashed = () => interruption.abort();
    await expect(publish(folder, {}, { signal: interruption.signal, onHashed })).rejects.toThrow();
    expect(Object.keys(stateOf(folder)).sort()).toEqual([
      'large.mp4',
      'large.mp4.meta4',
      'large.mp4.torrent',
      'rivulet/publication.json',
      'small.mp4',
    ]);
    expect((await publish(folder)).hashed).toEqual(['small.mp4']);
  });

  test('by a folder that cannot be written leaves no temporary file', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp4': 1000 });
    mkdirSync(join(folder, 'a.mp4.meta4'));
    await expect(publish(folder)).rejects.toThrow();
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('a feed', () => {
  const feed = (url: string) => `<rss version="2.0"><channel><item><enclosure url="${url}"/></item></channel></rss>`;

  test('is written with its torrents, and not changed itself, nor published', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp3': 1000 });
    const path = join(folder, 'feed.rss');
    writeFileSync(path, feed('https://cdn.example/media/a.mp3'));
    const { enclosures, publications } = await publish(folder, { feed: path });
    expect([enclosures, publications.length]).toEqual([1, 1]);
    expect(readFileSync(path, 'utf8')).toBe(feed('https://cdn.example/media/a.mp3'));
    expect(readFileSync(join(folder, 'rivulet/podcast.xml'), 'utf8')).toContain('a.mp3.torrent');
    const before = stateOf(folder);
    await publish(folder, { feed: path });
    expect(stateOf(folder)).toEqual(before);
  });

  test('without any of the files is an error that says what to look at', async () => {
    const folder = temporaryFolder();
    put(folder, { 'a.mp3': 1000 });
    const path = join(temporaryFolder(), 'feed.xml');
    writeFileSync(path, feed('https://else.example/a.mp3'));
    await expect(publish(folder, { feed: path })).rejects.toThrow('Check --base');
    await expect(publish(folder, { feed: `${path}.none` })).rejects.toThrow('There is no feed');
  });
});

test('what is written can be read by servers', async () => {
  const folder = temporaryFolder();
  put(folder, { 'a.mp4': 1000 });
  await publish(folder);
  for (const name of ['a.mp4.torrent', 'a.mp4.meta4']) expect(statSync(join(folder, name)).mode & 0o444).toBe(0o444);
});
