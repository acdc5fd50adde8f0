import { readdirSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '../../../src/model/commands.ts';
import type { Tab } from '../../support/browser-driver.ts';
import type { MadeTorrent } from '../../support/make-torrent.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sendFrom } from '../ask-engine.ts';
import { escaped, KIB, type World } from '../open-world.ts';

const FILLS_PAGE = 'style="display: block; width: 100%; height: 100px; background: silver"';

/** Which clicks on links in pages are taken, and which are left to the browser. */
export function linkCapture(worldOf: () => World): void {
  describe('a link in a page', () => {
    let world: World;
    let page: Tab;
    beforeAll(async () => {
      world = worldOf();
    });
    afterEach(() => world.browser.closeTab(page));

    async function visit(html: string): Promise<void> {
      world.site.servePage('/capture', `<!doctype html><title>Capture</title>${html}`);
      page = await world.browser.open(`${world.site.url}/capture`);
    }
    /** A .torrent that the server hands out, and the path of it. */
    function serveTorrent(path: string): MadeTorrent {
      const torrent = world.newTorrent(KIB);
      world.site.serve(path, torrent.torrentBytes);
      return torrent;
    }
    const untilListed = (infoHash: string) => world.list.until(infoHash, () => true);

    test.each([
      ['with Control held', { modifiers: ['Control'] }],
      ['with the middle button', { button: 'middle' }],
    ] as const)('clicked %s is left to the browser', async (how, click) => {
      const path = `/${how.replaceAll(' ', '-')}.torrent`;
      const { infoHash } = serveTorrent(path);
      await visit(`<a id="link" href="${path}">torrent</a>`);
      await world.browser.clickWith(page, '#link', click);
      await waitUntil(() => world.requestsFor(path).length > 0, { what: 'the browser to follow the link' });
      expect(world.requestsFor(path)[0]?.headers['sec-fetch-mode']).toBe('navigate');
      expect(await world.list.row(infoHash)).toBeNull();
    });

    test('clicked by a script of the page is left to the browser', async () => {
      const { infoHash } = serveTorrent('/synthetic.torrent');
      await visit('<a id="link" href="/synthetic.torrent">torrent</a>');
      await world.browser.evaluate(page, () => document.querySelector<HTMLElement>('#link')?.click());
      await waitUntil(() => world.requestsFor('/synthetic.torrent').length > 0, {
        what: 'the browser to follow the link',
      });
      expect(world.requestsFor('/synthetic.torrent')[0]?.headers['sec-fetch-mode']).toBe('navigate');
      expect(await world.list.row(infoHash)).toBeNull();
    });

    test('that a script added after the page had loaded is captured', async () => {
      const { infoHash, href } = world.newMagnet();
      await visit(`<script>addEventListener('load', () => setTimeout(() => {
        document.body.innerHTML = '<p><a id="late" href="${href}"><b>magnet</b></a>';
      }, 200))</script><body>`);
      await world.browser.click(page, '#late b');
      await untilListed(infoHash);
    });

    test('inside an open shadow root is captured', async () => {
      const { infoHash, href } = world.newMagnet();
      await visit(`<div id="host"></div><script>
        document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML =
          '<a href="${href}" ${FILLS_PAGE}>magnet</a>';
      </script>`);
      await world.browser.click(page, '#host');
      await untilListed(infoHash);
    });

    test('inside a frame of the same origin is captured', async () => {
      const { infoHash, href } = world.newMagnet();
      world.site.servePage('/inner', `<!doctype html><a href="${href}" ${FILLS_PAGE}>magnet</a>`);
      await visit('<iframe src="/inner" width="300" height="100"></iframe>');
      await world.browser.click(page, 'iframe');
      await untilListed(infoHash);
    });

    test('of a site that is to be left alone is clicked as if the extension were not there', {
      timeout: 120_000,
    }, async () => {
      const { browser, list } = world;
      const send = (input: Input<'settings.set'>) => sendFrom({ browser, tab: list.tab }, 'settings.set', input);
      const { infoHash } = serveTorrent('/left.torrent');
      // The page's own listener is behind ours: it hears of a click that nobody has taken, in the same moment.
      const html = `<a id="link" href="/left.torrent">torrent</a><a id="other" href="/other">page</a><script>
        window.clicks = [];
        addEventListener('click', (event) => {
          if (event.target.id === 'link') clicks.push(event.isTrusted + ' ' + event.defaultPrevented);
          event.preventDefault();
        });
      </script>`;
      await visit(html);
      await send({ siteRules: [{ host: '127.0.0.1', rule: 'ignore' }] });
      const clicks = () => browser.evaluate(page, () => (window as unknown as { clicks: string[] }).clicks);
      // A test points and clicks in the same moment: the first click may be asked about and made again. What was heard
      // then holds for the next.
      await waitUntil(
        async () => {
          await browser.click(page, '#link');
          return (await clicks()).includes('true false');
        },
        { timeoutMs: 20_000, what: 'a click that nobody took away' },
      );
      const before = (await clicks()).length;
      await browser.click(page, '#link');
      expect((await clicks()).slice(before)).toEqual(['true false']);
      expect(await list.row(infoHash)).toBeNull();

      await send({ siteRules: [] });
      // This page would ask again when some seconds have passed; another one asks at once.
      await browser.closeTab(page);
      await visit(html);
      await waitUntil(
        async () => {
          await browser.click(page, '#link');
          return list.until(infoHash, () => true, { timeoutMs: 3_000 }); // it is told first what there is
        },
        { timeoutMs: 40_000, what: 'the link to be taken again' },
      );
    });

    test('inside a frame that is written into the page is captured', async () => {
      const { infoHash, href } = world.newMagnet();
      const inner = escaped(`<a href="${href}" ${FILLS_PAGE}>magnet</a>`);
      await visit(`<iframe srcdoc="${inner}" width="300" height="100"></iframe>`);
      await world.browser.click(page, 'iframe');
      await untilListed(infoHash);
    });

    test('and the page around it show no trace of the extension', async () => {
      const { lab, browser, site } = world;
      const html = `<!doctype html><html><head><title>Spy</title></head><body><a href="${world.newMagnet().href}">magnet</a></body></html>`;
      site.servePage('/spy', html);
      page = await browser.open(`${site.url}/spy`);
      const seen = await browser.evaluate(page, lookAround);
      const plain = await lab.browser(browser.name);
      const seenInPlain = await plain.evaluate(await plain.open(`${site.url}/spy`), lookAround);
      expect(seen).toEqual(seenInPlain);
      expect(seen.html).toContain('<body><a href="magnet:');

      const files = readdirSync(browser.name === 'chromium' ? 'dist/chrome' : 'dist/firefox').filter((file) =>
        file.includes('.'),
      );
      const urls = [...files, 'icons/32.png'].map((file) => `${browser.extensionOrigin}/${file}`);
      const reachable = await browser.evaluate(page, reachableOf, urls);
      expect(urls.length).toBeGreaterThan(5);
      expect(reachable).toEqual([]);
      await plain.close();
    });
  });
}

/** Runs in the page: what its scripts can tell. */
function lookAround() {
  const { chrome } = window as unknown as { chrome?: object };
  return {
    html: document.documentElement.outerHTML,
    globals: Object.getOwnPropertyNames(window).sort(),
    documentMembers: Object.getOwnPropertyNames(document).sort(),
    chromeMembers: Object.keys(chrome ?? {}).sort(),
    resources: performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((url) => !url.endsWith('/favicon.ico')), // the browser's own, sooner or later
    styleSheets: document.styleSheets.length + document.adoptedStyleSheets.length,
  };
}

/** Runs in the page: which of these addresses it can fetch or draw. */
async function reachableOf(urls: string[]): Promise<string[]> {
  const isReachable = async (url: string) => {
    const fetched = await fetch(url, { mode: 'no-cors' }).then(
      () => true,
      () => false,
    );
    const drawn = await new Promise<boolean>((resolve) => {
      const image = new Image();
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = url;
    });
    return fetched || drawn;
  };
  const answers = await Promise.all(urls.map(isReachable));
  return urls.filter((_, index) => answers[index]);
}
