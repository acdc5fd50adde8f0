import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatBytes } from '../../src/ui/formats/format-bytes.ts';
import type { BrowserDriver } from '../support/browser-driver.ts';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import type { DemoSwarm } from './demo-swarm.ts';
import { MAIN_LINK_ID } from './page.ts';

const TIME_LIMIT_MS = 90_000;
/** The system's own folder for such files: read before the demo takes another one for itself. */
const KEPT_DIR = join(tmpdir(), 'rivulet-demo');

/**
 * Does what a user would: clicks the magnet link, waits until the popup says "done", and looks at the file. Returns
 * the lines of a small table. The demo's Downloads folder goes with its browser, so a copy of the file is kept.
 * @throws {Error} that says in one line what did not happen.
 */
export async function doMainJob(browser: BrowserDriver, { pageUrl, mainFile }: DemoSwarm): Promise<string[]> {
  const popup = await browser.openExtensionPage('popup.html');
  const page = await browser.open(pageUrl);
  await browser.click(page, `#${MAIN_LINK_ID}`);
  const clickedAt = performance.now();
  await takeFromSheet(browser);
  const readRow = () =>
    browser.evaluate(popup, () => {
      const row = document.querySelector<HTMLElement>('li[data-id]');
      if (row === null) return null;
      const { state = '', peerBytes, originBytes } = row.dataset;
      return { state, peerBytes: Number(peerBytes), originBytes: Number(originBytes), words: row.textContent };
    });
  const row = await waitUntil(
    async () => {
      const now = await readRow();
      return now && (now.state === 'done' || now.state === 'failed') ? now : null;
    },
    { timeoutMs: TIME_LIMIT_MS, what: 'the popup to say that the download is done' },
  );
  const tookS = (performance.now() - clickedAt) / 1000;
  if (row.state === 'failed') throw new Error(`The download failed: ${row.words}`);

  const file = join(browser.downloadsDir, mainFile.name);
  const bytes = readFileSync(file);
  const sha256 = sha256Hex(bytes);
  if (sha256 !== mainFile.sha256) throw new Error(`${file} has the SHA-256 ${sha256}, not ${mainFile.sha256}.`);
  if (row.peerBytes === 0) throw new Error('No byte came from the peer.');
  if (row.originBytes === 0) throw new Error('No byte came from the origin.');
  const keptFile = join(KEPT_DIR, mainFile.name);
  mkdirSync(KEPT_DIR, { recursive: true });
  cpSync(file, keptFile);
  const share = (part: number) => `${formatBytes(part)} (${Math.round((part / bytes.length) * 100)} %)`;
  return [
    `From peers    ${share(row.peerBytes)}`,
    `From origins  ${share(row.originBytes)}`,
    `Time          ${tookS.toFixed(1)} s from the click to Downloads`,
    `File          ${keptFile}, ${formatBytes(bytes.length)}`,
    `SHA-256       ${sha256}, as it should be`,
  ];
}

/** Waits for the add sheet, which opens in a tab of its own, and presses "Download". */
async function takeFromSheet(browser: BrowserDriver): Promise<void> {
  const sheet = await waitUntil(
    async () => {
      for (const tab of await browser.tabs()) if ((await browser.url(tab)).endsWith('/add.html')) return tab;
      return null;
    },
    { timeoutMs: TIME_LIMIT_MS, what: 'the add sheet to open' },
  );
  await browser.waitFor(sheet, () => document.querySelector('[role="treeitem"]') !== null);
  await browser.click(sheet, '.button-primary');
}
