import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DETAIL_SCENES } from '../../support/gallery/detail-scenes.ts';
import { galleryForTests } from '../../support/gallery/gallery-for-tests.ts';
import type { Look } from '../../support/gallery/open-scene.ts';
import { TOTALS_SCENES } from '../../support/gallery/totals-scenes.ts';

/*
 * The detail of a transfer and the totals in a real browser, under the extension's own Content Security Policy. The names
 * looked for here are a contract: programs that drive the extension from outside find its parts by them.
 */
const TABS = ['Overview', 'Files', 'Sources', 'Pieces', 'Log'] as const;

const gallery = galleryForTests();
let page: Page;

async function open(screen: 'detail' | 'totals', scene: string, look: Partial<Look> = {}): Promise<void> {
  page = await gallery.openPath(`${screen}.html?${scene}`, { width: 900, height: 700, colorScheme: 'light', ...look });
}

const tab = (name: string) => page.getByRole('tab', { name, exact: true });

/** Whether anything but what may scroll is wider than the page. */
const overflows = () =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

test.each(Object.keys(DETAIL_SCENES))('the detail %s fits into a narrow page, in each tab', async (scene) => {
  await open('detail', scene, { width: 320, height: 640 });
  for (const name of TABS) {
    await tab(name).click();
    await page.getByRole('tabpanel', { name, exact: true }).waitFor();
    expect([name, await overflows()]).toEqual([name, false]);
  }
});

test.each(Object.keys(TOTALS_SCENES))('the totals %s fit into a narrow page', async (scene) => {
  await open('totals', scene, { width: 320 });
  await page.locator('.totals').waitFor();
  expect(await overflows()).toBe(false);
});

test('tabs are chosen with the arrow keys, and the focus goes with them', async () => {
  await open('detail', 'one');
  await tab('Overview').focus();
  await page.keyboard.press('ArrowRight');
  expect(await tab('Files').getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('End');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Log');
});

describe('the diagnosis', () => {
  test('is a region of that name in every tab, and leads to the next step', async () => {
    await open('detail', 'trouble');
    const region = page.getByRole('region', { name: 'Diagnosis', exact: true });
    for (const name of TABS) {
      await tab(name).click();
      await region.getByText('tracker', { exact: false }).first().waitFor();
    }
    await region.getByRole('button', { name: 'Add a source', exact: true }).first().click();
    await page.waitForFunction(() => document.activeElement?.id === 'add-source');
    expect(await tab('Sources').getAttribute('aria-selected')).toBe('true');
  });
});

describe('the map of pieces', () => {
  test('draws 50,000 pieces in little time, and then only what has changed', async () => {
    await open('detail', 'many-pieces');
    await tab('Pieces').click();
    await page.locator('.piece-map canvas').waitFor();
    const drawn = () =>
      page.evaluate(() =>
        performance.getEntriesByName('piece-map').map((entry) => (entry as PerformanceMeasure).detail),
      );
    await expect.poll(drawn).toEqual([50_000]);
    await page.evaluate(() => {
      const { tell } = globalThis as unknown as { tell: (world: object) => void };
      const runs = [[3, 49_000]];
      tell({ details: { pieces: { count: 50_000, lengthBytes: 262_144, runs, rarestCopies: 1 } } });
    });
    await expect.poll(async () => (await drawn())[0]).not.toBe(50_000);
    await page.evaluate(() => {
      const { tell } = globalThis as unknown as { tell: (world: object) => void };
      const runs = [[3, 49_002]];
      tell({ details: { pieces: { count: 50_000, lengthBytes: 262_144, runs, rarestCopies: 1 } } });
    });
    await expect.poll(async () => (await drawn())[0]).toBe(2);
  });

  test('tells of a piece to the keyboard and to the pointer', async () => {
    await open('detail', 'one');
    await tab('Pieces').click();
    const map = page.getByRole('slider', { name: 'Piece', exact: true });
    await map.focus();
    await page.keyboard.press('ArrowRight');
    expect(await map.getAttribute('aria-valuetext')).toMatch(/^Piece 2 of 1,145: from peers/);
    await map.hover({ position: { x: 3, y: 3 } });
    await page.getByText('Piece 1 of 1,145: from origins', { exact: false }).first().waitFor();
  });
});

describe('the sources', () => {
  test('keep their order and the focus while somebody is busy with them', async () => {
    await open('detail', 'one');
    await tab('Sources').click();
    const table = page.getByRole('table', { name: 'Origins', exact: true });
    const hosts = () => table.locator('tbody th').allTextContents();
    await table.waitFor();
    const before = await hosts();
    await table.getByRole('button', { name: 'Copy the address of mirror.example.net', exact: true }).focus();
    await page.evaluate(() => {
      const { tell } = globalThis as unknown as { tell: (world: object) => void };
      tell({
        details: {
          sources: {
            peers: [],
            trackers: [],
            origins: [
              {
                origin: 'https://late.example.org/',
                host: 'late.example.org',
                health: null,
                lastFault: null,
                changedFiles: 1,
              },
              {
                origin: 'https://mirror.example.net/films/',
                host: 'mirror.example.net',
                health: null,
                lastFault: null,
                changedFiles: 0,
              },
              {
                origin: 'https://archive.org/download/bbb/',
                host: 'archive.org',
                health: null,
                lastFault: null,
                changedFiles: 0,
              },
            ],
          },
        },
      });
    });
    await table.getByText('one file is another there', { exact: false }).waitFor();
    expect(await hosts()).toEqual(before);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Copy the address of mirror.example.net',
    );
  });

  test('refuse what is no address, with its reason', async () => {
    await open('detail', 'one');
    await tab('Sources').click();
    const field = page.getByRole('textbox', { name: 'Add a tracker or an origin', exact: true });
    await field.fill('udp://tracker.example:80');
    await field.press('Enter');
    await page.getByText('A browser cannot use this tracker', { exact: false }).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('wss://tracker.example/');
    await field.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('');
  });
});

test('20,000 files are drawn a few at a time, and one of them is chosen at once', async () => {
  await open('detail', 'many-files');
  await tab('Files').click();
  await page.getByRole('treeitem').first().waitFor();
  expect(await page.getByRole('treeitem').count()).toBeLessThan(80);
  await page.keyboard.press('Tab');
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press(' ');
  await page.getByText('19,500 of 20,000 files', { exact: false }).waitFor();
});

test('what is stored is deleted only after a question', async () => {
  await open('totals', 'busy');
  await page.getByRole('button', { name: 'Delete: 2 leftovers', exact: true }).click();
  const question = page.getByRole('group', { name: 'Delete what no transfer in the list needs?', exact: true });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
  await page.keyboard.press('Escape');
  expect(await question.count()).toBe(0);
  await page.getByRole('button', { name: 'Delete: 2 leftovers', exact: true }).click();
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('300 MB freed.', { exact: true }).waitFor();
});
