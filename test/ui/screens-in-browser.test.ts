import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { galleryForTests } from '../support/gallery/gallery-for-tests.ts';
import type { Look } from '../support/gallery/open-scene.ts';

/*
 * The screens in a real browser, under the extension's own Content Security Policy. The names looked for here are a
 * contract: programs that drive the extension from outside find its controls by them.
 */
const POPUP: Look = { width: 400, height: 600, colorScheme: 'light' };
const FIELD = 'Magnet link, torrent URL or info hash';

const gallery = galleryForTests();
let page: Page;

const open = async (scene: string) => {
  page = await gallery.open(scene, POPUP);
};
const button = (name: string) => page.getByRole('button', { name, exact: true });
const row = (name: string) =>
  page.getByRole('list', { name: 'Transfers', exact: true }).getByRole('listitem', { name, exact: true });
const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

describe('a row', () => {
  test('is found by its name and says what it is', async () => {
    await open('one');
    const item = row('Big Buck Bunny (2008) 1080p.mp4');
    expect(await item.getAttribute('data-id')).toBe('0'.repeat(40));
    expect(await item.getAttribute('data-state')).toBe('downloading');
    expect(await item.getAttribute('data-peer-bytes')).toBe('420000000');
    expect(await item.getAttribute('data-origin-bytes')).toBe('180000000');
    expect(await item.getAttribute('data-offload')).toBe('0.7');
    expect(await item.getByRole('status').textContent()).toBe('Downloading');
    const bar = item.getByRole('progressbar');
    expect(await bar.getAttribute('aria-valuenow')).toBe('50');
    expect(await bar.getAttribute('aria-valuetext')).toBe('50 percent, 420 MB from peers, 180 MB from origins');
  });

  test('draws each source as wide as its share', async () => {
    await open('one');
    const widths = await page
      .locator('.bar')
      .evaluate((bar) =>
        [...bar.children].map((part) => Math.round((100 * part.getBoundingClientRect().width) / bar.clientWidth)),
      );
    expect(widths).toEqual([35, 15]);
  });

  test.each([
    ['archlinux-2026.08.01-x86_64.iso', 'fetching-metadata', ['Pause', 'Remove']],
    ['Cosmos Laundromat.mkv', 'downloading', ['Remove']],
    ['Night of the Living Dead (1968)', 'checking', ['Pause', 'Remove']],
    ['debian-13.1.0-amd64-netinst.iso', 'paused', ['Resume', 'Remove']],
    ['OpenStreetMap planet-260801.osm.pbf', 'failed', ['Resume', 'Remove']],
    ['Sintel.mp4', 'done', ['Open', 'Show in folder', 'Remove']],
  ])('%s is %s and offers %j', async (name, state, buttons) => {
    await open('busy');
    expect(await row(name).getAttribute('data-state')).toBe(state);
    const names = row(name).getByRole('button');
    expect(await names.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual(buttons);
  });

  test('keeps the focus when "Pause" becomes "Resume"', async () => {
    await open('one');
    await button('Pause').focus();
    await page.keyboard.press('Enter');
    await button('Resume').waitFor();
    expect(await focused()).toBe('Resume');
  });

  test.each([400, 320])('of %i pixels that is done does not grow when somebody is served', async (width) => {
    await open('uploading');
    await page.setViewportSize({ width, height: 600 });
    const heights = () =>
      page.locator('.row').evaluateAll((rows) => rows.map((item) => Math.round(item.getBoundingClientRect().height)));
    const serve = (uploadBytesPerS: number) =>
      page.evaluate((speed) => {
        const world = globalThis as unknown as { applyScreenEvent: (event: unknown) => void; sceneTransfers: object[] };
        const transfers = world.sceneTransfers.slice(0, 4).map((view) => ({ ...view, uploadBytesPerS: speed }));
        world.applyScreenEvent({ type: 'changed', transfers, removed: [] });
      }, uploadBytesPerS);
    await serve(0);
    await expect.poll(() => page.locator('.row .upload').count()).toBe(1); // of the one that still downloads
    const before = await heights();
    await serve(12_640_000);
    await expect.poll(() => page.locator('.row .upload').count()).toBe(5);
    expect(await heights()).toEqual(before);
  });

  test('shows a name as text', async () => {
    await open('long-names');
    expect(await row('<img src=x onerror=alert(1)> & “quotes”').locator('img').count()).toBe(0);
  });

  test('says in words why a click did nothing', async () => {
    await open('engine-gone');
    await page.getByText('Rivulet’s engine does not answer.').waitFor();
  });
});

describe('the policy of a row', () => {
  const policy = () => page.getByRole('combobox', { name: 'Policy', exact: true });

  test('is one choice of five, by name', async () => {
    await open('one');
    expect(await policy().count()).toBe(1);
    expect(await policy().getByRole('option').allTextContents()).toEqual([
      'Fastest',
      'Balanced',
      'Spare the origin',
      'Peers off',
      'Origins off',
    ]);
    expect(await policy().inputValue()).toBe('fastest');
  });

  test('stays as chosen', async () => {
    await open('one');
    await policy().selectOption('Spare the origin');
    await page.waitForFunction(() =>
      document.querySelector<HTMLElement>('[aria-label=Policy]')?.title.includes('waits for peers'),
    );
    expect(await policy().inputValue()).toBe('spare-origin');
  });

  test('is taken back when the engine does not answer, and that is said', async () => {
    await open('policy-refused');
    await policy().selectOption('Peers off');
    await page.getByText('Rivulet’s engine does not answer.').waitFor();
    expect(await policy().inputValue()).toBe('fastest');
  });

  test('is not turned back by figures that are still on their way', async () => {
    await open('one');
    await page.evaluate(() => {
      const world = globalThis as unknown as { applyScreenEvent: (event: unknown) => void; sceneTransfers: object[] };
      const select = document.querySelector('select') as HTMLSelectElement;
      select.value = 'balanced';
      select.dispatchEvent(new Event('change', { bubbles: true }));
      const transfers = [{ ...world.sceneTransfers[0], peerBytesPerS: 7_000_000 }];
      world.applyScreenEvent({ type: 'changed', transfers, removed: [] });
    });
    await page.getByText('7.0 MB/s').waitFor();
    expect(await policy().inputValue()).toBe('balanced');
  });
});

describe('the patience of a row', () => {
  const patience = () => page.getByRole('combobox', { name: 'Patience', exact: true });

  test('is one choice of five, by name, where the origin is spared and nowhere else', async () => {
    await open('one');
    expect(await patience().count()).toBe(0);
    await page.getByRole('combobox', { name: 'Policy', exact: true }).selectOption('Spare the origin');
    await patience().waitFor();
    expect(await patience().getByRole('option').allTextContents()).toEqual([
      'At least 500 kB/s',
      'At least 2 MB/s',
      'Done within 15 minutes',
      'Done within an hour',
      'Tonight (8 hours)',
    ]);
    expect(await patience().inputValue()).toBe('least-500-kb');
  });

  test('stays as chosen', async () => {
    await open('patience');
    await patience().first().selectOption('Done within an hour');
    await page.waitForFunction(() => document.querySelector('select')?.title.includes('too late'));
    expect(await patience().first().inputValue()).toBe('1-hour');
  });
});

describe('the details of a row', () => {
  test('say who brought what and what was wasted, when they are opened', async () => {
    await open('details-many');
    const said = async () =>
      (await page.locator('.details p').allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));
    expect(await said()).toEqual([
      '1.1 GB from more than 64 peers, 310 MB from ia902503.us.archive.org, 120 MB from ftp.halifax.rwth-aachen.de, ' +
        '50 MB from mirror.example.net, 40 MB from 2 other origins',
      '1.2 MB came twice, 524 kB came damaged, 49 kB was cut off and thrown away',
    ]);
    expect(await button('Save the log').isVisible()).toBe(true);
  });

  test('are closed at first, and nothing in them can be reached', async () => {
    await open('one');
    expect(await button('Save the log').count()).toBe(0);
    expect(await page.getByText('Details', { exact: true }).isVisible()).toBe(true);
  });
});

describe('"Remove"', () => {
  test('asks first, and Escape changes nothing', async () => {
    await open('remove-finished');
    expect(await focused()).toBe('Keep the file');
    await page.keyboard.press('Escape');
    expect(await button('Keep the file').count()).toBe(0);
    expect(await focused()).toBe('Remove');
    expect(await page.getByRole('listitem').count()).toBe(2);
  });

  test('asks nothing of a file of one’s own, of which there is nothing in Downloads', async () => {
    await open('own-file');
    await button('Remove').first().click();
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 1);
    expect(await button('Keep the file').count()).toBe(0);
  });

  test('hands the focus to the next row', async () => {
    await open('remove-finished');
    await button('Delete the file too').click();
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 1);
    expect(await focused()).toBe('Remove');
  });

  test('hands the focus to the field when nothing is left', async () => {
    await open('remove-unfinished');
    await button('Keep what arrived').click();
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 0);
    expect(await focused()).toBe(FIELD);
  });

  test.each([
    ['remove-finished', 'Delete the file too', 1],
    ['remove-refused', 'Delete the file too', 2],
  ])('leaves the focus where the user put it meanwhile: %s', async (scene, name, rowsLeft) => {
    await open(scene);
    await button(name).evaluate((answer: HTMLElement) => {
      answer.focus();
      answer.click();
      document.querySelector<HTMLElement>('#add')?.focus();
    });
    await button(name).waitFor({ state: 'detached' });
    expect(await page.locator('.row').count()).toBe(rowsLeft);
    await page.keyboard.type('magnet:');
    expect(await page.getByRole('textbox').inputValue()).toBe('magnet:');
  });
});

describe('adding', () => {
  test('puts a new row on top and empties the field', async () => {
    await open('one');
    await page.getByRole('textbox', { name: FIELD, exact: true }).fill('magnet:?xt=urn:btih:new');
    await button('Add').click();
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 2);
    expect(await page.locator('.row').first().getAttribute('aria-label')).toBe('magnet:?xt=urn:btih:new');
    expect(await page.getByRole('textbox').inputValue()).toBe('');
  });

  test('keeps a text that fails, and says why', async () => {
    await open('add-refused');
    await page.getByText('This is not a magnet link, a torrent URL or an info hash.').waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('https://example.org/some-page.html');
    expect(await page.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
  });

  test.each([
    ['a .torrent file', 'file', 'dropped.torrent'],
    ['a link', 'link', 'magnet:?xt=urn:btih:dropped'],
  ])('takes %s dropped anywhere', async (_name, kind, dropped) => {
    await open('one');
    await page.evaluate(
      ([kind, dropped]) => {
        const dataTransfer = new DataTransfer();
        if (kind === 'file') dataTransfer.items.add(new File(['d4:infoe'], dropped));
        else dataTransfer.setData('text/uri-list', dropped);
        document
          .querySelector('.row')
          ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      },
      [kind, dropped] as const,
    );
    await row(dropped).waitFor();
  });
});

describe('the choice about sharing', () => {
  test('is offered in the popup until it is made', async () => {
    await open('banner');
    await button('Help others by sharing?').click();
    await page.getByRole('radio', { name: 'Share while I download', exact: true }).click();
    await page.getByRole('radio', { name: 'Share while I download', exact: true, checked: true }).waitFor();
    await button('Settings').click();
    expect(await button('Help others by sharing?').count()).toBe(0);
  });

  test('is taken back when it could not be stored', async () => {
    await open('settings-refused');
    await page.getByText('Rivulet’s engine does not answer.').waitFor();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  });

  test.each(['Share while I download', 'Download only'])('is made on the welcome page: %s', async (name) => {
    await open('welcome');
    await button(name).click();
    await page.getByRole('heading', { name: 'You are set.' }).waitFor();
  });

  test('has two answers that look the same', async () => {
    await open('welcome');
    const looks = await page.locator('.button-answer').evaluateAll((answers) =>
      answers.map((answer) => {
        const { width, height } = answer.getBoundingClientRect();
        const { color, backgroundColor, borderColor, fontSize, fontWeight } = getComputedStyle(answer);
        return { width, height, color, backgroundColor, borderColor, fontSize, fontWeight };
      }),
    );
    expect(looks).toHaveLength(2);
    expect(looks[0]).toEqual(looks[1]);
  });
});

describe('the page for publishers', () => {
  test('is reached from the popup', async () => {
    await open('empty');
    expect(await button('Publish').isVisible()).toBe(true);
  });

  test('has a snippet to copy when the check is done', async () => {
    await open('publish-done');
    const snippet = page.getByRole('textbox', { name: 'Snippet', exact: true });
    expect(await snippet.inputValue()).toContain('data-rivulet-torrent="https://cdn.example/podcast/ep42.mp4.torrent"');
    expect(await snippet.getAttribute('readonly')).not.toBeNull();
    await button('Copy').click();
    expect(await button('Copy').textContent()).toBe('Copied');
    expect(await focused()).toBe('Copy');
    expect(await page.getByRole('region', { name: 'Server check', exact: true }).count()).toBe(1);
    for (const name of ['ep42.mp4.torrent', 'ep42.mp4.meta4', 'Download everything']) {
      expect(await button(name).isVisible()).toBe(true);
    }
  });

  test('shows the fix for the server that is chosen', async () => {
    await open('publish-no-ranges');
    const region = page.getByRole('region', { name: 'Server check', exact: true });
    await region.getByRole('combobox', { name: 'Kind of server' }).first().selectOption('Apache');
    await region.locator('pre').filter({ hasText: 'MaxRanges default' }).waitFor({ state: 'attached' });
  });

  test('says what is wrong with an address', async () => {
    await open('publish-empty');
    await page.getByRole('textbox', { name: 'Public URL', exact: true }).fill('my file');
    await button('Check and publish').click();
    await page.getByText('This is not an address.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Public URL', exact: true }).getAttribute('aria-invalid')).toBe(
      'true',
    );
  });

  test('asks for a tracker and for consent before a file is shared', async () => {
    await open('publish-needs-tracker');
    await page.getByRole('textbox', { name: 'Tracker', exact: true }).fill('https://tracker.example/');
    await button('Use it').click();
    await page.getByText('Browsers need a tracker that begins with wss:// or ws://.').waitFor();
    await page.getByRole('textbox', { name: 'Tracker', exact: true }).fill('wss://tracker.example/');
    await button('Use it').click();
    await button('Share while I download').click();
    const link = page.getByRole('textbox', { name: 'Link for a friend', exact: true }).first();
    expect(await link.inputValue()).toMatch(
      /^magnet:\?xt=urn:btih:[0-9a-f]{40}&.*&tr=wss%3A%2F%2Ftracker\.example%2F$/,
    );
  });
});

describe('the player', () => {
  const slider = () => page.getByRole('slider', { name: 'Position', exact: true });
  const says = (text: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector('[role=slider]')?.getAttribute('aria-valuetext') === wanted,
      text,
    );

  test('has its buttons by their names, and one media element', async () => {
    await open('player-season');
    for (const name of ['Pause', 'Next', 'Previous', 'Subtitles', 'Mute', 'Full screen']) {
      expect(await button(name).isVisible()).toBe(true);
    }
    await button('Pause').click();
    await button('Play').waitFor();
    expect(await page.locator('video').count()).toBe(1);
  });

  test('says where it is, and goes elsewhere by keys', async () => {
    await open('player-film');
    await says('3:24 of 9:56');
    await slider().focus();
    for (const [key, text] of [
      ['Home', '0:00 of 9:56'],
      ['ArrowRight', '0:05 of 9:56'],
      ['PageUp', '1:05 of 9:56'],
      ['ArrowDown', '1:00 of 9:56'],
      ['5', '4:58 of 9:56'],
      ['End', '9:56 of 9:56'],
    ] as const) {
      await page.keyboard.press(key);
      await says(text);
    }
  });

  test('goes where the time line is pressed and let go, and says the time under the pointer', async () => {
    await open('player-film');
    const box = (await slider().boundingBox()) as { x: number; y: number; width: number; height: number };
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 4, middle);
    expect(await page.locator('.seek-time').textContent()).toBe('2:29');
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, middle, { steps: 4 });
    await page.mouse.up();
    await says('4:58 of 9:56');
  });

  test('opens the subtitles with the focus in them, and Escape gives it back', async () => {
    await open('player-season');
    await button('Subtitles').click();
    expect(
      await page.getByRole('radio').evaluateAll((all) => all.map((one) => one.parentElement?.textContent)),
    ).toEqual(['Off', 'German', 'English, for the hard of hearing', 'Brazilian Portuguese']);
    await page.getByRole('radio', { name: 'German', exact: true }).check();
    await page.waitForFunction(() => {
      const track = [...(document.querySelector('video')?.textTracks ?? [])].find(({ mode }) => mode === 'showing');
      return (track?.cues?.[0] as VTTCue | undefined)?.text === 'From here the river is fast.\nHold on.';
    });
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Subtitles');
  });

  test('hides its controls from somebody who only looks, and brings them back for keys', async () => {
    await open('player-film');
    const isIdle = (idle: string) =>
      page.waitForFunction((wanted) => document.querySelector<HTMLElement>('.stage')?.dataset.idle === wanted, idle);
    await page.mouse.move(200, 60);
    await isIdle('true');
    await page.keyboard.press('Tab');
    await isIdle('false');
  });

  test('goes on where a film was left, or begins anew', async () => {
    await open('player-continue');
    await button('Continue at 5:54').waitFor();
    await button('Start over').click();
    await says('0:00 of 9:56');
    expect(await button('Continue at 5:54').count()).toBe(0);
  });

  test('says what helps where a film cannot be played', async () => {
    await open('player-unplayable');
    await page.getByText('This browser cannot play HEVC video.').waitFor();
    await button('Choose another file').click();
    expect(await page.evaluate(() => document.activeElement?.closest('.playlist') !== null)).toBe(true);
    await button('Download').click();
    await page.getByText('It is being downloaded').waitFor();
  });

  test('shows a name as text', async () => {
    await open('player-long-names');
    expect(await page.locator('.playlist-name').last().textContent()).toBe('invoice\ufffdfdp.txt');
  });
});

test('a screen reader hears of the end of a download, once', async () => {
  await open('one');
  await page.evaluate(() => {
    const { applyScreenEvent, sceneTransfers } = globalThis as unknown as {
      applyScreenEvent: (event: object) => void;
      sceneTransfers: readonly object[];
    };
    applyScreenEvent({ type: 'changed', transfers: [{ ...sceneTransfers[0], state: { phase: 'done' } }], removed: [] });
  });
  await page
    .locator('[aria-live=polite]', { hasText: 'Big Buck Bunny (2008) 1080p.mp4: Done' })
    .waitFor({ state: 'attached' });
});
