import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../support/browser-driver.ts';
import type { MadeTorrent } from '../support/make-torrent.ts';
import type { OriginServer } from '../support/origin-server.ts';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';

/** A name of the public web that leads to this machine. */
const PUBLIC = 'public.test';
const PATIENTLY = { timeoutMs: 60_000 };

describe.each(BROWSERS)('what a server answers in %s', (name) => {
  let world: World;
  let publicUrl: string;
  beforeAll(async () => {
    world = await openWorld(name, { namesOfThisMachine: [PUBLIC, 'other.test'] });
    publicUrl = world.site.url.replace('127.0.0.1', PUBLIC);
  }, 180_000);
  afterAll(() => world?.close());

  /** A torrent whose file is on the site, and where its .torrent is. */
  function serve(path: string, type: string, headers: Readonly<Record<string, string>> = {}): MadeTorrent {
    const file = `/files${path}.bin`;
    const torrent = world.newTorrent(100 * KIB, { urlList: [`${world.site.url}${file}`] });
    world.site.serve(file, torrent.payload);
    world.site.serve(path, torrent.torrentBytes, type);
    world.site.behave(path, { extraHeaders: headers });
    return torrent;
  }

  const torrentFilesIn = (dir: string) =>
    (existsSync(dir) ? readdirSync(dir) : []).filter((file) => !/\.bin$/.test(file));

  async function page(html: string, base = world.site.url): Promise<Tab> {
    world.site.servePage('/page', `<!doctype html><title>Page</title>${html}`);
    return world.browser.open(`${base}/page`);
  }

  test.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['an address without a suffix, by its type', '/get/1', 'application/x-bittorrent', {}],
    [
      'by the name that it gives its file',
      '/get/2',
      'application/octet-stream',
      { 'content-disposition': 'attachment; filename="a.torrent"' },
    ],
  ])('%s', { timeout: 120_000 }, async (_name, path, type, headers) => {
    const torrent = serve(path, type, headers);
    const tab = await page(`<a id="link" href="${path}">link</a>`);
    await world.browser.click(tab, '#link');
    // Nobody clicked on what says that it is a torrent: it waits for the user's word.
    await world.list.until(torrent.infoHash, ({ state }) => state === 'choosing', PATIENTLY);
    expect(await world.browser.url(tab)).toBe(`${world.site.url}/page`);
    await waitUntil(() => torrentFilesIn(world.browser.downloadsDir).length === 0, {
      what: 'no .torrent in Downloads',
    });
  });

  test('the answer to a form, behind a login', { timeout: 120_000 }, async () => {
    const torrent = serve('/form', 'application/x-bittorrent');
    world.site.behave('/form', { requiresForm: 'id=7&words=a+b', requiresCookie: true });
    await world.browser.open(`${world.site.url}/login`);
    const fields = '<input name="id" value="7"><input name="words" value="a b">';
    const tab = await page(`<form method="post" action="/form">${fields}<button id="send">Get</button></form>`);
    await world.browser.click(tab, '#send');
    await world.list.until(torrent.infoHash, ({ state }) => state === 'choosing', PATIENTLY);
    await waitUntil(() => torrentFilesIn(world.browser.downloadsDir).length === 0, {
      what: 'no .torrent in Downloads',
    });
  });

  test('what a link with "download" brings stays a download', { timeout: 120_000 }, async () => {
    const torrent = serve('/kept', 'application/x-bittorrent', {
      'content-disposition': 'attachment; filename="kept.torrent"',
    });
    const tab = await page('<a id="link" download href="/kept">link</a>');
    await world.browser.click(tab, '#link');
    await waitUntil(() => savedFiles(world.browser.downloadsDir)['kept.torrent'] === sha256Hex(torrent.torrentBytes), {
      ...PATIENTLY,
      what: 'kept.torrent in Downloads',
    });
    expect(await world.list.row(torrent.infoHash)).toBeNull();
  });

  describe('a link that is led to this machine', () => {
    let inner: OriginServer;
    let secret: MadeTorrent;
    beforeAll(async () => {
      inner = await world.lab.anotherOrigin();
      secret = world.newTorrent(100 * KIB);
      inner.serve('/secret', secret.payload);
      world.site.behave('/led', { redirectTo: `${inner.url}/secret` });
      world.site.serve('/led.torrent', secret.torrentBytes);
    });
    const magnet = () =>
      `magnet:?xt=urn:btih:${secret.infoHash}&xs=${encodeURIComponent(`${publicUrl}/led.torrent`)}&ws=${encodeURIComponent(`${publicUrl}/led`)}`;

    test('by a public page does not get there', { timeout: 120_000 }, async () => {
      const tab = await page(`<a id="link" href="${magnet().replaceAll('&', '&amp;')}">link</a>`, publicUrl);
      await world.browser.click(tab, '#link');
      await world.list.until(secret.infoHash, ({ state }) => state === 'choosing', PATIENTLY);
      const wasLed = () => world.site.requests.filter(({ path }) => path === '/led').length > 0;
      await waitUntil(wasLed, { ...PATIENTLY, what: 'the origin to be asked' });
      await world.list.until(secret.infoHash, ({ text }) => /public\.test/.test(text), PATIENTLY);
      expect(inner.requests).toEqual([]);
      await world.list.press(secret.infoHash, 'Remove');
    });

    test('by the user does', { timeout: 150_000 }, async () => {
      const own = world.newTorrent(100 * KIB);
      inner.serve('/own', own.payload);
      world.site.behave('/own', { redirectTo: `${inner.url}/own` });
      world.site.serve('/own.torrent', own.torrentBytes);
      const other = publicUrl.replace(PUBLIC, 'other.test');
      await world.list.add(
        `magnet:?xt=urn:btih:${own.infoHash}&xs=${encodeURIComponent(`${other}/own.torrent`)}&ws=${encodeURIComponent(`${other}/own`)}`,
      );
      await waitUntil(() => inner.requests.some(({ path }) => path === '/own'), {
        timeoutMs: 90_000,
        what: 'the origin inside to be asked',
      });
    });
  });
});
