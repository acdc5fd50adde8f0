import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import { type Chromium, launchChromium } from '../../support/chromium.ts';
import type { Lab } from '../../support/lab.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement } from '../measurement.ts';
import type { Workplace } from '../workplace.ts';

const LINKS = 50_000;
const LIMIT_MS = 1;

type Load = { readonly loadMs: number; readonly scriptMs: number | null };
type Loader = { readonly load: (url: string) => Promise<Load>; readonly close: () => Promise<void> };

/** What the content script costs a page: the same page in a browser with the extension and in one without. */
export function measureContent(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const loads = workplace.options.isQuick ? 10 : 20;
  const extensionDir = workplace.ourExtension(name);
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    site.servePage('/links', pageOfLinks());
    const url = `${site.url}/links`;
    const start = name === 'chromium' ? startChromiumLoader : (dir?: string) => startDriverLoader(lab, dir);
    const [given, bare] = [await start(extensionDir), await start()];
    try {
      for (const { load } of [given, bare, given, bare]) await load(url);
      const [withIt, without]: [Load[], Load[]] = [[], []];
      const contenders = [
        { name: 'with', sample: async () => void withIt.push(await given.load(url)) },
        { name: 'without', sample: async () => void without.push(await bare.load(url)) },
      ];
      await interleave(contenders, loads, async () => {});
      const extra = (of: (load: Load) => number) => withIt.map((it, i) => of(it) - of(without[i] ?? it));
      const common = { row: 'content', browser: name } as const;
      const page = { ...common, case: `page of ${LINKS} links`, unit: 'ms' } as const;
      const size = statSync(join(extensionDir, 'content.js')).size;
      const isExact = withIt.every(({ scriptMs }) => scriptMs !== null);
      const extraScript = { what: 'extra script time', samples: extra(({ scriptMs }) => scriptMs ?? 0) };
      const extraLoad = { what: 'extra time to load', samples: extra(({ loadMs }) => loadMs) };
      return [
        ...(isExact ? [measurement({ ...page, ours: extraScript, target: { atMost: LIMIT_MS } })] : []),
        measurement({ ...page, ours: extraLoad, target: null }),
        measurement({
          ...common,
          case: 'content.js',
          unit: 'bytes',
          ours: { what: '', samples: [size] },
          target: null,
        }),
      ];
    } finally {
      await given.close();
      await bare.close();
    }
  });
}

/** Chromium counts the time in scripts of a page, those of isolated worlds included. */
async function startChromiumLoader(extensionDir?: string): Promise<Loader> {
  const chromium: Chromium = await launchChromium(extensionDir === undefined ? {} : { extensionDir });
  return {
    load: async (url) => {
      const page = await chromium.newPage();
      const session = await chromium.context.newCDPSession(page);
      await session.send('Performance.enable');
      await page.goto(url);
      const loadMs = Number(await (await page.waitForFunction(timeToLoad)).jsonValue());
      const { metrics } = await session.send('Performance.getMetrics');
      const scriptS = metrics.find((metric) => metric.name === 'ScriptDuration')?.value ?? Number.NaN;
      await page.close();
      return { loadMs, scriptMs: scriptS * 1_000 };
    },
    close: () => chromium.close(),
  };
}

async function startDriverLoader(lab: Lab, extensionDir?: string): Promise<Loader> {
  const browser = await lab.browser('firefox', extensionDir === undefined ? {} : { extensionDir });
  return {
    load: async (url) => {
      const tab = await browser.open(url);
      const loadMs = await browser.waitFor(tab, timeToLoad);
      await browser.closeTab(tab);
      return { loadMs, scriptMs: null };
    },
    close: async () => {}, // the lab's
  };
}

const pageOfLinks = (): string => {
  const links = Array.from({ length: LINKS }, (_, i) => `<li><a href="/page/${i}">Link number ${i}</a></li>`);
  return `<!doctype html><title>Links</title><ul>${links.join('\n')}</ul>`;
};

/** Runs in the page: milliseconds from its navigation to the end of its load event, 0 while it loads. */
const timeToLoad = (): number =>
  (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventEnd;
