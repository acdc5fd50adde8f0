import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../src/publish/run-command.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { type OriginServer, startOriginServer } from '../support/origin-server.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { startTracker, type Tracker } from '../support/tracker.ts';

const FILE = pseudoRandomBytes(5, 300_000);

let origin: OriginServer;
let tracker: Tracker;
let folder: string;
let url: string;
beforeAll(async () => {
  [origin, tracker] = await Promise.all([startOriginServer(), startTracker()]);
  folder = mkdtempSync(join(tmpdir(), 'rivulet-verify-'));
  url = `${origin.url}/ep42.bin`;
  const more = { pieceLengthBytes: 65_536, announce: [tracker.wsUrl], urlList: [url] };
  const made = makeTorrent({ name: 'ep42.bin', content: FILE, ...more });
  origin.serve('/ep42.bin', FILE);
  origin.serve('/ep42.bin.torrent', made.torrentBytes);
  writeFileSync(join(folder, 'here.torrent'), made.torrentBytes);
});
afterAll(async () => {
  await Promise.all([origin.close(), tracker.close()]);
  rmSync(folder, { recursive: true });
});

async function run(...words: readonly string[]) {
  let printed = '';
  let told = '';
  const code = await runCommand(['verify', ...words], {
    print: (text) => {
      printed += text;
    },
    tell: (text) => {
      told += text;
    },
    columns: null,
    folder,
    signal: new AbortController().signal,
  });
  return { code, printed, told };
}

describe('rivulet verify', () => {
  test('ends with 0 when all is well, and says so in aligned lines', async () => {
    const { code, printed, told } = await run(url);
    expect(told).toBe('');
    expect(code).toBe(0);
    expect(printed).toMatch(/^ {2}ok {7}Parts of the file can be asked for/m);
    expect(printed).toMatch(/^ {2}ok {7}5 pieces fetched \(300 kB\), and right\.$/m);
    expect(printed).toMatch(/introduced two peers to each other/);
    expect(printed).toMatch(/\nAll well, \d pieces of advice\.\n$/);
  });

  test('ends with 1 when something is wrong, and says how to fix it', async () => {
    origin.behave('/ep42.bin', { ignoresRanges: true });
    const { code, printed } = await run(url);
    origin.behave('/ep42.bin', null);
    expect(code).toBe(1);
    expect(printed).toMatch(/^ {2}PROBLEM {2}The server does not send parts of a file/m);
    expect(printed).toMatch(/How to fix it with nginx/);
    expect(printed).toMatch(/proxy_force_ranges on;/);
  });

  test('takes a .torrent from the disk, or from another address', async () => {
    expect((await run(url, '--torrent', 'here.torrent')).printed).toMatch(/here\.torrent has 5 pieces of 64 KiB/);
    const elsewhere = await run(url, '--torrent', `${origin.url}/none.torrent`);
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.printed).toMatch(/There is no \.torrent at .*none\.torrent \(error 404\)/);
  });

  test('what a .torrent and a tracker say does not reach into the terminal', async () => {
    const made = makeTorrent({ name: 'x\u001b[2J\u202efdp.exe', content: FILE.subarray(1), pieceLengthBytes: 65_536 });
    writeFileSync(join(folder, 'hostile.torrent'), made.torrentBytes);
    const { code, printed } = await run(url, '--torrent', 'hostile.torrent');
    expect(code).toBe(1);
    expect(printed).toContain('The .torrent is about x\ufffd[2J\ufffdfdp.exe');
    expect([...printed].filter((char) => char === '\u001b' || char === '\u202e')).toEqual([]);
  });

  test('prints JSON and nothing else for machines', async () => {
    const { code, printed } = await run(url, '--json');
    const report = JSON.parse(printed);
    expect(report).toMatchObject({ url, exitCode: code });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ part: 'torrent', level: 'ok', code: 'pieces-match', pieces: 5 }),
    );
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ['no address', [], 2, /Which address\?/],
    ['two addresses', ['https://a.example/x', 'https://a.example/y'], 2, /One address at a time/],
    ['something else', ['ftp://a.example/x'], 2, /neither http nor https/],
    ['an address with a login', ['https://me:secret@a.example/x'], 2, /login/],
    ['an unknown option', ['https://a.example/x', '--fast'], 2, /--fast/],
    ['a .torrent that is not there', ['http://127.0.0.1:9/x', '--torrent', 'none.torrent'], 1, /none\.torrent/],
  ])('is told %s', async (_name, words, code, message) => {
    const { code: found, told } = await run(...words);
    expect(told).toMatch(message);
    expect(found).toBe(code);
  });

  test('ends with 3 when nobody answers', async () => {
    const { code, printed } = await run('http://127.0.0.1:9/x');
    expect(printed).toMatch(/The server cannot be reached/);
    expect(code).toBe(3);
  });
});
