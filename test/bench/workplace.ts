import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildExtension } from '../../tools/build.ts';
import type { BrowserName } from '../../tools/ensure-browsers.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { killTree, processTree } from '../support/processes.ts';
import type { BenchOptions } from './bench-options.ts';
import { buildCompetitor } from './competitor/build-competitor.ts';
import { type PayloadServer, startPayloadServer } from './servers/start-payload-server.ts';

const run = promisify(execFile);

/** More than any sample writes and holds. */
const MEMORY_BYTES = 1_073_741_824;

/** What every row works with. All of it is on this machine and goes away with `close`. */
export type Workplace = {
  readonly options: BenchOptions;
  readonly payload: PayloadServer;
  /** A folder that is deleted at the end; browsers keep their profiles in it too. */
  readonly tempDir: string;
  readonly ourExtension: (browser: BrowserName) => string;
  readonly competitorExtension: (browser: BrowserName) => Promise<string>;
  /** Runs with a lab that is closed afterwards, whatever happened. */
  readonly withLab: <T>(job: (lab: Lab) => Promise<T>) => Promise<T>;
  /**
   * Writes the disk's backlog out and has the machine's memory brought in, so that no sample pays for the one before it:
   * a virtual machine that gave free memory back gets it again only at a quarter of the speed of a disk's cache.
   */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Builds both extensions and starts the server of payloads. */
export async function openWorkplace(options: BenchOptions): Promise<Workplace> {
  const tempDir = mkdtempSync(join(tmpdir(), 'rivulet-bench-'));
  process.env.TMPDIR = tempDir; // where the lab makes profiles, and browsers whatever they make
  const discard = () => rmSync(tempDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.once('exit', () => {
    // After a signal browsers still run, and would go on writing what is being deleted.
    for (const { pid } of processTree(process.pid).slice(1)) killTree(pid);
    discard();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const extensions = options.extensions === null ? join(tempDir, 'ours') : resolve(options.extensions);
  const folderOf = (browser: BrowserName) => (browser === 'chromium' ? 'chrome' : 'firefox');
  if (options.extensions === null) {
    for (const browser of options.browsers) await buildExtension(folderOf(browser), extensions);
  }
  const payload = await startPayloadServer();
  return {
    options,
    payload,
    tempDir,
    ourExtension: (browser) => join(extensions, folderOf(browser)),
    competitorExtension: (browser) => buildCompetitor(browser, join(tempDir, 'competitor', browser)),
    withLab: async (job) => {
      const lab = openLab();
      try {
        return await job(lab);
      } finally {
        await lab.close();
      }
    },
    settle: async () => {
      await run('sync');
      await run(process.execPath, ['-e', `Buffer.alloc(${MEMORY_BYTES}, 1)`]);
    },
    close: async () => {
      await payload.close();
      discard();
    },
  };
}
