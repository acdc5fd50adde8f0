import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRecords, type Records } from '../../src/edge/records/records.ts';
import { type PostgresServer, startPostgres } from '../edge/records/start-postgres.ts';
import { begun, DAY_MS, finished, publishedFile, reported, sent } from '../edge/stats/sample-events.ts';
import { type StatsServer, startStatsServer } from '../edge/stats/start-stats-server.ts';
import { axeScript, bringAxe, faultsIn } from '../support/axe.ts';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { type Lab, openLab } from '../support/lab.ts';

/*
 * The page of an edge in real browsers, with real records behind it. 10 downloads of 2 GB with peers and one plain: 22 GB
 * delivered, 5.5 GB from the origin, 16.5 GB saved, which is 75 %.
 */
const FILM = publishedFile(1, 'film.mp4', 2e9);
const SONG = publishedFile(2, '<b>song</b>.mp3', 5e6);
const GB_PRICE = '0.08';

const text = (browser: BrowserDriver, tab: Tab, css: string) =>
  browser.evaluate(tab, (css) => document.querySelector(css)?.textContent?.replaceAll('\u00a0', ' ') ?? null, css);
const isShown = (browser: BrowserDriver, tab: Tab, css: string, words: string) =>
  browser.waitFor(
    tab,
    (css, words) =>
      [...document.querySelectorAll(css)].some((one) => one.textContent?.replaceAll('\u00a0', ' ').includes(words)),
    {},
    css,
    words,
  );
const column = (browser: BrowserDriver, tab: Tab, number: number) =>
  browser.evaluate(
    tab,
    (css) => [...document.querySelectorAll(css)].map((cell) => cell.textContent),
    `tbody tr > :nth-child(${number})`,
  );

describe.each(['chromium', 'firefox'] as const)('the page of an edge in %s', (name) => {
  let database: PostgresServer;
  let records: Records;
  let server: StatsServer;
  let lab: Lab;
  let browser: BrowserDriver;
  beforeAll(async () => {
    database = await startPostgres();
    records = await openRecords({ databaseUrl: database.url });
    server = await startStatsServer({
      records,
      files: () => [FILM, SONG],
      key: 'the key',
      checkScript: await axeScript(),
    });
    lab = openLab();
    browser = await lab.browser(name);
  }, 180_000);
  afterAll(async () => {
    await lab?.close();
    await server?.close();
    await records?.close();
    await database?.stop();
  });

  const open = async () => {
    const tab = await browser.open(server.url);
    await bringAxe(browser, tab, '/check.js'); // before the edge goes
    return tab;
  };

  test('says what to do while nothing was downloaded', { timeout: 120_000 }, async () => {
    const tab = await open();
    await isShown(browser, tab, 'h2', 'No downloads yet.');
    expect(await text(browser, tab, 'code')).toContain(`data-rivulet-torrent="${server.url}/FILE.torrent"`);
    expect(await faultsIn(browser, tab, '/check.js')).toEqual([]);
  });

  test('shows what was recorded, hears of what comes, and takes a price', { timeout: 180_000 }, async () => {
    const now = Date.now();
    const yesterday = now - DAY_MS;
    await server.stats.record([
      ...Array.from({ length: 10 }, () => finished(yesterday, FILM)),
      ...Array.from({ length: 16 }, () => begun(yesterday, FILM)),
      sent(yesterday, FILM, 3.5e9),
      sent(yesterday, FILM, 2e9, true),
      ...Array.from({ length: 30 }, () => reported(yesterday, FILM, 'mixed', 0.8, 100)),
      ...Array.from({ length: 12 }, () => reported(yesterday, FILM, 'mixed', 0.8, 200)),
    ]);
    const tab = await open();
    await isShown(browser, tab, '#offload', '75.0 %');
    expect(await text(browser, tab, '#origin-bytes')).toBe('5.5 GB');
    expect(await text(browser, tab, '#peer-bytes')).toBe('16.5 GB');
    expect(await text(browser, tab, '#downloads')).toBe('11');
    expect(await text(browser, tab, '[aria-labelledby=downloads-title]')).toContain('62.5 % of those begun');
    expect(await text(browser, tab, '#speed')).toMatch(/^(19|20|21) MB\/s$/);
    expect(await text(browser, tab, '[aria-labelledby=speed-title]')).toContain('42 deliveries with peers, 0 without');
    expect(await text(browser, tab, '#claims')).toContain('savings are not computed from them');
    expect(await browser.evaluate(tab, () => document.querySelectorAll('.plot canvas').length)).toBe(1);
    expect(await faultsIn(browser, tab, '/check.js')).toEqual([]);

    await browser.evaluate(tab, () => document.querySelector<HTMLInputElement>('input[value=today]')?.click());
    await isShown(browser, tab, 'h2', 'No downloads in these days.');
    await browser.click(tab, '.empty button');
    await isShown(browser, tab, '#offload', '75.0 %');

    // What only the publisher may do asks for the key once.
    expect(await text(browser, tab, '#money')).toBe('16.5 GB');
    await browser.fill(tab, 'input[name=per-gb]', GB_PRICE);
    await browser.press(tab, 'Enter');
    await isShown(browser, tab, 'h2', 'This is for the publisher');
    await browser.fill(tab, '#key', 'wrong');
    await browser.press(tab, 'Enter');
    await isShown(browser, tab, '.refusal', 'That is not the token.');
    expect(await faultsIn(browser, tab, '/check.js')).toEqual([]);
    await browser.fill(tab, '#key', 'the key');
    await browser.press(tab, 'Enter');
    await isShown(browser, tab, '#offload', '75.0 %');
    await browser.fill(tab, 'input[name=per-gb]', 'free');
    await browser.press(tab, 'Enter');
    await isShown(browser, tab, '.refusal', 'A price is a number');
    await browser.fill(tab, 'input[name=per-gb]', GB_PRICE);
    await browser.press(tab, 'Enter');
    await isShown(browser, tab, '#money', '$1.32');
    expect(await records.setting('price')).toEqual({ perGB: 0.08, currency: 'USD' });

    // The page asks again by itself.
    await server.stats.record([sent(now, SONG, 11e9), finished(now, SONG)]);
    await isShown(browser, tab, '#offload', '25.0 %');
    expect(await text(browser, tab, '#money')).toBe('$0.44');
    expect(await column(browser, tab, 1)).toEqual(['film.mp4', '<b>song</b>.mp3']);
    await browser.click(tab, 'thead th:nth-child(5) button');
    expect(await column(browser, tab, 1)).toEqual(['<b>song</b>.mp3', 'film.mp4']);
    await browser.click(tab, 'thead th:nth-child(5) button');
    expect(await column(browser, tab, 5)).toEqual(['5.5 GB', '11.0 GB']);

    // Today the origin sent more than was delivered: that is a cost, and is said.
    await browser.evaluate(tab, () => document.querySelector<HTMLInputElement>('input[value=today]')?.click());
    await isShown(browser, tab, '.cost', '11.0 GB more than the 5.0 MB');
    expect(await text(browser, tab, '#money-title')).toBe('Extra cost');
    expect(await faultsIn(browser, tab, '/check.js')).toEqual([]);

    const csv = await browser.evaluate(tab, async () => {
      const link = document.querySelector<HTMLAnchorElement>('a[download]');
      return (await fetch(link?.href ?? '')).text();
    });
    expect(csv.split('\r\n')[1]).toContain(`${SONG.infoHash},<b>song</b>.mp3,5000000,1,0,1,0,5000000,11000000000`);

    await server.close();
    await isShown(browser, tab, '[role=alert]', 'The edge does not answer.');
    expect(await text(browser, tab, '.cost')).toContain('more than');
    expect(await faultsIn(browser, tab, '/check.js')).toEqual([]);
  });
});
