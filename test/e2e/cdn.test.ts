import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatShare } from '../../src/dashboard/format-share.ts';
import type { Statistics } from '../../src/model/statistics.ts';
import { formatBytes } from '../../src/ui/formats/format-bytes.ts';
import type { BrowserDriver } from '../support/browser-driver.ts';
import { ensureFilePrograms } from '../support/file-programs.ts';
import { type FileServer, freePort, startFileServer } from '../support/file-servers.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { pseudoRandomBytes, sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { extensionDir } from './extension-dir.ts';
import { pathOfControl } from './page-path.ts';
import { savedFiles } from './saved-files.ts';
import { TransferList } from './transfer-list.ts';

/*
 * All that a publisher has, as one thing: a folder is published, nginx serves it, an edge lets the visitors meet and counts
 * what nginx wrote into its log, and a plain page has the link. Everything is the built program or a program of others.
 */

const FILM = 'ep 42.mp4';
const film = pseudoRandomBytes(42, 8_000_000);
/** What nginx gives to one connection: a line that is slow enough for peers to be of use, as the origin's are. */
const ORIGIN_BYTES_PER_S = 1_500_000;
/** The publisher's word to the extensions of visitors. */
const POLICY = 'spare-origin; within=15';
/** nginx's "combined", and what part of the file was sent: `docs/edge/statistics.md`. */
const LOG_FORMAT = `'$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$sent_http_content_range"'`;

const root = mkdtempSync(join(tmpdir(), 'rivulet-cdn-'));
const media = join(root, 'media');
const logPath = join(root, 'nginx', 'access.log');

type Edge = { readonly url: string; readonly stop: () => Promise<void> };
type PublishedFile = { readonly url: string; readonly infoHash: string };

let lab: Lab;
let nginx: FileServer;
let edge: Edge;
let siteUrl = '';
let file: PublishedFile;

beforeAll(async () => {
  lab = openLab();
  const program = await ensureFilePrograms(['nginx']);
  const [sitePort, edgePort] = [await freePort(), await freePort()];
  siteUrl = `http://127.0.0.1:${sitePort}`;
  chmodSync(root, 0o755);
  for (const folder of ['media', 'nginx', 'pages']) mkdirSync(join(root, folder));
  writeFileSync(join(media, FILM), film);
  writeFileSync(join(media, 'notes.txt'), 'Episode 42 has a beginning, a middle and an end.\n');
  file = await publish(`${siteUrl}/media/`, `127.0.0.1:${edgePort}`);
  writeFileSync(join(root, 'pages/index.html'), `<!doctype html><title>Episodes</title>\n${pastedLink()}\n`);
  const place = { program: program.nginx, workplace: join(root, 'nginx'), media, port: sitePort };
  nginx = await startFileServer([program.nginx, '-c', configureNginx(sitePort), '-e', `${logPath}.errors`], place);
  edge = await startEdge(edgePort);
}, 300_000);

afterAll(async () => {
  await lab?.close();
  await edge?.stop();
  await nginx?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Runs `rivulet publish` and returns what it says of the film. */
async function publish(base: string, edgeHost: string): Promise<PublishedFile> {
  const args = ['bin/rivulet.js', 'publish', media, '--base', base, '--tracker', `ws://${edgeHost}`];
  const more = ['--policy', POLICY, '--report', `http://${edgeHost}/`, '--json'];
  const { stdout } = await promisify(execFile)('node', [...args, ...more]);
  const { files } = JSON.parse(stdout) as { readonly files: readonly (PublishedFile & { readonly name: string })[] };
  return files.find(({ name }) => name === FILM) as PublishedFile;
}

/** The link as it stands on the page of snippets, ready to be copied. */
function pastedLink(): string {
  const page = readFileSync(join(media, 'rivulet/snippets.html'), 'utf8');
  const shown = page
    .slice(page.indexOf('<h2><a href'), page.length)
    .match(/<h3>Link<\/h3>\n<pre>\n([\s\S]*?)<\/pre>/)?.[1];
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
  const link = (shown ?? '').replace(/&(\S+?);/g, (entity, name) => entities[name] ?? entity);
  expect(link).toContain('data-rivulet-torrent');
  return link;
}

function configureNginx(port: number): string {
  const workplace = join(root, 'nginx');
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${workplace}/${name};`,
  );
  const path = join(workplace, 'nginx.conf');
  writeFileSync(
    path,
    `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; master_process off; pid ${workplace}/pid; error_log ${logPath}.errors;
events { }
http {
  ${scratch.join(' ')}
  types { text/html html; video/mp4 mp4; }
  log_format rivulet ${LOG_FORMAT};
  access_log ${logPath} rivulet;
  server {
    listen 127.0.0.1:${port};
    root ${root}/pages;
    location /media/ { alias ${media}/; limit_rate ${ORIGIN_BYTES_PER_S}; include ${media}/rivulet/nginx.conf; }
  }
}
`,
  );
  return path;
}

/** Starts `rivulet edge` as it is built, and waits until it says where it listens. */
async function startEdge(port: number): Promise<Edge> {
  const options = ['--port', `${port}`, '--host', '127.0.0.1', '--data', join(root, 'edge'), '--json'];
  const counting = ['--logs', logPath, '--logs-base', '/media/'];
  const child = spawn('node', ['bin/rivulet.js', 'edge', media, ...options, ...counting], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const said = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  expect(JSON.parse(String(said[0]))).toMatchObject({ port, published: 2, serves: 'listed' });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What nginx says that it sent of the film, answer by answer. */
const sentOfFilm = (): readonly { readonly status: number; readonly bytes: number }[] =>
  readFileSync(logPath, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"GET ${new URL(file.url).pathname} `))
    .map((line) => / (\d{3}) (\d+) "/.exec(line)?.slice(1).map(Number) ?? [])
    .map(([status = 0, bytes = 0]) => ({ status, bytes }));

/** A browser of somebody who has Rivulet and shares. */
async function visitorWhoShares(name: BrowserDriver['name']) {
  const browser = await lab.browser(name, { extensionDir: extensionDir(name) });
  const welcome = await browser.openExtensionPage('welcome.html');
  await browser.click(welcome, await pathOfControl(browser, welcome, 'main', 'Share while I download'));
  await browser.closeTab(welcome);
  return { browser, list: await TransferList.open(browser) };
}

async function clickLink(browser: BrowserDriver): Promise<void> {
  const tab = await browser.open(`${siteUrl}/index.html`);
  await browser.click(tab, 'a');
}

const untilSaved = (browser: BrowserDriver) =>
  waitUntil(() => savedFiles(browser.downloadsDir)[FILM] === sha256Hex(film), {
    timeoutMs: 60_000,
    what: `${FILM} to be saved`,
  });

const statisticsNow = async () => (await (await fetch(`${edge.url}/api/stats`)).json()) as Statistics;

const inPlainBlanks = (text: string) => text.replaceAll('\u00a0', ' ');

test('visitors bring a file to each other, everybody gets it whole, and the edge counts what is true', {
  timeout: 300_000,
}, async () => {
  const brought: { readonly name: string; readonly peerBytes: number; readonly originBytes: number }[] = [];
  for (const name of ['chromium', 'firefox', 'chromium'] as const) {
    const { browser, list } = await visitorWhoShares(name);
    const begunMs = performance.now();
    await clickLink(browser);
    const row = await list.untilDone(file.infoHash, { timeoutMs: 90_000 });
    expect(row).toMatchObject({ state: 'done', policy: 'Spare the origin' });
    const { peerBytes, originBytes } = row;
    expect(peerBytes + originBytes).toBe(film.length);
    await untilSaved(browser);
    brought.push({ name, peerBytes, originBytes });
    const seconds = ((performance.now() - begunMs) / 1000).toFixed(1);
    console.info(`${name}: ${((100 * peerBytes) / film.length).toFixed(0)} % from peers, ${seconds} s`);
  }
  expect(brought[0]?.peerBytes).toBe(0);
  expect(brought[2]?.peerBytes).toBeGreaterThanOrEqual(0.6 * film.length);

  // Somebody without Rivulet has a link like any other.
  const plain = await lab.browser('chromium');
  await clickLink(plain);
  await untilSaved(plain);
  expect(sentOfFilm().filter(({ status }) => status === 200)).toEqual([{ status: 200, bytes: film.length }]);

  // What the edge says is what nginx wrote and what the visitors got.
  const originBytes = sentOfFilm().reduce((sum, { bytes }) => sum + bytes, 0);
  const statistics = await waitUntil(
    async () => {
      const now = await statisticsNow();
      return now.totals.completions >= 4 && now.totals.originBytes >= originBytes ? now : null;
    },
    { timeoutMs: 60_000, what: 'the edge to count four downloads' },
  );
  expect(statistics.totals).toMatchObject({
    completions: 4,
    withPeers: 3,
    plain: 1,
    control: 0,
    started: 3,
    originBytes,
    deliveredBytes: 4 * film.length,
    savedBytes: 4 * film.length - originBytes,
  });
  expect(statistics.files).toMatchObject([{ infoHash: file.infoHash, name: FILM, sizeBytes: film.length }]);
  expect(statistics.notes).toEqual([]);
  const fromOrigins = brought.reduce((sum, visitor) => sum + visitor.originBytes, film.length);
  expect(originBytes).toBeGreaterThanOrEqual(fromOrigins);
  expect(originBytes).toBeLessThan(fromOrigins * 1.1);

  // And so does its page.
  const page = await plain.open(`${edge.url}/`);
  const shown = async (id: string) =>
    inPlainBlanks((await plain.evaluate(page, (id) => document.getElementById(id)?.textContent, id)) ?? '');
  await waitUntil(async () => (await shown('downloads')) === '4', { what: 'the page to show four downloads' });
  expect(await shown('origin-bytes')).toBe(inPlainBlanks(formatBytes(originBytes)));
  expect(await shown('offload')).toBe(inPlainBlanks(formatShare(statistics.totals.offload ?? 0)));
});
