import { parseArgs } from 'node:util';
import { optionFault } from '../publishing/option-fault.ts';
import { PublishingError } from '../publishing/publishing-error.ts';
import { readTrackerUrl } from '../publishing/tracker-shard.ts';
import { UsageError } from './command.ts';

export type SeedOptions = {
  /** Folders and .torrent files, as they were typed. */
  readonly paths: readonly string[];
  /** Instead of those in the torrents; empty for those. */
  readonly trackers: readonly string[];
  /** Of all files together; null for no limit. */
  readonly upBytesPerS: number | null;
};

export const SEED_HELP = `Usage: rivulet seed FOLDER|TORRENT… [options]

Shares published files with visitors' browsers until it is stopped (Ctrl-C), so that the first of them have somebody to
take from. Every file is read and compared with its .torrent first, and served from where it lies; nothing is written.

  --tracker URL    where visitors meet, such as wss://tracker.example/; may be given several times; by default the
                   trackers in each .torrent
  --up RATE        send no more than this each second, in bytes: 500k, 2M, 1.5M
  --help           show this

In a FOLDER every .torrent below it is taken, beside which its file lies, as "rivulet publish" leaves them.
`;

/**
 * Reads the words after `seed`; null when they ask for help.
 * @throws {UsageError} with what is wrong with them.
 */
export function readSeedOptions(args: readonly string[]): SeedOptions | null {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  if (positionals.length === 0) throw new UsageError('What shall be seeded? Name a folder: rivulet seed ./media');
  return {
    paths: positionals,
    trackers: [...new Set((values.tracker ?? []).map(readBrowserTracker))],
    upBytesPerS: values.up === undefined ? null : readRate(values.up),
  };
}

function readBrowserTracker(text: string): string {
  try {
    const url = readTrackerUrl(text);
    if (/^wss?:/i.test(url)) return url;
  } catch (error) {
    if (!(error instanceof PublishingError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
  throw new UsageError(`Browsers do not reach "${text}". Give an address such as wss://tracker.example/.`);
}

const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

function readRate(text: string): number {
  const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([kmg]?)$/i.exec(text) ?? [];
  const bytesPerS = Math.round(Number(number) * (FACTORS[unit.toLowerCase()] ?? 1));
  // One block in four seconds: below that no browser waits for it.
  if (!(bytesPerS >= 4096)) throw new UsageError(`--up takes bytes a second from 4k on, such as 500k, not "${text}".`);
  return bytesPerS;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        tracker: { type: 'string', multiple: true },
        up: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(optionFault(error), { cause: error });
  }
}
