import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaFile } from '../support/media.ts';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';

/** Runs in the list: asks until a page with something to play is in front, and plays the first of it. */
function playWhenThere(): void {
  const send = (command: string, input: unknown) =>
    chrome.runtime.sendMessage({ to: 'background', kind: 'command', command, input });
  const ask = async (): Promise<void> => {
    const { media } = (await send('page.media', null)).output;
    if (media.length === 0) return void setTimeout(ask, 100);
    const played = await send('page.play-media', { fileUrl: media[0].fileUrl });
    document.documentElement.dataset.reply = JSON.stringify({ media, played });
  };
  delete document.documentElement.dataset.reply;
  void ask();
}

const PLAYING = { timeoutMs: 30_000 };
const film = mediaFile('webm').then((bytes) => Buffer.from(bytes));

describe.each(BROWSERS)('what a page publishes to be played, in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  /** Puts a file and its torrent on the site, in a page with an element for it, and asks what the page offers. */
  async function visit(torrentPath: string) {
    const { browser, list, site } = world;
    const torrent = world.newTorrent(1, { name: `${name} ${torrentPath.length}.webm`, content: await film });
    const path = `/${torrent.name}`;
    site.serve(path, torrent.payload);
    site.serve(`${path}.torrent`, torrent.torrentBytes);
    const attribute = `data-rivulet-torrent="${torrentPath === 'its own' ? `${path}.torrent` : torrentPath}"`;
    site.servePage(
      '/watch',
      `<!doctype html><title>Watch</title><video title="A river" preload="none" src="${path}" ${attribute}></video>
       <audio preload="none" src="${path}"></audio>`,
    );
    const torrentRequests = () => site.requests.filter((request) => request.path.endsWith('.torrent')).length;
    const before = torrentRequests();
    await browser.evaluate(list.tab, playWhenThere);
    const tab = await browser.open(`${site.url}/watch`);
    await browser.evaluate(tab, () => document.title);
    await waitUntil(() => torrentRequests() > before, { what: 'the engine to ask for its torrent' });
    await browser.waitFor(list.tab, () => document.documentElement.dataset.reply !== undefined);
    const reply = await browser.evaluate(list.tab, () => document.documentElement.dataset.reply ?? '');
    await browser.closeTab(tab);
    return { torrent, fileUrl: `${site.url}${encodeURI(path)}`, ...JSON.parse(reply) };
  }

  test('becomes a transfer that is played and saved nowhere, until the user resumes it', async () => {
    const { list, browser } = world;
    const { torrent, fileUrl, media, played } = await visit('its own');
    expect(media).toEqual([{ kind: 'video', fileUrl, title: 'A river' }]);
    expect(played).toEqual({ ok: true, output: { id: torrent.infoHash } });
    await list.untilDone(torrent.infoHash);
    expect(savedFiles(browser.downloadsDir)).toEqual({});
    const player = await browser.openExtensionPage(`player.html?id=${torrent.infoHash}&file=0`);
    await browser.waitFor(player, () => document.querySelector('video') !== null);
    await browser.evaluate(player, () => {
      const media = document.querySelector('video') as HTMLVideoElement;
      media.muted = true; // a browser may want a click before anything sounds
      media.addEventListener('canplay', () => void media.play().catch(() => undefined), { once: true });
    });
    await browser.waitFor(player, () => (document.querySelector('video')?.currentTime ?? 0) > 0.5, PLAYING);
    await browser.evaluate(
      list.tab,
      (id) => {
        const envelope = { to: 'background', kind: 'command', command: 'transfer.resume', input: { id } };
        return chrome.runtime.sendMessage(envelope).then(() => null);
      },
      torrent.infoHash,
    );
    await waitUntil(() => savedFiles(browser.downloadsDir)[torrent.name] === sha256Hex(torrent.payload), {
      what: 'the file to be saved',
    });
  });

  test('plays in its page where the torrent may not stand for the file', async () => {
    const { torrent, played } = await visit('/nowhere.torrent');
    expect(played).toEqual({ ok: true, output: { id: null } });
    expect(await world.list.row(torrent.infoHash)).toBeNull();
  });
});
