import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../support/browser-driver.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { KIB, type World } from '../open-world.ts';

const FILLS_LINE = 'style="display: block; height: 60px"';

/** What a page that means harm cannot do. */
export function hostilePage(worldOf: () => World): void {
  describe('a hostile page', () => {
    let world: World;
    let page: Tab;
    beforeAll(async () => {
      world = worldOf();
    });
    afterEach(() => world.browser.closeTab(page));

    async function visit(html: string): Promise<void> {
      world.site.servePage('/hostile', `<!doctype html><title>Hostile</title>${html}`);
      page = await world.browser.open(`${world.site.url}/hostile`);
    }
    /** What a real click brings is in the list: whatever the page did before it has then been dealt with, or never will be. */
    async function clickForReal(css: string, infoHash: string): Promise<void> {
      await world.browser.click(page, css);
      await world.list.until(infoHash, () => true, { timeoutMs: 40_000 });
    }

    test('cannot click by itself', async () => {
      const [fake, real] = [world.newMagnet(), world.newMagnet()];
      await visit(`<iframe name="sink" style="display: none"></iframe>
        <a id="fake" href="${fake.href}" target="sink">fake</a><a id="real" href="${real.href}" ${FILLS_LINE}>real</a>`);
      await world.browser
        .evaluate(page, () => {
          const link = document.querySelector('#fake') as HTMLAnchorElement;
          link.addEventListener('click', (event) => event.preventDefault()); // no question of the browser's own
          link.click();
          for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'dblclick']) {
            link.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true }));
          }
          const forged = new MouseEvent('click', { bubbles: true, cancelable: true });
          Object.defineProperty(forged, 'isTrusted', { get: () => true, configurable: true });
          link.dispatchEvent(forged);
        })
        .catch((error: unknown) => {
          // The browser does not let anybody forge it.
          if (!/redefine|isTrusted/i.test(String(error))) throw error;
        });
      await clickForReal('#real', real.infoHash);
      expect(await world.list.row(fake.infoHash)).toBeNull();
    });

    test('cannot speak as the extension does', async () => {
      const [fake, real] = [world.newMagnet(), world.newMagnet()];
      await visit(`<a id="real" href="${real.href}" ${FILLS_LINE}>real</a>`);
      const said = await world.browser.evaluate(
        page,
        async (url) => {
          const envelope = { to: 'background', kind: 'command', command: 'link.capture', input: { url } };
          window.postMessage(envelope, '*');
          for (const type of ['message', 'rivulet', 'link.capture']) {
            document.dispatchEvent(new CustomEvent(type, { detail: envelope, bubbles: true }));
          }
          const { chrome: api } = window as unknown as { chrome?: { runtime?: { sendMessage?: unknown } } };
          const { browser } = window as unknown as { browser?: unknown };
          return { hasSendMessage: typeof api?.runtime?.sendMessage === 'function', hasBrowser: browser !== undefined };
        },
        fake.href,
      );
      expect(said).toEqual({ hasSendMessage: false, hasBrowser: false });
      await clickForReal('#real', real.infoHash);
      expect(await world.list.row(fake.infoHash)).toBeNull();
    });

    test('cannot show a page of the extension in a frame', async () => {
      const real = world.newMagnet();
      const [popup, add] = ['popup.html', `add.html?link=${encodeURIComponent(world.newTorrent(KIB).magnet())}`];
      world.site.servePage('/inner', '<!doctype html>a frame that may be');
      await visit(`<iframe src="/inner"></iframe><iframe id="popup" src="${world.browser.extensionOrigin}/${popup}"></iframe>
        <iframe id="add" src="${world.browser.extensionOrigin}/${add}"></iframe>
        <a id="real" href="${real.href}" ${FILLS_LINE}>real</a>`);
      const rowsBefore = (await world.list.rows()).length;
      await clickForReal('#real', real.infoHash);
      expect((await world.list.rows()).length).toBe(rowsBefore + 1);
      const frameUrls = await world.browser.frameUrls(page);
      expect(frameUrls).toHaveLength(3);
      expect(frameUrls.filter((url) => url.includes('extension://'))).toEqual([]);
      expect(frameUrls.filter((url) => url === `${world.site.url}/inner`)).toHaveLength(1);
    });

    test('that adds 10,000 links a second for three seconds keeps a real click from nothing', {
      timeout: 120_000,
    }, async () => {
      const real = world.newMagnet();
      await visit(`<a id="real" href="${real.href}" ${FILLS_LINE}>real</a><div id="flood"></div>`);
      await world.browser.evaluate(page, () => {
        const flood = document.querySelector('#flood') as HTMLElement;
        let count = 0;
        const add = () => {
          const links = Array.from({ length: 500 }, () => {
            count += 1;
            return `<a href="magnet:?xt=urn:btih:${count.toString(16).padStart(40, '0')}">${count}</a>`;
          });
          const part = document.createElement('p');
          part.innerHTML = links.join('');
          flood.append(part);
          if (count < 30_000) setTimeout(add, 50);
          else document.title = 'full';
        };
        add();
      });
      const rowsBefore = (await world.list.rows()).length;
      await clickForReal('#real', real.infoHash);
      await world.browser.waitFor(page, () => document.title === 'full', { timeoutMs: 60_000 });
      expect((await world.list.rows()).length).toBe(rowsBefore + 1);
    });

    test('with a magnet of a megabyte is left to the browser, and the next click is not', async () => {
      const real = world.newMagnet();
      await visit(`<a id="long">long</a><a id="real" href="${real.href}" ${FILLS_LINE}>real</a>`);
      await world.browser.evaluate(page, () => {
        const link = document.querySelector('#long') as HTMLAnchorElement;
        link.href = `magnet:?xt=urn:btih:${'0'.repeat(40)}&dn=${'a'.repeat(1_000_000)}`;
        // What reaches the page was not taken; the browser need not be asked.
        addEventListener('click', (event) => {
          if (event.target !== link) return;
          event.preventDefault();
          document.title = 'left to the page';
        });
      });
      const rowsBefore = (await world.list.rows()).length;
      await world.browser.click(page, '#long');
      await world.browser.waitFor(page, () => document.title === 'left to the page');
      await clickForReal('#real', real.infoHash);
      expect((await world.list.rows()).length).toBe(rowsBefore + 1);
    });

    test('under which a user’s finger stays on Enter adds 20 links in two seconds, not more', {
      timeout: 120_000,
    }, async () => {
      const torrents = Array.from({ length: 60 }, () => world.newTorrent(KIB));
      const hrefs = torrents.map(({ magnet }) => magnet());
      await visit('<a id="link">link</a>');
      const flooded = page;
      await world.browser.evaluate(
        page,
        (links) => {
          const link = document.querySelector('#link') as HTMLAnchorElement;
          link.href = links[0] ?? '';
          let next = 0;
          // Each real press is another link; the listener stands before the extension's only in time, so it prepares the next.
          addEventListener('keydown', () => {
            next += 1;
            link.href = links[next % links.length] ?? '';
          });
          link.focus();
        },
        hrefs,
      );
      const startMs = Date.now();
      for (let press = 0; press < 50; press++) await world.browser.press(page, 'Enter');
      const lastedMs = Date.now() - startMs;
      // When a later click is in the list, all of these have been dealt with. It may itself come too soon.
      const last = world.newMagnet();
      await world.browser.closeTab(flooded);
      await visit(`<a id="last" href="${last.href}" ${FILLS_LINE}>last</a>`);
      await waitUntil(
        async () => {
          await world.browser.click(page, '#last');
          // A list that comes to the front is told first what there is, which takes it a moment.
          return world.list.until(last.infoHash, () => true, { timeoutMs: 3_000 });
        },
        { timeoutMs: 40_000, what: 'the click after the burst' },
      );
      const ids = new Set((await world.list.rows()).map(({ id }) => id));
      const listed = torrents.filter(({ infoHash }) => ids.has(infoHash)).length;
      expect(listed).toBeGreaterThan(0);
      // Twenty for each two seconds that have begun, and no more, however slow the machine is.
      expect(listed, `in ${lastedMs} ms`).toBeLessThanOrEqual(20 * (Math.floor(lastedMs / 2_000) + 1));
    });
  });
}
