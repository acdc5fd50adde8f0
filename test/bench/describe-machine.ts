import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import { type BrowserName, ensureBrowsers } from '../../tools/ensure-browsers.ts';

const run = promisify(execFile);

export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  /** Processes that wanted a core when the bench began, mean of a minute: above the number of cores it is noisy. */
  readonly loadBefore: number;
  readonly versions: Readonly<Record<string, string>>;
};

/** What the figures depend on besides us. */
export async function describeMachine(browsers: readonly BrowserName[]): Promise<Machine> {
  const paths = await ensureBrowsers(browsers);
  const versions: Record<string, string> = { node: process.version, rivulet: await said('git', 'rev-parse', 'HEAD') };
  for (const name of browsers) versions[name] = await said(paths[name] ?? name, '--version');
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    loadBefore: loadavg()[0] ?? 0,
    versions: { ...versions, webtorrent: webtorrentVersion() },
  };
}

const said = async (program: string, ...args: string[]): Promise<string> =>
  (await run(program, args).catch(() => ({ stdout: 'unknown' }))).stdout.trim();

function webtorrentVersion(): string {
  const file = new URL('../../node_modules/webtorrent/package.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
