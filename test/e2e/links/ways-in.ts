import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../../support/browser-driver.ts';
import type { MadeTorrent } from '../../support/make-torrent.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { escaped, KIB, type World } from '../open-world.ts';

const FILLS_LINE = 'style="display: block; height: 60px"';
/** Runs in the list: counts and adds the links of the page that comes to the front next. */
function askWhenLeft(): void {
  const send = (command: string) =>
    chrome.runtime.sendMessage({ to: 'background', kind: 'command', command, input: null });
  const countAndAdd = async () => {
    document.documentElement.dataset.reply = JSON.stringify(await send('page.links'));
    await send('page.add-links');
  };
  document.addEventListener('visibilitychange', () => void countAndAdd(), { once: true });
}

/** Every way into the list but a plain click on a link. */
export function waysIn(worldOf: () => World): void {
  describe('a torrent reaches the user', () => {
    let world: World;
    let page: Tab;
    beforeAll(async () => {
      world = worldOf();
    });
    afterEach(() => world.browser.closeTab(page));

    async function visit(html: string): Promise<void> {
      world.site.servePage('/ways', `<!doctype html><title>Ways</title>${html}`);
      page = await world.browser.open(`${world.site.url}/ways`);
    }
    const newTorrent = () => world.newTorrent(KIB);
    const linkTo = (href: string, text = 'link', more = '') =>
      `<a id="link" href="${escaped(href)}" ${FILLS_LINE} ${more}>${text}</a>`;
    const untilListed = (...torrents: readonly MadeTorrent[]) =>
      Promise.all(torrents.map(({ infoHash }) => world.list.until(infoHash, () => true)));
    const metalinkOf = (torrentUrl: string) =>
      new TextEncoder().encode(
        `<?xml version="1.0"?><metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="a.bin">` +
          `<metaurl mediatype="torrent">${torrentUrl}</metaurl></file></metalink>`,
      );
    /** Serves a Metalink, and the .torrent that it names. */
    function serveMetalink(path: string): MadeTorrent {
      const torrent = newTorrent();
      const torrentPath = `${path}-names.torrent`;
      world.site.serve(torrentPath, torrent.torrentBytes);
      world.site.serve(path, metalinkOf(`${world.site.url}${torrentPath}`), 'application/metalink4+xml');
      return torrent;
    }

    test('by a link that says its type, whatever its address', async () => {
      const torrent = newTorrent();
      world.site.serve('/get', torrent.torrentBytes, 'application/x-bittorrent');
      await visit(linkTo('/get', 'torrent', 'type="application/x-bittorrent"'));
      await world.browser.click(page, '#link');
      await untilListed(torrent);
    });

    test('by a link to a Metalink', async () => {
      const torrent = serveMetalink('/film.meta4');
      await visit(linkTo('/film.meta4'));
      await world.browser.click(page, '#link');
      await untilListed(torrent);
    });

    test('by a link in a drawing', async () => {
      const torrent = newTorrent();
      await visit(
        `<svg width="200" height="100"><a href="${escaped(torrent.magnet())}"><rect id="link" width="200" height="100"/></a></svg>`,
      );
      await world.browser.click(page, '#link');
      await untilListed(torrent);
    });

    test('by the context menu of a link', async () => {
      const torrent = newTorrent();
      await visit(linkTo(torrent.magnet()));
      await world.browser.chooseFromMenu(page, '#link', 'download-link');
      await untilListed(torrent);
    });

    test('by the context menu of a selected text with a magnet and an info hash', async () => {
      const [first, second] = [newTorrent(), newTorrent()];
      await visit(`<p id="text">Take ${escaped(first.magnet())}, or else ${second.infoHash}.</p>`);
      await world.browser.evaluate(page, () => getSelection()?.selectAllChildren(document.body));
      await world.browser.chooseFromMenu(page, '#text', 'download-selection');
      await untilListed(first, second);
    });

    test('by the context menu of a page: all that its frames and shadow roots have', async () => {
      const [first, inFrame, inShadow, typed] = [newTorrent(), newTorrent(), newTorrent(), newTorrent()];
      world.site.serve('/typed', typed.torrentBytes, 'application/x-bittorrent');
      world.site.servePage('/inner', `<!doctype html>${linkTo(inFrame.magnet())}`);
      await visit(`<p id="text">A page</p>${linkTo(first.magnet())}${linkTo('/index.html')}
        <a href="/typed" type="application/x-bittorrent">typed</a>
        <a href="magnet:?xt=urn:sha1:YNCKHTQCWBTRNJIVCHIPEPDHKSQGNVCA">Gnutella</a>
        <iframe src="/inner"></iframe><div id="host"></div><script>
        document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(linkTo(inShadow.magnet()))};
        </script>`);
      const rowsBefore = (await world.list.rows()).length;
      await world.browser.chooseFromMenu(page, '#text', 'download-page');
      await untilListed(first, inFrame, inShadow, typed);
      expect((await world.list.rows()).length - rowsBefore).toBe(4);
    });

    test('by "Add all", which says how many the page has', async () => {
      const torrents = [newTorrent(), newTorrent(), newTorrent()];
      const { browser, list, site } = world;
      const [onServer, ...magnets] = torrents;
      site.serve('/all.torrent', onServer?.torrentBytes ?? new Uint8Array());
      await visit(`${linkTo('/all.torrent')}${magnets.map((torrent) => linkTo(torrent.magnet())).join('\n')}`);
      if (browser.name === 'chromium') {
        // The list asks when it opens, and here it is a tab itself: it opens anew while the page is in front.
        await browser.evaluate(list.tab, () => void setTimeout(() => location.reload()));
        await browser.waitFor(list.tab, () =>
          document.querySelector('.page-links')?.textContent?.startsWith('3 torrent links on this page'),
        );
        await browser.evaluate(list.tab, () => document.querySelector<HTMLElement>('.page-links button')?.click());
      } else {
        // Whatever is done in a tab of Firefox brings it to the front: the list asks when it is left, and is left alone.
        await browser.evaluate(list.tab, askWhenLeft);
        await browser.evaluate(page, () => document.title);
        await waitUntil(() => world.requestsFor('/all.torrent').length > 0, {
          what: 'the engine to fetch the .torrent',
        });
        expect(await browser.evaluate(list.tab, () => document.documentElement.dataset.reply)).toBe(
          JSON.stringify({ ok: true, output: { count: 3 } }),
        );
      }
      await untilListed(...torrents);
    });

    test('by several links that are pasted into the field', async () => {
      const torrents = [newTorrent(), newTorrent(), newTorrent()];
      await visit('');
      const text = `Three:\n${torrents.map((torrent) => torrent.magnet()).join('\n')}\n${torrents[0]?.infoHash}`;
      await world.browser.evaluate(
        world.list.tab,
        (pasted) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', pasted);
          const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData });
          // Firefox gives an event that is made here clipboard data of its own, which is empty.
          if (paste.clipboardData?.getData('text/plain') === '') paste.clipboardData.setData('text/plain', pasted);
          document.querySelector('#add')?.dispatchEvent(paste);
        },
        text,
      );
      await untilListed(...torrents);
      const { words } = await world.list.untilFieldSays(/added/);
      expect(words).toBe('3 links added.');
    });

    test('by a .torrent and a Metalink that are dropped together', async () => {
      const [dropped, named] = [newTorrent(), serveMetalink('/dropped.meta4')];
      await visit('');
      const files = [
        ['a.torrent', Buffer.from(dropped.torrentBytes).toString('base64')],
        ['b.meta4', Buffer.from(metalinkOf(`${world.site.url}/dropped.meta4-names.torrent`)).toString('base64')],
      ] as const;
      await world.browser.evaluate(
        world.list.tab,
        (given) => {
          const dataTransfer = new DataTransfer();
          for (const [fileName, base64] of given) {
            const blobParts = [Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))];
            dataTransfer.items.add(new File(blobParts, fileName));
          }
          const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer });
          document.querySelector('main')?.dispatchEvent(drop);
        },
        files,
      );
      await untilListed(dropped, named);
    });

    test('by several links that are typed into the field', async () => {
      const [first, second] = [newTorrent(), newTorrent()];
      await visit('');
      await world.list.add(`${first.infoHash} ${second.infoHash}`);
      await untilListed(first, second);
    });

    test('by the address bar, after "rivulet"', async () => {
      const torrent = newTorrent();
      await visit('');
      await world.browser.enterAfterKeyword(page, torrent.magnet());
      await untilListed(torrent);
    });
  });
}
