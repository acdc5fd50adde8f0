import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import type { BrowserDriver } from '../../support/browser-driver.ts';
import { makeTorrent } from '../../support/make-torrent.ts';
import { pageScriptCode } from '../competitor/build-competitor.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList } from '../our-transfer.ts';
import type { PopupTimes } from '../popup-probe.ts';
import { stopServiceWorkers } from '../stop-service-workers.ts';
import type { Workplace } from '../workplace.ts';

const TRANSFERS = 50;
const OPENS = 10;
const QUICK_OPENS = 5;
const LIMIT_MS = 100;
/** The engine writes down what screens show at first every 3 s. */
const WRITTEN_AFTER_MS = 4_000;

/** How long the popup takes from its navigation to its first row, with many transfers in the list. */
export function measurePopup(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const opens = workplace.options.isQuick ? QUICK_OPENS : OPENS;
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    const extensionDir = await withProbe(workplace.ourExtension(name), join(workplace.tempDir, 'probed', name));
    const browser = await lab.browser(name, { extensionDir });
    const list = await openOurList(browser);
    const urls = Array.from({ length: TRANSFERS }, (_, number) => {
      const content = new Uint8Array(65_536).fill(number);
      const torrent = makeTorrent({ name: `Paused transfer ${number}.bin`, content, pieceLengthBytes: 16_384 });
      site.serve(`/${number}.torrent`, torrent.torrentBytes);
      return `${site.url}/${number}.torrent`;
    });
    for (const [number, url] of urls.entries()) {
      await browser.evaluate(list.tab, addByHand, url);
      await browser.waitFor(list.tab, countRows, {}, number + 1);
    }
    await browser.waitFor(list.tab, pauseAll, { timeoutMs: 30_000 }, TRANSFERS);
    await wait(WRITTEN_AFTER_MS);
    await list.close();

    const measurements = [...summed(name, 'background awake', await openAgainAndAgain(browser, opens, async () => {}))];
    if (name === 'chromium') {
      const asleep = await openAgainAndAgain(browser, opens, () => stopServiceWorkers(browser));
      measurements.push(...summed(name, 'service worker stopped', asleep));
    }
    return measurements;
  });
}

function summed(browser: BrowserName, state: string, times: readonly PopupTimes[]): Measurement[] {
  const common = { row: 'popup', browser, case: `${TRANSFERS} transfers, ${state}`, unit: 'ms' } as const;
  const inDocument = { what: 'first row is there', samples: times.map(({ firstRowMs }) => firstRowMs) };
  const painted = { what: 'first row is painted', samples: times.map(({ paintedMs }) => paintedMs) };
  return [
    measurement({ ...common, ours: inDocument, target: { atMost: LIMIT_MS } }),
    measurement({ ...common, ours: painted, target: null }),
  ];
}

async function openAgainAndAgain(
  browser: BrowserDriver,
  opens: number,
  before: () => Promise<void>,
): Promise<PopupTimes[]> {
  const times: PopupTimes[] = [];
  for (let i = 0; i <= opens; i += 1) {
    await before();
    const tab = await browser.openExtensionPage('popup.html');
    const probe = () => (window as unknown as { popupTimes: PopupTimes | null }).popupTimes;
    const seen = await browser.waitFor(tab, probe);
    if (i > 0) times.push(seen); // the first one compiles
    await browser.closeTab(tab);
  }
  return times;
}

/** A copy of the extension whose popup notes when its first row appears. Its own code is not touched. */
async function withProbe(extensionDir: string, copyDir: string): Promise<string> {
  cpSync(extensionDir, copyDir, { recursive: true });
  const page = join(copyDir, 'popup.html');
  const html = readFileSync(page, 'utf8').replace('<head>', '<head><script type="module" src="probe.js"></script>');
  writeFileSync(page, html);
  writeFileSync(join(copyDir, 'probe.js'), await pageScriptCode('../popup-probe.ts'));
  return copyDir;
}

/** The next three run in the popup. */
function addByHand(url: string): void {
  const field = document.querySelector<HTMLInputElement>('form input');
  if (field === null) throw new Error('no field');
  field.value = url;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.form?.requestSubmit();
}

const countRows = (wanted: number): boolean => {
  const rows = [...document.querySelectorAll<HTMLElement>('li[data-id]')];
  return rows.filter(({ dataset }) => dataset.state === 'downloading').length >= wanted;
};

const pauseAll = (wanted: number): boolean => {
  for (const button of document.querySelectorAll<HTMLElement>('li[data-id] button[aria-label="Pause"]')) button.click();
  return document.querySelectorAll('li[data-state="paused"]').length === wanted;
};
