import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../support/browser-driver.ts';
import { MEDIA_KINDS, type MediaKind, mediaFile } from '../support/media.ts';
import { BROWSERS, KIB, openWorld, type World } from './open-world.ts';

/** About three times what the clips take a second: they arrive in five seconds. */
const RATE_BYTES_PER_S = 500 * KIB;
const LATENCY_MS = 50;
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

  /** Adds a torrent of one clip from a slow origin, and opens it in a player at once. */
  async function play(kind: MediaKind, urlPart = ''): Promise<{ readonly tab: Tab; readonly infoHash: string }> {
    const { browser, site } = world;
    const content = Buffer.from(await mediaFile(kind));
    const fileName = `${name}${urlPart} ${MEDIA_KINDS[kind].name}`;
    const torrent = world.newTorrent(1, { name: fileName, content, urlList: [`${site.url}/`] });
    site.serve(`/${fileName}`, content);
    site.behave(`/${fileName}`, { latencyMs: LATENCY_MS, rateBytesPerS: RATE_BYTES_PER_S });
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
    return { tab, infoHash: torrent.infoHash };
  }

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
      const { tab, infoHash } = await play(kind);
      await until(tab, 0.3);
      const began = await browser.evaluate(tab, standing);
      const row = await world.list.row(infoHash);
      expect(began).toMatchObject({ error: null, width: 320 });
      expect(began.durationS).toBeCloseTo(16, 0);
      expect(began.source).toBe(name === 'chromium' && kind !== 'mkv' ? 'chrom' : 'blob:');
      expect(row?.state).not.toBe('done');

      await browser.evaluate(tab, () => {
        (document.querySelector('video') as HTMLVideoElement).currentTime = 13;
      });
      await until(tab, 13.3);
      expect(await browser.evaluate(tab, standing)).toMatchObject({ error: null });

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
    },
  );

  test('another soundtrack goes on from where the picture is, and texts inside are shown', {
    timeout: 90_000,
  }, async () => {
    const { browser } = world;
    const { tab } = await play('mkv', ' sound');
    await until(tab, 0.3);
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
    const { tab } = await play('flac');
    await browser.waitFor(tab, () => (document.querySelector('video')?.readyState ?? 0) >= 3, TIMEOUT);
    const began = await browser.evaluate(tab, standing);
    expect(began.durationS).toBeCloseTo(16, 0);
    expect(began.width).toBe(0);
    await browser.closeTab(tab);
  });

  test('what ends with the page: another one may be opened, and what was saved is said', {
    timeout: 90_000,
  }, async () => {
    const { browser } = world;
    const { tab, infoHash } = await play('webm', '2');
    await until(tab, 0.3);
    await world.list.untilDone(infoHash);
    await browser.closeTab(tab);
    // Some seconds later, because a page that is loaded again wants the copy still; then there is nothing to play.
    await world.list.until(infoHash, ({ buttons }) => !buttons.includes('Play'), TIMEOUT);
    const again = await browser.openExtensionPage(`player.html?id=${infoHash}&file=0`);
    await browser.waitFor(
      again,
      () => document.querySelector('.cover')?.getAttribute('data-kind') === 'saved',
      TIMEOUT,
    );
    await browser.closeTab(again);
  });

  if (name === 'chromium') {
    test('and goes on when the browser has stopped the background', { timeout: 90_000 }, async () => {
      const { browser } = world;
      const { tab } = await play('mp4IndexLast', '3');
      await until(tab, 0.3);
      await browser.stopServiceWorkers();
      await browser.evaluate(tab, () => {
        (document.querySelector('video') as HTMLVideoElement).currentTime = 14;
      });
      await until(tab, 14.3);
      expect(await browser.evaluate(tab, standing)).toMatchObject({ error: null });
      await browser.closeTab(tab);
    });
  }
});
