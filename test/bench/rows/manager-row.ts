import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import type { BrowserDriver } from '../../support/browser-driver.ts';
import { serveGallery } from '../../support/gallery/serve-gallery.ts';
import { makeTorrent } from '../../support/make-torrent.ts';
import { pageScriptCode } from '../competitor/build-competitor.ts';
import type { ManagerTimes } from '../manager-opening-probe.ts';
import { timeFrames, timeTicks } from '../manager-probe.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList } from '../our-transfer.ts';
import type { Workplace } from '../workplace.ts';

const TRANSFERS = 5_000;
const RUNNING = 50;
const OPENS = 8;
const QUICK_OPENS = 3;
const TICKS = 60;
const FRAMES = 180;
/** About what a wheel turned fast scrolls in a frame. */
const PX_A_FRAME = 120;
const OPEN_LIMIT_MS = 300;
const TICK_LIMIT_MS = 4;
/** 60 frames a second, and what a timer may be off. */
const FRAME_LIMIT_MS = 17.5;

/** How quick the page of all transfers is with thousands of them: opening, a tick, scrolling. */
export async function measureManager(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  return [...(await measureOpening(workplace, name)), ...(await measureDrawing(workplace, name))];
}

/** The built extension, whose engine has that many records. */
function measureOpening(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    const extensionDir = await withProbe(workplace.ourExtension(name), join(workplace.tempDir, 'probed-manager', name));
    const browser = await lab.browser(name, { extensionDir });
    const list = await openOurList(browser);
    const torrent = makeTorrent({ name: 'One.bin', content: new Uint8Array(65_536), pieceLengthBytes: 16_384 });
    site.serve('/one.torrent', torrent.torrentBytes);
    site.serve('/one', torrent.payload);
    await list.add(torrent.magnet({ webSeeds: [`${site.url}/one`], exactSources: [`${site.url}/one.torrent`] }));
    await list.untilDone(torrent.infoHash);
    await browser.evaluate(list.tab, multiplyRecords, TRANSFERS);
    await browser.restart();

    const opens = workplace.options.isQuick ? QUICK_OPENS : OPENS;
    const times: ManagerTimes[] = [];
    for (let i = 0; i <= opens; i += 1) {
      const seen = await openOnce(browser);
      if (i > 0) times.push(seen); // the first one compiles, and wakes the engine
    }
    const common = { row: 'manager', browser: name, case: `${TRANSFERS} transfers, opening`, unit: 'ms' } as const;
    const first = { what: 'first row is painted', samples: times.map(({ firstPaintedMs }) => firstPaintedMs) };
    const all = { what: 'all rows are in the list', samples: times.map(({ allMs }) => allMs) };
    return [
      measurement({ ...common, ours: first, target: { atMost: OPEN_LIMIT_MS } }),
      measurement({ ...common, ours: all, target: null }),
    ];
  });
}

/** The same page with a made-up engine: what the page itself costs, without an engine at work beside it. */
function measureDrawing(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  return workplace.withLab(async (lab) => {
    const gallery = await serveGallery();
    try {
      const browser = await lab.browser(name);
      const tab = await browser.open(`${gallery.url}manager.html?manager-5000`);
      await browser.waitFor(tab, () => document.querySelector('[data-id]') !== null);
      const inAddedOrder = await browser.evaluate(tab, timeTicks, RUNNING, TICKS);
      await browser.click(tab, '[data-column="down"] button');
      const bySpeed = await browser.evaluate(tab, timeTicks, RUNNING, TICKS);
      const frames = await browser.evaluate(tab, timeFrames, FRAMES, PX_A_FRAME);
      const tick = { row: 'manager', browser: name, case: `${RUNNING} of ${TRANSFERS} change`, unit: 'ms' } as const;
      const limit = { atMost: TICK_LIMIT_MS };
      return [
        measurement({ ...tick, ours: { what: 'script of a tick', samples: inAddedOrder }, target: limit }),
        measurement({ ...tick, ours: { what: 'the same, ordered by speed', samples: bySpeed }, target: limit }),
        measurement({
          ...tick,
          case: `scrolling ${TRANSFERS}`,
          ours: { what: 'time between frames', samples: frames },
          target: { atMost: FRAME_LIMIT_MS },
        }),
      ];
    } finally {
      await gallery.close();
    }
  });
}

async function openOnce(browser: BrowserDriver): Promise<ManagerTimes> {
  const tab = await browser.openExtensionPage('manager.html');
  const probe = () => (window as unknown as { managerTimes: ManagerTimes | null }).managerTimes;
  const seen = await browser.waitFor(tab, probe, { timeoutMs: 60_000 });
  await browser.closeTab(tab);
  return seen;
}

/** A copy of the extension whose manager notes when its rows appear. Its own code is not touched. */
async function withProbe(extensionDir: string, copyDir: string): Promise<string> {
  cpSync(extensionDir, copyDir, { recursive: true });
  const page = join(copyDir, 'manager.html');
  const html = readFileSync(page, 'utf8').replace('<head>', '<head><script type="module" src="probe.js"></script>');
  writeFileSync(page, html);
  writeFileSync(join(copyDir, 'probe.js'), await pageScriptCode('../manager-opening-probe.ts'));
  return copyDir;
}

/** Runs in a page of the extension: the one transfer that there is becomes many, all done. */
async function multiplyRecords(count: number): Promise<void> {
  type Kept = { id: string; name: string; addedAtMs: number };
  const opened = indexedDB.open('rivulet');
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    opened.onsuccess = () => resolve(opened.result);
    opened.onerror = () => reject(opened.error);
  });
  const tx = db.transaction('transfers', 'readwrite');
  const store = tx.objectStore('transfers');
  const asked = store.getAll();
  await new Promise<void>((resolve, reject) => {
    asked.onsuccess = () => {
      const [one] = asked.result as Kept[];
      if (one === undefined) throw new Error('there is no record');
      for (let nth = 1; nth < count; nth += 1) {
        const id = nth.toString(16).padStart(40, '0');
        store.put({ ...one, id, name: `Transfer ${nth}.bin`, addedAtMs: one.addedAtMs - nth * 60_000 }, id);
      }
    };
    tx.oncomplete = () => resolve();
    tx.onerror = () => reject(tx.error);
  });
  db.close();
}
