import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtension } from '../../tools/build.ts';
import { type BrowserName, ensureBrowsers } from '../../tools/ensure-browsers.ts';
import type { BrowserDriver } from '../support/browser-driver.ts';
import { openLab } from '../support/lab.ts';
import { type DemoSwarm, startDemoSwarm } from './demo-swarm.ts';
import { doMainJob } from './main-job.ts';

/*
 * npm start [-- --headless] [-- --browser firefox]
 * Shows the extension at work in a swarm of its own; nothing leaves this computer. Without a display, or with
 * --headless, it clicks the first link itself, checks the file that arrives, and ends.
 */
const TIME_LIMIT_MS = 120_000;

const { values } = parseArgs({
  options: { headless: { type: 'boolean', default: false }, browser: { type: 'string', default: 'chromium' } },
});
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
const isHeadless = values.headless || !hasDisplay;
const browserName: BrowserName = values.browser === 'firefox' ? 'firefox' : 'chromium';

const workDir = await mkdtemp(join(tmpdir(), 'rivulet-demo-'));
process.env.TMPDIR = workDir; // every browser of the demo then keeps its profile in there
let hasUserEnded = false;
// Also when a signal ends the process: Playwright then exits at once, with a code of its own.
process.once('exit', () => {
  if (hasUserEnded) process.exitCode = 0;
  rmSync(workDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});
const lab = openLab();
try {
  if (!values.headless && !hasDisplay) console.log('No display here: the browser runs headless and clicks by itself.');
  await (isHeadless ? within(TIME_LIMIT_MS, runUnattended()) : runInWindow());
} catch (error) {
  console.error(`The demo failed. ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
await lab.close().catch((error) => console.warn(error));
process.exit();

async function open(): Promise<{ readonly browser: BrowserDriver; readonly swarm: DemoSwarm }> {
  await ensureBrowsers([...new Set<BrowserName>(['chromium', browserName])]); // the demo's peers live in Chromium
  console.log('Building the extension …');
  const target = browserName === 'firefox' ? 'firefox' : 'chrome';
  await buildExtension(target, workDir);
  console.log('Starting a tracker, peers, two web servers and the browser …');
  const swarm = await startDemoSwarm(lab);
  const options = { extensionDir: join(workDir, target), profileDir: join(workDir, 'profile'), isHeadless };
  return { browser: await lab.browser(browserName, options), swarm };
}

async function runUnattended(): Promise<void> {
  const { browser, swarm } = await open();
  const table = await doMainJob(browser, swarm);
  console.log(`\n${table.map((line) => `  ${line}`).join('\n')}\n\nDone: one click, one file, two kinds of sources.`);
}

async function runInWindow(): Promise<void> {
  const { browser, swarm } = await open();
  await browser.open(swarm.pageUrl);
  console.log(`
  The demo page is open: ${swarm.pageUrl}
  1. Click a card. The file arrives in ${browser.downloadsDir}
  2. Press the Rivulet button in the toolbar (perhaps behind the puzzle piece) to watch it.
  Ctrl+C here ends the demo and deletes what it made.`);
  await untilClosed(browser);
}

/** Resolves when the user ends the demo, here or by closing the browser. */
async function untilClosed(browser: BrowserDriver): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        hasUserEnded = true;
        resolve();
      });
    }
  });
  const closed = (async () => {
    while ((await browser.tabs().catch(() => [])).length > 0) await new Promise((next) => setTimeout(next, 1000));
  })();
  await Promise.race([asked, closed]);
}

function within<T>(limitMs: number, job: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`It took longer than ${limitMs / 1000} s.`)), limitMs).unref();
  });
  return Promise.race([job, late]);
}
