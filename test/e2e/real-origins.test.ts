import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureFilePrograms } from '../support/file-programs.ts';
import {
  apacheCommand,
  caddyCommand,
  type FileServer,
  freePort,
  nginxCommand,
  startFileServer,
} from '../support/file-servers.ts';
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
