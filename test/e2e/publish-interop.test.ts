import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NASTY_NAME } from '../publishing/published-folder.ts';
import { ensureFilePrograms, type FileProgram } from '../support/file-programs.ts';
import {
  apacheCommand,
  caddyCommand,
  type FileServer,
  freePort,
  nginxCommand,
  type Place,
  startFileServer,
} from '../support/file-servers.ts';
import { fetchRaw } from '../support/raw-headers.ts';
import { waitUntil } from '../support/wait-until.ts';

/*
 * A folder is published by the program as it is built, served by servers of others, and fetched by programs of others:
 * everything on loopback, without DHT, local discovery or a tracker that is there.
 */

const FILM = 'ep 42 ünï 100%.mp4';
const PROGRAMS = ['aria2c', 'nginx', 'apache2', 'caddy', 'transmission-cli', 'qbittorrent-nox', 'python3'] as const;
/** In the files' torrents; nothing listens there. A program that knows no WebSocket trackers must not mind either. */
const TRACKER = 'ws://127.0.0.1:9';

const root = mkdtempSync(join(tmpdir(), 'rivulet-interop-'));
const media = join(root, 'media');
const filmBytes = randomBytes(24_000_000);
const nastyBytes = randomBytes(300_000);
let program: Readonly<Record<FileProgram, string>>;
let port: number;
let nginx: FileServer;
let nginxPlace: Place;

type File = { readonly name: string; readonly url: string; readonly torrentUrl: string; readonly metalinkUrl: string };
let files: readonly File[];
const fileCalled = (name: string) => files.find((file) => file.name === name) as File;

/** An empty folder of a program. */
function workplace(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

function runPublish(base: string) {
  const args = ['bin/rivulet.js', 'publish', media, '--base', base, '--mirror', `http://127.0.0.2:${port}/`];
  return promisify(execFile)('node', [...args, '--tracker', TRACKER, '--shards', '256', '--json']);
}

/** Runs a program until it ends, or until `isDone` says that it may. Its output is in the error when it fails. */
async function fetchWith(
  command: readonly string[],
  isDone?: () => boolean,
  env: Readonly<Record<string, string>> = {},
) {
  const [path = '', ...args] = command;
  const child = spawn(path, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = once(child, 'exit');
  try {
    if (isDone !== undefined) {
      await waitUntil(isDone, { timeoutMs: 50_000, what: `${path} to finish` });
    } else {
      const [code] = await ended;
      expect(code, output.slice(-2000)).toBe(0);
    }
  } catch (error) {
    throw new Error(`${path}: ${output.slice(-2000)}`, { cause: error });
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
  }
}

const isFilm = (path: string) => existsSync(path) && readFileSync(path).equals(filmBytes);

beforeAll(async () => {
  program = await ensureFilePrograms(PROGRAMS);
  port = await freePort();
  chmodSync(root, 0o755);
  mkdirSync(join(media, 'sub'), { recursive: true });
  writeFileSync(join(media, FILM), filmBytes);
  writeFileSync(join(media, 'sub', NASTY_NAME), nastyBytes);
  const { stdout } = await runPublish(`http://127.0.0.1:${port}/media`);
  files = JSON.parse(stdout).files;
  nginxPlace = { program: program.nginx, workplace: workplace('nginx'), media, port };
  nginx = await startFileServer(nginxCommand(nginxPlace), nginxPlace);
}, 600_000);

afterAll(async () => {
  await nginx?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** What every server must answer for every file, whatever its name is. */
async function expectPublished(place: Place): Promise<void> {
  const here = (url: string) => url.replace(`:${port}/`, `:${place.port}/`);
  for (const { name, url, torrentUrl, metalinkUrl } of files) {
    const bytes = name === FILM ? filmBytes : nastyBytes;
    const { status, lines, body } = await fetchRaw(here(url), { range: 'bytes=100-299', 'accept-encoding': 'gzip' });
    expect([name, status]).toEqual([name, 206]);
    expect(body.equals(bytes.subarray(100, 300))).toBe(true);
    expect(lines.filter(([header]) => header === 'link').map(([, value]) => value)).toEqual([
      `<${torrentUrl}>; rel=describedby; type="application/x-bittorrent"`,
      `<${metalinkUrl}>; rel=describedby; type="application/metalink4+xml"`,
      `<${url.replace(`127.0.0.1:${port}/media`, `127.0.0.2:${port}`)}>; rel=duplicate; pri=2`,
    ]);
    const digest = createHash('sha256').update(bytes).digest('base64');
    expect(lines).toContainEqual(['repr-digest', `sha-256=:${digest}:`]);
    const torrent = await fetchRaw(here(torrentUrl));
    expect(torrent.lines).toContainEqual(['content-type', 'application/x-bittorrent']);
    const metalink = await fetchRaw(here(metalinkUrl));
    expect(metalink.lines).toContainEqual(['content-type', 'application/metalink4+xml']);
    expect([torrent.status, metalink.status]).toEqual([200, 200]);
  }
}

describe('servers take their fragments and send the headers', () => {
  test('nginx', async () => {
    const [path = '', ...args] = nginxCommand(nginxPlace);
    await promisify(execFile)(path, [...args, '-t']);
    await expectPublished(nginxPlace);
  });

  test.each([
    ['apache2', apacheCommand],
    ['caddy', caddyCommand],
  ] as const)('%s', async (name, commandOf) => {
    const place = { program: program[name], workplace: workplace(name), media, port: await freePort() };
    if (name === 'apache2') writeFileSync(join(media, '.htaccess'), readFileSync(join(media, 'rivulet/.htaccess')));
    const server = await startFileServer(commandOf(place), place);
    try {
      await expectPublished(place);
    } finally {
      await server.stop();
      rmSync(join(media, '.htaccess'), { force: true });
    }
  });
});

describe('aria2', () => {
  const alone = [
    '--no-conf=true',
    '--enable-dht=false',
    '--enable-dht6=false',
    '--bt-enable-lpd=false',
    '--enable-peer-exchange=false',
    '--seed-time=0',
    '--bt-exclude-tracker=*',
    '--file-allocation=none',
  ];
  const aria2 = (folder: string, ...args: string[]) =>
    fetchWith([program.aria2c, ...alone, `--dir=${folder}`, ...args]);

  test('fetches a file from its .meta4, with the .torrent in it', async () => {
    const folder = workplace('aria2-meta4');
    await aria2(folder, '--listen-port', `${await freePort()}`, `--metalink-file=${join(media, `${FILM}.meta4`)}`);
    expect(isFilm(join(folder, FILM))).toBe(true);
  });

  test('refuses what does not match the hashes of the .meta4', async () => {
    const folder = workplace('aria2-liar');
    const lying = join(folder, 'lying.meta4');
    const honest = readFileSync(join(media, `${FILM}.meta4`), 'utf8').replace(/<metaurl.*<\/metaurl>/, '');
    writeFileSync(lying, honest.replace(/<hash>..../, '<hash>0000'));
    await expect(aria2(folder, '--max-tries=1', `--metalink-file=${lying}`)).rejects.toThrow(/hash|checksum/i);
  });

  test('finds the mirror in the Link headers of the plain address, and takes a part from there', async () => {
    const folder = workplace('aria2-link');
    const log = join(nginxPlace.workplace, 'access.log');
    const before = readFileSync(log, 'utf8').length;
    await aria2(folder, '--split=2', '--max-connection-per-server=1', '--min-split-size=1M', fileCalled(FILM).url);
    expect(isFilm(join(folder, FILM))).toBe(true);
    const hosts = readFileSync(log, 'utf8').slice(before);
    expect(hosts).toMatch(/^127\.0\.0\.1 20/m);
    expect(hosts).toMatch(/^127\.0\.0\.2 206/m);
  });

  test('fetches a file from the web seeds of its .torrent', async () => {
    const folder = workplace('aria2-torrent');
    await aria2(folder, '--listen-port', `${await freePort()}`, `--torrent-file=${join(media, `${FILM}.torrent`)}`);
    expect(isFilm(join(folder, FILM))).toBe(true);
  });
});

describe('clients finish from the web seeds alone', () => {
  test('Transmission', async () => {
    const folder = workplace('transmission');
    writeFileSync(
      join(folder, 'settings.json'),
      JSON.stringify({
        'bind-address-ipv4': '127.0.0.1',
        'dht-enabled': false,
        'lpd-enabled': false,
        'pex-enabled': false,
        'utp-enabled': false,
        'port-forwarding-enabled': false,
        'blocklist-enabled': false,
      }),
    );
    const saved = join(folder, 'saved');
    mkdirSync(saved);
    const options = ['-g', folder, '-w', saved, '-M', '-p', `${await freePort()}`];
    await fetchWith([program['transmission-cli'], ...options, join(media, `${FILM}.torrent`)], () =>
      isFilm(join(saved, FILM)),
    );
  });

  test('qBittorrent', async () => {
    const folder = workplace('qbittorrent');
    mkdirSync(join(folder, 'qBittorrent/config'), { recursive: true });
    writeFileSync(
      join(folder, 'qBittorrent/config/qBittorrent.conf'),
      `[LegalNotice]
Accepted=true
[BitTorrent]
Session\\DHTEnabled=false
Session\\LSDEnabled=false
Session\\PeXEnabled=false
Session\\Interface=lo
Session\\InterfaceName=lo
Session\\Port=${await freePort()}
Session\\Preallocation=false
[Network]
PortForwardingEnabled=false
[Preferences]
WebUI\\Address=127.0.0.1
WebUI\\UseUPnP=false
`,
    );
    const saved = join(folder, 'saved');
    mkdirSync(saved);
    const options = [
      `--profile=${folder}`,
      `--webui-port=${await freePort()}`,
      `--save-path=${saved}`,
      '--skip-dialog=true',
    ];
    await fetchWith([program['qbittorrent-nox'], ...options, join(media, `${FILM}.torrent`)], () =>
      isFilm(join(saved, FILM)),
    );
  });

  test('libtorrent, which also reads the same torrent and magnet as we wrote', async () => {
    const folder = workplace('libtorrent');
    const script = `
import libtorrent as lt, sys, time
path, magnet, folder = sys.argv[1:]
session = lt.session({'enable_dht': False, 'enable_lsd': False, 'enable_upnp': False, 'enable_natpmp': False,
                      'listen_interfaces': '127.0.0.1:0', 'alert_mask': lt.alert.category_t.all_categories})
info = lt.torrent_info(path)
link = lt.parse_magnet_uri(magnet)
assert str(link.info_hashes.v1) == str(info.info_hashes().v1), 'the info hash of the magnet'
assert link.name == info.name(), 'the name of the magnet'
assert [seed['url'] for seed in info.web_seeds()] == link.url_seeds, 'the web seeds of the magnet'
assert [tracker.url for tracker in info.trackers()] == link.trackers, 'the trackers of the magnet'
parameters = lt.add_torrent_params()
parameters.ti, parameters.save_path = info, folder
torrent = session.add_torrent(parameters)
until = time.time() + 45
while not torrent.status().is_seeding:
    if time.time() > until: sys.exit('\\n'.join(str(alert) for alert in session.pop_alerts()))
    session.wait_for_alert(200)
`;
    const magnets = readFileSync(join(media, 'rivulet/magnets.txt'), 'utf8').split('\n');
    const magnet = magnets.find((line) => line.includes(`&dn=${encodeURIComponent(FILM)}`)) ?? '';
    await fetchWith([program.python3, '-c', script, join(media, `${FILM}.torrent`), magnet, folder]);
    expect(isFilm(join(folder, FILM))).toBe(true);
  });
});

describe('the program', () => {
  test('run again changes nothing, and says so for machines', async () => {
    const { stdout } = await runPublish(`http://127.0.0.1:${port}/media`);
    expect(JSON.parse(stdout)).toMatchObject({ written: [], removed: [], hashedBytes: 0 });
  });

  test('stopped by Ctrl-C leaves nothing half-written, and ends with 130', async () => {
    const folder = workplace('interrupted');
    const large = join(folder, 'large.bin');
    writeFileSync(large, '');
    // Takes no room, but seconds to hash.
    truncateSync(large, 8_000_000_000);
    const child = spawn('node', ['bin/rivulet.js', 'publish', folder, '--base', 'https://cdn.example/'], {
      cwd: resolve('.'),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    await waitUntil(() => openFilesOf(child.pid ?? 0).includes(large));
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    const { stdout } = await promisify(execFile)('find', [folder, '-type', 'f', '-printf', '%P\\n']);
    expect(stdout.trim().split('\n')).toEqual(['large.bin']);
  });
});

/** Paths that a process has open. @see proc(5) */
function openFilesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((number) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${number}`);
    } catch {
      return []; // closed meanwhile
    }
  });
}
