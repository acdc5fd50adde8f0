import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../support/browser-driver.ts';
import { MEDIA_KINDS, type MediaKind, mediaFile } from '../support/media.ts';
import { BROWSERS, KIB, openWorld, type World } from './open-world.ts';

/** About three times what the clips take a second. */
const RATE_BYTES_PER_S = 500 * KIB;
const LATENCY_MS = 50;
/** One byte there, as a share of a clip, comes last, so that none is whole while it is played and jumped in. */
const WITHHELD_AT = 0.6;
/** Behind it, in seconds. */
const JUMP_S = 13;
const TIMEOUT = { timeoutMs: 40_000 };

/** How the element of a player page stands. Runs in the page. */
function standing() {
  const media = document.querySelector('video');
  return {
    /** What lies over the picture. */
    cover: document.querySelector('.cover')?.getAttribute('data-kind') ?? null,
    timeS: media?.currentTime ?? 0,
    isPlaying: media?.paused === false && (media?.readyState ?? 0) >= 3,
    error: media?.error ? `${media.error.code} ${media.error.message}` : null,
    source: media?.currentSrc.slice(0, 5) ?? '',
    width: media?.videoWidth ?? 0,
    durationS: media?.duration ?? 0,
  };
}

describe.each(BROWSERS)('%s plays while it downloads', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  }, 120_000);
  afterAll(() => world?.close());

  /** Whose pages have been closed, the copies of which nothing keeps any more. */
  const closed: string[] = [];
  type Played = { readonly tab: Tab; readonly infoHash: string; readonly sendAll: () => void };

  /** Adds a torrent of one clip from an origin that is slow and keeps some of it back, and opens it in a player at once. */
  async function play(kind: MediaKind, urlPart = ''): Promise<Played> {
    const { browser, site } = world;
    const content = Buffer.from(await mediaFile(kind));
    const fileName = `${name}${urlPart} ${MEDIA_KINDS[kind].name}`;
    const torrent = world.newTorrent(1, { name: fileName, content, urlList: [`${site.url}/`] });
    site.serve(`/${fileName}`, content);
    const startByte = Math.floor(content.length * WITHHELD_AT);
    const withholds = { startByte, endByte: startByte + 1 };
    site.behave(`/${fileName}`, { latencyMs: LATENCY_MS, rateBytesPerS: RATE_BYTES_PER_S, withholds });
    site.serve(`/${kind}${urlPart}.torrent`, torrent.torrentBytes);
    await world.clickLink(`${site.url}/${kind}${urlPart}.torrent`);
    await world.list.until(torrent.infoHash, () => true);
    const tab = await browser.openExtensionPage(`player.html?id=${torrent.infoHash}&file=0`);
    await browser.waitFor(tab, () => document.querySelector('video') !== null);
    // A browser may want a click before anything sounds; without sound it never does.
    await browser.evaluate(tab, () => {
      const media = document.querySelector('video') as HTMLVideoElement;
      media.muted = true;
      media.addEventListener('canplay', () => void media.play().catch(() => undefined), { once: true });
    });
    return { tab, infoHash: torrent.infoHash, sendAll: () => site.behave(`/${fileName}`, null) };
  }

  const jump = (tab: Tab, timeS: number) =>
    world.browser.evaluate(
      tab,
      (toS: number) => {
        (document.querySelector('video') as HTMLVideoElement).currentTime = toS;
      },
      timeS,
    );

  const until = (tab: Tab, timeS: number) =>
    world.browser.waitFor(
      tab,
      (wantedS: number) => {
        const media = document.querySelector('video') as HTMLVideoElement;
        return media.currentTime >= wantedS || media.error !== null;
      },
      TIMEOUT,
      timeS,
    );

  test.each(['webm', 'mp4IndexLast', 'mkv'] as const)(
    '%s: from the first second, and after a jump',
    {
      timeout: 120_000,
    },
    async (kind) => {
      const { browser } = world;
      const { tab, infoHash, sendAll } = await play(kind);
      await until(tab, 0.3);
      const began = await browser.evaluate(tab, standing);
      expect(began).toMatchObject({ error: null, width: 320 });
      expect(began.durationS).toBeCloseTo(16, 0);
      expect(began.source).toBe(name === 'chromium' && kind !== 'mkv' ? 'chrom' : 'blob:');
      // Whom the element asks is made anew when the browser has stopped it.
      if (name === 'chromium' && kind === 'mp4IndexLast') await browser.stopServiceWorkers();
      await jump(tab, JUMP_S);
      await until(tab, JUMP_S + 0.3);
      expect(await browser.evaluate(tab, standing)).toMatchObject({ error: null });
      await world.list.until(infoHash, ({ state }) => state === 'downloading'); // it may show what was at first

      sendAll();
      await world.list.untilDone(infoHash);
      await browser.evaluate(tab, () => {
        const media = document.querySelector('video') as HTMLVideoElement;
        media.currentTime = 3; // the copy stays while it is played
        void media.play().catch(() => undefined); // it may have come to its end
      });
      await browser.waitFor(
        tab,
        () => (document.querySelector('video') as HTMLVideoElement).seeking === false,
        TIMEOUT,
      );
      await browser.waitFor(
        tab,
        () => {
          const { currentTime, error } = document.querySelector('video') as HTMLVideoElement;
          return (currentTime > 3.2 && currentTime < 12) || error !== null;
        },
        TIMEOUT,
      );
      expect(await browser.evaluate(tab, standing)).toMatchObject({ error: null, cover: null });
      await browser.closeTab(tab);
      closed.push(infoHash);
    },
  );

  test('another soundtrack goes on from where the picture is, and texts inside are shown', {
    timeout: 90_000,
  }, async () => {
    const { browser } = world;
    const { tab, sendAll } = await play('mkv', ' sound');
    await until(tab, 0.3);
    sendAll();
    const chosen = await browser.evaluate(tab, async () => {
      const opens = [...document.querySelectorAll('button')].find(({ ariaLabel }) =>
        ariaLabel?.startsWith('Soundtrack'),
      );
      opens?.click();
      const readChoices = () => [...document.querySelectorAll<HTMLInputElement>('#menu-audio input')];
      while (readChoices().length === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
      const before = readChoices().map(({ checked }) => checked);
      const timeS = document.querySelector('video')?.currentTime ?? 0;
      readChoices()[1]?.click();
      return { before, timeS };
    });
    expect(chosen.before).toEqual([true, false]);
    await until(tab, chosen.timeS + 1);
    const after = await browser.evaluate(tab, standing);
    expect(after).toMatchObject({ error: null, cover: null, source: 'blob:' });
    const choices = () => [...document.querySelectorAll<HTMLInputElement>('#menu-audio input')].map((it) => it.checked);
    expect(await browser.evaluate(tab, choices)).toEqual([false, true]);
    await showsTextsInside(tab);
    await browser.closeTab(tab);
  });

  /** Chooses each of two texts, and goes to where they say something. */
  async function showsTextsInside(tab: Tab): Promise<void> {
    const { browser } = world;
    const choose = (words: string) =>
      browser.evaluate(
        tab,
        async (wanted) => {
          if (document.querySelector('#menu-subtitles') === null) {
            document.querySelector<HTMLElement>('button[aria-label="Subtitles"]')?.click();
          }
          const find = () =>
            [...document.querySelectorAll('#menu-subtitles .menu-choice')].find((it) => it.textContent === wanted);
          while (find() === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
          find()?.querySelector('input')?.click();
        },
        words,
      );
    const seek = (timeS: number) =>
      browser.evaluate(
        tab,
        (toS) => {
          const media = document.querySelector('video') as HTMLVideoElement;
          media.currentTime = toS;
          media.pause(); // it stays where the words are
        },
        timeS,
      );
    const untilSaid = (words: string | null) =>
      browser.waitFor(
        tab,
        (wanted) => {
          const tracks = [...(document.querySelector('video')?.textTracks ?? [])];
          const shown = tracks.filter(({ mode }) => mode === 'showing').flatMap((it) => [...(it.activeCues ?? [])]);
          return (shown.map((cue) => (cue as VTTCue).text).join() || null) === wanted;
        },
        TIMEOUT,
        words,
      );
    await choose('German');
    await seek(13);
    await untilSaid('Die dritte Zeile');
    await seek(10.5);
    await untilSaid(null);
    await seek(2);
    await untilSaid('Die erste Zeile');
    await choose('English');
    await untilSaid('The first line');
    await choose('Off');
    await untilSaid(null);
  }

  test('sound alone', { timeout: 60_000 }, async () => {
    const { browser } = world;
    const { tab, sendAll } = await play('flac');
    await browser.waitFor(tab, () => (document.querySelector('video')?.readyState ?? 0) >= 3, TIMEOUT);
    const began = await browser.evaluate(tab, standing);
    expect(began.durationS).toBeCloseTo(16, 0);
    expect(began.width).toBe(0);
    sendAll();
    await browser.closeTab(tab);
  });

  test('what ends with the page: another one may be opened, and what was saved is said', {
    timeout: 90_000,
  }, async () => {
    const { browser } = world;
    const [infoHash = ''] = closed;
    // Some seconds after its page, which would have wanted the copy still if it had been loaded again; then there is
    // nothing to play.
    await world.list.until(infoHash, ({ buttons }) => !buttons.includes('Play'), TIMEOUT);
    const again = await browser.openExtensionPage(`player.html?id=${infoHash}&file=0`);
    await browser.waitFor(
      again,
      () => document.querySelector('.cover')?.getAttribute('data-kind') === 'saved',
      TIMEOUT,
    );
    await browser.closeTab(again);
  });
});
