import { beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../support/browser-driver.ts';
import type { MadeTorrent } from '../../support/make-torrent.ts';
import type { OriginServer } from '../../support/origin-server.ts';
import { sha256Hex } from '../../support/payload.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sendFrom } from '../ask-engine.ts';
import { escaped, KIB, type World } from '../open-world.ts';
import { savedFiles } from '../saved-files.ts';

/** A name of the public web that leads to this machine. */
const PUBLIC = 'public.test';
const OTHER = 'other.test';
/** What the browser's world has to be opened with. */
export const NAMES_OF_THIS_MACHINE: readonly string[] = [PUBLIC, OTHER];
const PATIENTLY = { timeoutMs: 30_000 };

/** Torrents that a server answers with, whatever its address says. */
export function serverAnswers(worldOf: () => World): void {
  describe('what a server answers', () => {
    let world: World;
    let publicUrl: string;
    beforeAll(async () => {
      world = worldOf();
      publicUrl = world.site.url.replace('127.0.0.1', PUBLIC);
      // Clicks start at once; what nobody clicked on waits for the user all the same.
      await sendFrom(ours(), 'settings.set', { askFirst: false });
    }, 180_000);

    const ours = () => ({ browser: world.browser, tab: world.list.tab });

    /** A torrent whose file is on the site, and where its .torrent is. */
    function serve(path: string, type: string, headers: Readonly<Record<string, string>> = {}): MadeTorrent {
      const file = `/files${path}.bin`;
      const torrent = world.newTorrent(100 * KIB, { urlList: [`${world.site.url}${file}`] });
      world.site.serve(file, torrent.payload);
      world.site.serve(path, torrent.torrentBytes, type);
      world.site.behave(path, { extraHeaders: headers });
      return torrent;
    }

    /** Waits until the add sheet is open and shows the torrent, and closes it. */
    async function untilAsked({ name: fileName }: MadeTorrent): Promise<void> {
      const isAsked = async () => {
        for (const tab of await world.browser.tabs()) {
          if (!(await world.browser.url(tab)).endsWith('/add.html')) continue;
          const names = () => [...document.querySelectorAll('.entry-name')].map((one) => one.textContent?.trim() ?? '');
          const shown = await world.browser.evaluate(tab, names);
          if (!shown.includes(fileName)) return false;
          await world.browser.closeTab(tab);
          return true;
        }
        return false;
      };
      await waitUntil(isAsked, { ...PATIENTLY, what: `the add sheet to show ${fileName}` });
    }

    /** The .torrent that the browser had begun to save is gone again. */
    const untilNothingIsSaved = () =>
      waitUntil(() => Object.keys(savedFiles(world.browser.downloadsDir)).every((file) => /\.bin$|^kept/.test(file)), {
        ...PATIENTLY,
        what: 'no .torrent in Downloads',
      });

    async function page(html: string, base = world.site.url): Promise<Tab> {
      world.site.servePage('/page', `<!doctype html><title>Page</title>${html}`);
      return world.browser.open(`${base}/page`);
    }

    /** Clicks what ends in a download, with the mouse alone: Firefox's own click waits 5 s for a page that never comes. */
    const clickFor = (tab: Tab, css: string) => world.browser.clickWith(tab, css, {});

    test('an ordinary download whose server names its torrent goes on here, and stays the browser’s if the user prefers', async () => {
      const offer = (path: string) => {
        const torrent = world.newTorrent(3 * KIB * KIB, { urlList: [`${world.site.url}${path}`] });
        world.site.serve(path, torrent.payload, 'application/octet-stream');
        world.site.serve(`${path}.torrent`, torrent.torrentBytes, 'application/x-bittorrent');
        const link = `<${world.site.url}${path}.torrent>; rel=describedby; type="application/x-bittorrent"`;
        // Slow enough to be stopped: what is there at once need not be.
        world.site.behave(path, { extraHeaders: { link }, rateBytesPerS: 2 * KIB * KIB });
        return torrent;
      };
      const here = offer('/described.bin');
      await clickFor(await page('<a id="link" href="/described.bin">file</a>'), '#link');
      const row = await world.list.untilDone(here.infoHash);
      expect(row.originBytes).toBe(3 * KIB * KIB);
      expect(Object.values(savedFiles(world.browser.downloadsDir))).toContain(sha256Hex(here.payload));

      await sendFrom(ours(), 'settings.set', { hybridDownloads: false });
      const plain = offer('/kept-plain.bin');
      await clickFor(await page('<a id="link" href="/kept-plain.bin">file</a>'), '#link');
      const isSaved = () => Object.values(savedFiles(world.browser.downloadsDir)).includes(sha256Hex(plain.payload));
      await waitUntil(isSaved, { ...PATIENTLY, what: 'the browser to save the file' });
      expect(await world.list.row(plain.infoHash)).toBeNull();
      await sendFrom(ours(), 'settings.set', { hybridDownloads: true });
    }, 90_000);

    test.each<[string, string, string, Readonly<Record<string, string>>]>([
      ['an address without a suffix, by its type', '/get/1', 'application/x-bittorrent', {}],
      [
        'by the name that it gives its file',
        '/get/2',
        'application/octet-stream',
        { 'content-disposition': 'attachment; filename="a.torrent"' },
      ],
      ['by its first bytes, when nothing else tells', '/get/3', 'application/octet-stream', {}],
    ])('%s', { timeout: 60_000 }, async (_name, path, type, headers) => {
      const torrent = serve(path, type, headers);
      const tab = await page(`<a id="link" href="${path}">link</a>`);
      await clickFor(tab, '#link');
      await untilAsked(torrent);
      expect(await world.browser.url(tab)).toBe(`${world.site.url}/page`);
      await untilNothingIsSaved();
    });

    test('the answer to a form, behind a login', { timeout: 60_000 }, async () => {
      const torrent = serve('/form', 'application/x-bittorrent');
      world.site.behave('/form', { requiresForm: 'id=7&words=a+b', requiresCookie: true });
      await world.browser.open(`${world.site.url}/login`);
      const fields = '<input name="id" value="7"><input name="words" value="a b">';
      const tab = await page(`<form method="post" action="/form">${fields}<button id="send">Get</button></form>`);
      await clickFor(tab, '#send');
      await untilAsked(torrent);
      await untilNothingIsSaved();
    });

    test('what an extension downloads stays a download', { timeout: 60_000 }, async () => {
      const headers = { 'content-disposition': 'attachment; filename="kept.torrent"' };
      const torrent = serve('/kept.torrent', 'application/x-bittorrent', headers);
      const download = (url: string) =>
        (globalThis as unknown as { chrome: typeof chrome }).chrome.downloads.download({ url });
      await world.browser.evaluate(world.list.tab, download, `${world.site.url}/kept.torrent`);
      await waitUntil(
        () => savedFiles(world.browser.downloadsDir)['kept.torrent'] === sha256Hex(torrent.torrentBytes),
        {
          ...PATIENTLY,
          what: 'kept.torrent in Downloads',
        },
      );
      expect(await world.list.row(torrent.infoHash)).toBeNull();
    });

    describe('a link that is led to this machine', () => {
      let inner: OriginServer;
      /** By a name that no other test's transfers have. */
      let innerUrl: string;
      let secret: MadeTorrent;
      beforeAll(async () => {
        inner = await world.lab.anotherOrigin();
        innerUrl = inner.url.replace('127.0.0.1', 'localhost');
        secret = world.newTorrent(100 * KIB);
        inner.serve('/secret', secret.payload);
        world.site.behave('/led', { redirectTo: `${innerUrl}/secret` });
        world.site.serve('/led.torrent', secret.torrentBytes);
      });
      const magnet = () =>
        secret.magnet({ exactSources: [`${publicUrl}/led.torrent`], webSeeds: [`${publicUrl}/led`] });

      test('by a public page does not get there', { timeout: 60_000 }, async () => {
        const tab = await page(`<a id="link" href="${escaped(magnet())}">link</a>`, publicUrl);
        await world.browser.click(tab, '#link');
        const wasLed = () => world.requestsFor('/led').length > 0;
        await waitUntil(wasLed, { ...PATIENTLY, what: 'the origin to be asked' });
        await world.list.until(secret.infoHash, ({ text }) => /public\.test/.test(text), PATIENTLY);
        expect(inner.requests).toEqual([]);
      });

      test('by the user does', { timeout: 90_000 }, async () => {
        const own = world.newTorrent(100 * KIB);
        inner.serve('/own', own.payload);
        world.site.behave('/own', { redirectTo: `${innerUrl}/own` });
        world.site.serve('/own.torrent', own.torrentBytes);
        const other = publicUrl.replace(PUBLIC, OTHER);
        const sources = { exactSources: [`${other}/own.torrent`], webSeeds: [`${other}/own`] };
        await sendFrom(ours(), 'transfer.add', { text: own.magnet(sources) });
        await waitUntil(() => inner.requests.some(({ path }) => path === '/own'), {
          timeoutMs: 90_000,
          what: 'the origin inside to be asked',
        });
      });
    });
  });
}
