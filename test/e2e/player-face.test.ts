import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../support/browser-driver.ts';
import { makePdf } from '../support/make-pdf.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { mediaFile } from '../support/media.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { pathOfControl } from './page-path.ts';

const SUBTITLES = '1\n00:00:00,000 --> 00:00:16,000\nDer <i>Fluss</i> & das Meer\n';
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="36"><rect width="64" height="36"/></svg>';
const PDF = makePdf('The (first) river');
/** A loaded machine decodes slowly. */
const PATIENT = { timeoutMs: 60_000 };

type Element = { readonly timeS: number; readonly isPaused: boolean; readonly texts: readonly string[] };

/** Runs in the player. */
function readElement(): Element {
  const video = document.querySelector('video') as HTMLVideoElement;
  const showing = [...video.textTracks].filter(({ mode }) => mode === 'showing');
  const cues = showing.flatMap(({ activeCues }) => [...(activeCues ?? [])]);
  return { timeS: video.currentTime, isPaused: video.paused, texts: cues.map((cue) => (cue as VTTCue).text) };
}

describe.each(BROWSERS)('the player’s page in %s', { timeout: 180_000 }, (name) => {
  let world: World;
  let tab: Tab;

  beforeAll(async () => {
    world = await openWorld(name);
    const { site, list, browser } = world;
    const film = await mediaFile('webm');
    const bytes = (text: string) => new TextEncoder().encode(text);
    const content = [
      { path: ['Part 1.webm'], bytes: film },
      { path: ['Part 2.webm'], bytes: film },
      { path: ['Part 1.de.srt'], bytes: bytes(SUBTITLES) },
      { path: ['cover.svg'], bytes: bytes(PICTURE) },
      { path: ['paper.pdf'], bytes: PDF },
      { path: ['about.txt'], bytes: bytes('Read by the river.\nGrüße') },
      // It comes as long as the tests last: all else is played while the torrent arrives.
      { path: ['data.bin'], bytes: pseudoRandomBytes(7, 8 * MIB) },
    ];
    const torrent = makeTorrent({ name: 'River', content, pieceLengthBytes: 64 * KIB });
    for (const file of content) site.serve(`/River/${file.path[0]}`, file.bytes);
    site.behave('/River/data.bin', { rateBytesPerS: 8 * KIB });
    site.serve('/River.torrent', torrent.torrentBytes);
    await list.add(torrent.magnet({ webSeeds: [`${site.url}/`], exactSources: [`${site.url}/River.torrent`] }));
    await list.until(torrent.infoHash, ({ buttons }) => buttons.includes('Play'), PATIENT);
    await list.press(torrent.infoHash, 'Play');
    tab = await waitUntil(
      async () => {
        for (const open of await browser.tabs()) if ((await browser.url(open)).includes('player.html')) return open;
        return null;
      },
      { ...PATIENT, what: 'the player to open' },
    );
  }, 180_000);
  afterAll(() => world?.close());

  const element = () => world.browser.evaluate(tab, readElement);
  const until = (wish: (now: Element) => boolean) =>
    waitUntil(
      async () => {
        const now = await element();
        return wish(now) ? now : null;
      },
      { ...PATIENT, what: String(wish) },
    );
  const press = async (control: string) =>
    world.browser.click(tab, await pathOfControl(world.browser, tab, 'main', control));
  const named = (control: string) =>
    world.browser.waitFor(
      tab,
      (label) => document.querySelector(`button[aria-label="${label}"]`) !== null,
      PATIENT,
      control,
    );
  const heading = (words: string) =>
    world.browser.waitFor(tab, (text) => document.querySelector('h1')?.textContent === text, PATIENT, words);
  /** Some browsers want a click before they play. */
  const playing = async () => {
    await waitUntil(
      async () => {
        const { isPaused, timeS } = await element();
        if (!isPaused && timeS > 0) return true;
        const offersPlay = () => document.querySelector('button[aria-label="Play"]') !== null;
        if (await world.browser.evaluate(tab, offersPlay)) await press('Play');
        return false;
      },
      { ...PATIENT, what: 'it to play' },
    );
  };

  test('plays, pauses and plays again, by buttons and keys', async () => {
    await heading('Part 1.webm');
    await playing();
    await named('Pause');
    await press('Pause');
    await until(({ isPaused }) => isPaused);
    await named('Play');
    await world.browser.press(tab, 'k');
    await until(({ isPaused }) => !isPaused);
    await world.browser.press(tab, 'k');
    await until(({ isPaused }) => isPaused);
  });

  test('goes to another place by keys and by a click on the time line', async () => {
    await world.browser.press(tab, '0');
    await until(({ timeS }) => timeS < 1);
    await world.browser.press(tab, 'ArrowRight');
    await until(({ timeS }) => timeS >= 5 && timeS < 7);
    await world.browser.press(tab, 'j');
    await until(({ timeS }) => timeS < 1);
    await world.browser.click(tab, '.seek');
    await until(({ timeS }) => timeS > 7 && timeS < 10);
    const slider = await world.browser.evaluate(tab, () => {
      const line = document.querySelector('[role="slider"]');
      return [line?.getAttribute('aria-label'), line?.getAttribute('aria-valuetext')];
    });
    expect(slider[0]).toBe('Position');
    expect(slider[1]).toMatch(/^0:0[78] of 0:1[56]$/);
  });

  test('shows the subtitles that lie beside the film', async () => {
    await press('Subtitles');
    await press('German');
    await until(({ texts }) => texts.length > 0);
    expect((await element()).texts).toEqual(['Der Fluss &amp; das Meer']);
    await world.browser.press(tab, 'Escape');
    await world.browser.press(tab, 'c');
    await until(({ texts }) => texts.length === 0);
  });

  test('goes on to the next file and back', async () => {
    await press('Next');
    await heading('Part 2.webm');
    await playing();
    await press('Previous');
    await heading('Part 1.webm');
    await playing();
  });

  const openFile = async (file: string) => {
    const path = await world.browser.waitFor(
      tab,
      (words) => {
        const lines = [...document.querySelectorAll('.playlist li')];
        const at = lines.findIndex((line) => line.querySelector('.playlist-name')?.textContent === words);
        return at < 0 ? null : `.playlist li:nth-child(${at + 1}) button`;
      },
      PATIENT,
      file,
    );
    await world.browser.click(tab, path);
    await heading(file);
  };

  test('shows a text and an image', async () => {
    await openFile('about.txt');
    const textIs = (words: string) => document.querySelector('.text pre')?.textContent?.includes(words) === true;
    await world.browser.waitFor(tab, textIs, PATIENT, 'Grüße');
    await openFile('cover.svg');
    const isDrawn = () => (document.querySelector<HTMLImageElement>('.image img')?.naturalWidth ?? 0) === 64;
    await world.browser.waitFor(tab, isDrawn, PATIENT);
    await openFile('Part 1.webm');
    await playing();
  });

  test('shows a PDF in the browser’s own viewer, and saves it', async () => {
    const { browser } = world;
    await openFile('paper.pdf');
    if (name === 'chromium') {
      // It is an extension of the browser's own, in a frame.
      const isViewer = (url: string) => /^chrome-extension:/.test(url) && !url.startsWith(browser.extensionOrigin);
      await waitUntil(async () => (await browser.frameUrls(tab)).some(isViewer), { ...PATIENT, what: 'the viewer' });
    } else {
      await press('Open the PDF in a tab');
      const opened = await waitUntil(
        async () => {
          for (const open of await browser.tabs()) if ((await browser.url(open)).startsWith('blob:')) return open;
          return null;
        },
        { ...PATIENT, what: 'the PDF in a tab' },
      );
      const says = (words: string) => document.body.textContent?.includes(words) === true;
      await browser.waitFor(opened, says, PATIENT, 'The (first) river');
      await browser.closeTab(opened);
    }
    await press('Save the PDF');
    const saved = join(browser.downloadsDir, 'paper.pdf');
    const isSaved = () => existsSync(saved) && Buffer.compare(readFileSync(saved), PDF) === 0;
    await waitUntil(isSaved, { ...PATIENT, what: 'the PDF in Downloads' });
    await openFile('Part 1.webm');
    await playing();
  });

  test('goes on where it was left, also after the page was loaded again', async () => {
    await playing();
    await world.browser.press(tab, 'k');
    await until(({ isPaused }) => isPaused);
    await world.browser.press(tab, '0');
    await until(({ timeS }) => timeS < 1);
    await world.browser.press(tab, 'l');
    await until(({ timeS }) => timeS >= 10 && timeS < 12);
    await world.browser.press(tab, 'c');
    await until(({ texts }) => texts.length > 0);
    await world.browser.evaluate(tab, () => {
      document.documentElement.dataset.before = 'yes';
      location.reload();
    });
    await world.browser.waitFor(
      tab,
      () => document.documentElement.dataset.before === undefined && document.querySelector('.offer') !== null,
      PATIENT,
    );
    const offers = await world.browser.evaluate(tab, () =>
      [...document.querySelectorAll('.offer button')].map((button) => button.textContent),
    );
    expect(offers).toEqual(['Continue at 0:10', 'Start over']);
    await until(({ timeS }) => timeS >= 10);
    await until(({ texts }) => texts.length > 0);
    await press('Start over');
    await until(({ timeS }) => timeS < 8);
  });
});
