import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TransferId } from '../../src/model/ids.ts';
import { ensureFilePrograms } from '../support/file-programs.ts';
import {
  apacheCommand,
  caddyCommand,
  type FileServer,
  freePort,
  nginxCommand,
  startFileServer,
} from '../support/file-servers.ts';
import { openServer } from '../support/open-server.ts';
import { openRealEngine, type RealEngine } from '../support/real-engine.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';

// The real engine, the real `fetch`, and the servers that mirrors really run: what they make of odd names.

const LONG = 'long '.repeat(50);
const CONTENT = {
  'plain.bin': 70_000,
  'with  blanks .bin': 40_000,
  '100 % #1?.txt': 50_001,
  'a+b&c=d;e@f:g,h.bin': 33_333,
  'Ünïcode – 🎬 空.bin': 61_000,
  "it's (1) [2] {3} ~!$*.bin": 10_000,
  'deep/er/%41/%2e/%2F.bin': 20_000,
  [LONG]: 12_345,
  'page.html': 45_000,
  'styles.css': 45_000,
  'quote".bin': 3_000,
  'pipe|caret^back`.bin': 3_000,
  'empty.bin': 0,
  'last.bin': 90_000,
};
const COMMANDS = { nginx: nginxCommand, apache2: apacheCommand, caddy: caddyCommand } as const;
const NAMES = ['nginx', 'apache2', 'caddy'] as const;

describe.each(NAMES)('%s, which would rather compress what it sends,', (name) => {
  const root = mkdtempSync(join(tmpdir(), 'rivulet-origins-'));
  const media = join(root, 'media');
  let server: FileServer;
  let url = '';
  let world: RealEngine;

  beforeAll(async () => {
    const program = (await ensureFilePrograms([name]))[name];
    chmodSync(root, 0o755);
    for (const folder of [join(media, 'rivulet'), join(root, 'work')]) mkdirSync(folder, { recursive: true });
    chmodSync(join(root, 'work'), 0o777);
    for (const file of ['nginx.conf', 'Caddyfile']) writeFileSync(join(media, 'rivulet', file), '# nothing\n');
    const port = await freePort();
    const place = { program, workplace: join(root, 'work'), media, port };
    server = await startFileServer(COMMANDS[name](place), place);
    url = `http://127.0.0.1:${port}/media`;
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(root, { recursive: true, force: true });
  });
  afterEach(() => world?.close());

  test.each([
    ['with', '/'],
    ['without', ''],
  ])('brings a folder of odd names from an address %s a slash at its end', async (_name, end) => {
    const folder = await smallTorrent({
      name: `The #1 50% "Item"? é${end.length}`,
      content: CONTENT,
      urlList: [`${url}${end}`],
    });
    for (const { path, index } of folder.info.files) {
      const at = join(media, folder.info.name, ...path);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, folder.file(index));
    }
    world = openRealEngine();
    const { id } = await world.engine.addTorrent(folder.made.torrentBytes);
    const view = await world.until(id, ({ state }) => state.phase === 'done');
    expect(view.problems).toEqual([{ code: 'names-changed', files: expect.any(Number) }]);
    const sizes = [...world.saved.values()].map(({ length }) => length);
    expect(sizes.sort()).toEqual(Object.values(CONTENT).sort());
    expect(view.verified.originBytes).toBe(folder.info.lengthBytes);
  });

  test('has other records by now than when the torrent was made: all else is saved, and they are named', async () => {
    const records = ['emptied.xml', 'item_files.xml', 'item_meta.xml', 'longer.xml', 'gone.xml'];
    const songs = ['01.mp3', '02.mp3', '03.mp3', '04.mp3', '05.mp3', '06.mp3'];
    const names = songs.flatMap((name, index) => [name, records[index] ?? 'empty.bin']);
    const content = Object.fromEntries(
      names.map((name, index) => [name, name.endsWith('3') ? 150_000 : 2_000 + index]),
    );
    const sha1 = (bytes: Uint8Array) => ({ sha1: createHash('sha1').update(bytes).digest('hex') });
    const item = await smallTorrent({
      name: 'item',
      content: { ...content, 'empty.bin': 0 },
      describe: sha1,
      urlList: [url],
    });
    mkdirSync(join(media, 'item'), { recursive: true });
    for (const { path, index } of item.info.files) writeFileSync(join(media, 'item', ...path), item.file(index));
    const now: Readonly<Record<string, number>> = {
      'emptied.xml': 0,
      'item_files.xml': 2_003,
      'item_meta.xml': 90,
      'longer.xml': 9_000,
    };
    for (const [name, bytes] of Object.entries(now)) writeFileSync(join(media, 'item', name), 'x'.repeat(bytes));
    rmSync(join(media, 'item', 'gone.xml'));
    world = openRealEngine();
    const { id } = await world.engine.addTorrent(item.made.torrentBytes);
    const view = await world.until(id, ({ state }) => state.phase === 'done');
    expect(view.problems).toContainEqual({ code: 'files-unavailable', files: records.slice(0, 3), count: 5, saved: 7 });
    const isRight = item.info.files
      .filter(({ path }) => !records.includes(path[0] ?? ''))
      .map(
        ({ path, index }) =>
          Buffer.compare(world.saved.get(`item/${path[0]}`) ?? Buffer.from('?'), item.file(index)) === 0,
      );
    expect(isRight).toEqual(Array(7).fill(true));
    expect(world.saved.size).toBe(7);
  });

  test('brings one file, whose name is added to a folder and to nothing else', async () => {
    const file = await smallTorrent({
      name: 'the 1. #film 100%?.css',
      content: 300_000,
      urlList: [`${url}/`, `${url}/the%201.%20%23film%20100%25%3F.css`],
    });
    writeFileSync(join(media, file.info.name), file.payload);
    world = openRealEngine();
    const { id } = await world.engine.addTorrent(file.made.torrentBytes);
    const view = await world.until(id, ({ state }) => state.phase === 'done');
    expect([...world.saved.values()].map((bytes) => Buffer.compare(bytes, file.payload))).toEqual([0]);
    expect(view.problems.filter(({ code }) => code !== 'names-changed')).toEqual([]);
  });
});

test('a host is asked for one thing until it has answered, and then for four at most, by however many transfers', async () => {
  const files = new Map<string, Uint8Array>();
  let [open, most, mostUnanswered, answered] = [0, 0, 0, 0];
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    if (answered === 0) mostUnanswered = Math.max(mostUnanswered, open);
    let isOpen = true;
    const ends = () => {
      if (isOpen) open -= 1;
      isOpen = false;
    };
    response.once('close', ends);
    const file = files.get((request.url ?? '').replace(/^\/mirror\d/, '')) ?? new Uint8Array();
    const [, first = 0, last = 0] = (/^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []).map(Number);
    setTimeout(() => {
      answered += 1;
      response.writeHead(206, { 'content-range': `bytes ${first}-${last}/${file.length}` });
      response.write(file.subarray(first, last));
      setTimeout(() => {
        ends(); // whoever has the last byte may send its next request before this server hears that the answer is gone
        response.end(file.subarray(last, last + 1));
      }, 50); // long enough to be seen beside others
    }, 100);
  });
  const { origin, close } = await openServer(server);
  const world = openRealEngine();
  const urlList = [1, 2, 3].map((number) => `${origin}/mirror${number}/`);
  const ids: TransferId[] = [];
  for (const seed of [1, 2, 3, 4]) {
    const one = await smallTorrent({ seed, name: `${seed}.bin`, content: 500_000, urlList });
    files.set(`/${seed}.bin`, one.payload);
    ids.push((await world.engine.addTorrent(one.made.torrentBytes)).id);
  }
  for (const id of ids) await world.until(id, ({ state }) => state.phase === 'done');
  expect([mostUnanswered, most <= 4, most > 1]).toEqual([1, true, true]);
  await world.close();
  await close();
});
