import { parseArgs } from 'node:util';
import type { BrowserName } from '../../tools/ensure-browsers.ts';

/** In the order in which they run: the one that fills the disk comes last. */
export const ROWS = [
  'origin',
  'mirrors',
  'files',
  'peers',
  'hybrid',
  'death',
  'spare',
  'player',
  'worlds',
  'popup',
  'manager',
  'content',
  'memory',
] as const;
export type RowName = (typeof ROWS)[number];

export type BenchOptions = {
  readonly browsers: readonly BrowserName[];
  readonly rows: readonly RowName[];
  readonly isQuick: boolean;
  readonly repeat: number;
  /** A folder with `chrome` and `firefox` in it; null builds the extension anew. */
  readonly extensions: string | null;
  readonly outFile: string;
};

/** Reads the command line. @throws {Error} that says what is wrong with it. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      repeat: { type: 'string' },
      extensions: { type: 'string' },
      out: { type: 'string', default: 'bench/results.json' },
    },
  });
  const repeat = Number(values.repeat ?? (values.quick ? 2 : 3));
  if (!Number.isInteger(repeat) || repeat < 1) throw new Error('--repeat wants a whole number');
  return {
    browsers: chosen(['chromium', 'firefox'] as const, values.browser, '--browser'),
    rows: chosen(ROWS, values.only, '--only'),
    isQuick: values.quick,
    repeat,
    extensions: values.extensions ?? null,
    outFile: values.out,
  };
}

function chosen<Name extends string>(all: readonly Name[], wanted: readonly string[] | undefined, flag: string) {
  const unknown = wanted?.find((name) => !all.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`${flag} ${unknown} is none of ${all.join(', ')}`);
  return wanted === undefined ? all : all.filter((name) => wanted.includes(name));
}
