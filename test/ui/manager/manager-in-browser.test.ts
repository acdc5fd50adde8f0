import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { galleryForTests } from '../../support/gallery/gallery-for-tests.ts';
import type { Look } from '../../support/gallery/open-scene.ts';

/*
 * The manager in a real browser with a made-up engine. Roles and names are a contract: programs find what is in the page
 * by them.
 */
const WIDE: Look = { width: 1_400, height: 900, colorScheme: 'light' };
const NARROW: Look = { width: 360, height: 700, colorScheme: 'light' };

const gallery = galleryForTests();
let page: Page;

const open = async (scene: string, look = WIDE) => {
  page = await gallery.open(scene, look);
};
const grid = () => page.getByRole('grid', { name: 'Transfers', exact: true });
const rows = () => grid().locator('[data-id]');
const row = (name: string) => grid().getByRole('row', { name, exact: true });
const head = (name: string) => grid().getByRole('columnheader', { name, exact: true });
const tool = (name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true });
const names = () =>
  rows().evaluateAll((all) =>
    all
      .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
      .map((one) => one.querySelector('[data-column=name]')?.textContent ?? ''),
  );
const chosen = () => grid().locator('[aria-selected=true]').count();
const asked = () => page.evaluate(() => (globalThis as unknown as { asked: unknown[][] }).asked);
const remembered = (name: string) =>
  page.evaluate((key) => (globalThis as unknown as { remembered: Map<string, unknown> }).remembered.get(key), name);
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

describe('the list', () => {
  test('has all rows by its word, and only those in sight in the page', async () => {
    await open('manager-5000');
    expect(await grid().getAttribute('aria-rowcount')).toBe('5001');
    expect(await rows().count()).toBeLessThan(80);
    await press('End');
    await expect.poll(async () => await rows().last().getAttribute('aria-rowindex')).toBe('5001');
    const active = await grid().getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-rowindex')).toBe('5001');
    expect(await rows().count()).toBeLessThan(80);
  });

  test('sorts by a click on a head, and says so', async () => {
    await open('manager');
    await head('Size').getByRole('button').click();
    expect(await head('Size').getAttribute('aria-sort')).toBe('descending');
    expect((await names())[0]).toBe('planet-26083.osm.pbf');
    await head('Size').getByRole('button').click();
    expect(await head('Size').getAttribute('aria-sort')).toBe('ascending');
    expect(await remembered('sort')).toEqual({ column: 'size', direction: 'ascending' });
  });

  test('sets the width of a column with the keyboard and the mouse', async () => {
    await open('manager');
    const width = async () => (await head('Size').boundingBox())?.width ?? 0;
    expect(await width()).toBe(84);
    await head('Name').getByRole('button').focus();
    await press('ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
    expect(await width()).toBe(116);
    const box = await head('Size').boundingBox();
    if (box === null) throw new Error('no head');
    await page.mouse.move(box.x + box.width - 3, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 37, box.y + 10, { steps: 4 });
    await page.mouse.up();
    expect(await width()).toBe(156);
    expect(await remembered('columns')).toContainEqual({ id: 'size', widthPx: 156, isShown: true });
  });

  test('keeps the row under the pointer where it is when speeds change the order', async () => {
    await open('manager-5000');
    await head('Down').getByRole('button').click();
    const third = rows().nth(2);
    const id = await third.getAttribute('data-id');
    const box = await third.boundingBox();
    if (box === null) throw new Error('no row');
    await page.mouse.move(box.x + 200, box.y + 10);
    await page.evaluate((held) => {
      const world = globalThis as unknown as {
        applyScreenEvent: (event: object) => void;
        sceneTransfers: readonly { id: string }[];
      };
      const transfers = world.sceneTransfers
        .slice(0, 400)
        .map((view, at) => ({ ...view, peerBytesPerS: view.id === held ? 1 : 1_000 + at, originBytesPerS: 0 }));
      world.applyScreenEvent({ type: 'changed', transfers, removed: [] });
    }, id);
    await expect.poll(() => rows().first().locator('[data-column=down]').textContent()).not.toContain('MB/s');
    expect(await rows().nth(2).getAttribute('data-id')).toBe(id);
    expect((await page.locator(`[data-id="${id}"]`).boundingBox())?.y).toBe(box.y);
  });
});

describe('choosing', () => {
  test('goes by click, Ctrl and Shift', async () => {
    await open('manager');
    await rows().nth(1).locator('[data-column=name]').click();
    await rows()
      .nth(4)
      .locator('[data-column=name]')
      .click({ modifiers: ['Shift'] });
    expect(await chosen()).toBe(4);
    await rows()
      .nth(2)
      .locator('[data-column=name]')
      .click({ modifiers: ['Control'] });
    expect(await chosen()).toBe(3);
    await rows().nth(2).getByRole('checkbox').click();
    expect(await chosen()).toBe(4);
    await page.getByText('4 chosen', { exact: true }).waitFor();
  });

  test('goes by keys, from the start of the page on', async () => {
    await open('manager');
    await press('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    expect(await chosen()).toBe(3);
    await press('Control+ArrowDown', ' ');
    expect(await chosen()).toBe(4);
    await press('Control+a');
    await page.getByText('40 chosen', { exact: true }).waitFor();
    await press('Escape');
    await page.getByText('40 transfers', { exact: true }).waitFor();
  });

  test('keys of letters are text in a field', async () => {
    await open('manager');
    await press('/', 'p', '?');
    expect(await page.getByRole('searchbox').inputValue()).toBe('p?');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('what is done with many', () => {
  test('removing says how many, and Escape changes nothing', async () => {
    await open('manager-remove');
    await page.getByRole('heading', { name: 'Remove 40 transfers from the list?' }).waitFor();
    await press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('transfers');
    await press('Delete');
    await page.getByRole('button', { name: 'Keep the data', exact: true }).click();
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
  });

  test('the menu of a row opens by keys and by the mouse, and closes by Escape', async () => {
    await open('manager-menu');
    const items = page.getByRole('menu').getByRole('menuitem');
    expect(await items.evaluateAll((all) => all.map((one) => one.querySelector('span')?.textContent))).toEqual([
      'Pause',
      'Start now',
      'Queue…',
      'Policy…',
      'Label…',
      'Copy magnet link',
      'Save .torrent',
      'Remove…',
    ]);
    await press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    await row('Open Movie Collection 4 (1080p).mkv').click({ button: 'right' });
    await items.getByText('Policy…').click();
    await page.getByRole('menuitemradio', { name: 'Peers off', exact: true }).click();
    await page.getByText('Policy of one transfer changed').waitFor({ state: 'attached' });
  });

  test('magnets and .torrent files are of all that is chosen', async () => {
    await open('manager');
    await press('ArrowDown', 'Shift+ArrowDown', 'Shift+F10');
    await page.getByRole('menuitem', { name: 'Copy magnet link' }).click();
    await press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Save .torrent' }).click();
    const what = (await asked()).map(([name]) => name);
    expect(what).toEqual(['magnets', 'torrent', 'torrent']);
  });

  test('says near the list what did not work, and for how many', async () => {
    await open('manager-lost');
    await page.getByText('This did not work for 2 transfers.').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    expect(await page.getByText('This did not work for 2 transfers.').count()).toBe(0);
  });
});

describe('the queue', () => {
  test('is ordered by keys', async () => {
    await open('manager-other-columns');
    const before = await names();
    await press('ArrowDown', 'Alt+ArrowDown');
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual([before[1], before[0]]);
    await press('Alt+ArrowUp');
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual(before.slice(0, 2));
  });

  test('is ordered by dragging', async () => {
    await open('manager-other-columns');
    const before = await names();
    const from = await rows().nth(0).boundingBox();
    const to = await rows().nth(3).boundingBox();
    if (from === null || to === null) throw new Error('no rows');
    await page.mouse.move(from.x + 200, from.y + 15);
    await page.mouse.down();
    await page.mouse.move(to.x + 200, to.y + 5, { steps: 6 });
    await page.mouse.up();
    await expect.poll(async () => (await names()).slice(0, 3)).toEqual([before[1], before[2], before[0]]);
  });
});

describe('the page', () => {
  test('adds what is pasted outside of fields', async () => {
    await open('manager');
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'magnet:?xt=urn:btih:ffffffffffffffffffffffffffffffffffffffff');
      document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
    });
    await page.getByText('41 transfers', { exact: true }).waitFor();
  });

  test('has its details sized with keys, closed with Escape, opened with Enter', async () => {
    await open('manager');
    const line = page.getByRole('separator', { name: 'Size of the details', exact: true });
    await line.focus();
    await press('ArrowUp');
    expect(await line.getAttribute('aria-valuenow')).toBe('344');
    expect(await remembered('pane')).toMatchObject({ below: 344 });
    await rows().nth(1).locator('[data-column=name]').click();
    const details = page.getByRole('region', { name: (await names())[1] ?? '', exact: true });
    await details.getByRole('button', { name: 'Close the details', exact: true }).focus();
    await press('Escape');
    expect(await details.count()).toBe(0);
    await press('Enter');
    await details.waitFor();
  });

  test('is one column where there is little room, with a way back', async () => {
    await open('manager', NARROW);
    await row('planet-26083.osm.pbf').locator('.t-tall-name').click();
    await page.getByRole('region', { name: 'planet-26083.osm.pbf', exact: true }).waitFor();
    expect(await grid().count()).toBe(0);
    await page.getByRole('button', { name: 'Back to the list', exact: true }).click();
    await grid().waitFor();
  });

  test('narrows to a label, and lets go of it', async () => {
    await open('manager');
    await page.getByRole('button', { name: /^Films/ }).click();
    expect(await rows().count()).toBe(3);
    expect(await page.getByText('3 of 40 transfers', { exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: /^Films/ }).click();
    await page.getByText('40 transfers', { exact: true }).waitFor();
  });

  test('pauses everything, and says that it is paused', async () => {
    await open('manager');
    await page.getByRole('button', { name: 'Pause all', exact: true }).click();
    await page.getByText('Everything is paused.').waitFor();
    await tool('Columns').waitFor();
    await page.getByRole('button', { name: 'Resume all', exact: true }).first().click();
    await page.getByRole('button', { name: 'Pause all', exact: true }).waitFor();
  });
});
