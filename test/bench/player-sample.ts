import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { pageScriptCode } from './competitor/build-competitor.ts';
import type { PlayerInPage, PlayerTimes } from './player-probe.ts';

const LIMIT = { timeoutMs: 45_000 };
const JUMP_TO = 0.75;

/** Times are milliseconds. */
export type PlayerSample = {
  readonly firstFrameMs: number;
  readonly movingMs: number;
  readonly stalls: number;
  readonly jumpMs: number;
  /** How the address that is played begins. */
  readonly source: string;
};

export type SampleOptions = {
  readonly playedMs: number;
  /** Runs before the jump. */
  readonly beforeJump?: () => Promise<void>;
};

/**
 * Lets a page that has the probe play for a while, and then jump to where nothing is yet.
 * @throws {Error} when the element says that it cannot play, or nothing moves.
 */
export async function samplePlayer(
  browser: BrowserDriver,
  tab: Tab,
  { playedMs, beforeJump = async () => undefined }: SampleOptions,
): Promise<PlayerSample> {
  const times = () => browser.evaluate(tab, readTimes);
  await browser.waitFor(tab, isMoving, LIMIT);
  await wait(playedMs);
  await beforeJump();
  await browser.evaluate(tab, (part: number) => (window as unknown as PlayerInPage).jumpTo(part), JUMP_TO);
  await browser.waitFor(tab, hasJumped, LIMIT);
  const { firstFrameMs, movingMs, stallsMs, jumpMs, error, source } = await times();
  if (error !== null || firstFrameMs === null || movingMs === null || jumpMs === null) {
    throw new Error(`the film did not play: ${error}`);
  }
  return { firstFrameMs, movingMs, stalls: stallsMs.length, jumpMs, source };
}

/** A copy of the extension whose player notes what its element does. Its own code is not touched. */
export async function withPlayerProbe(extensionDir: string, copyDir: string): Promise<string> {
  cpSync(extensionDir, copyDir, { recursive: true });
  const page = join(copyDir, 'player.html');
  const html = readFileSync(page, 'utf8').replace('<head>', '<head><script type="module" src="probe.js"></script>');
  writeFileSync(page, html);
  writeFileSync(join(copyDir, 'probe.js'), await pageScriptCode('../player-probe.ts'));
  return copyDir;
}

/** The next three run in the page. */
function readTimes(): PlayerTimes {
  return JSON.parse(JSON.stringify((window as unknown as PlayerInPage).playerTimes));
}

function isMoving(): boolean {
  const { movingMs, error } = (window as unknown as PlayerInPage).playerTimes;
  return movingMs !== null || error !== null;
}

function hasJumped(): boolean {
  const { jumpMs, error } = (window as unknown as PlayerInPage).playerTimes;
  return jumpMs !== null || error !== null;
}
