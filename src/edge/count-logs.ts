import { setTimeout as wait } from 'node:timers/promises';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { RecordEvents } from './edge-event.ts';
import { countLog } from './logs/count-log.ts';
import { followLog } from './logs/follow-log.ts';
import { readLog } from './logs/read-log.ts';
import { NO_RANGE_DOWNLOADS, type RangeDownloads } from './ranges/range-downloads.ts';

type Parts = {
  readonly catalogue: Pick<Catalogue, 'files'>;
  readonly record: RecordEvents;
  readonly ranges: Pick<RangeDownloads, 'sent'>;
  /** Where the folder begins at the server that wrote the logs. */
  readonly basePath: string;
  readonly signal: AbortSignal;
  readonly warn: (text: string) => void;
};

/** A disk that was full may have room again. */
const TRY_AGAIN_AFTER_MS = 60_000;

/**
 * Counts access logs of web servers and CDNs: what is packed (`.gz`) or comes on the standard input (`-`) is read once,
 * every other file is followed. What cannot be read or kept is told, and tried again: lines that were counted before are
 * known, and do not count twice. Resolves when all logs have ended or `signal` aborts.
 */
export async function countLogs(paths: readonly string[], parts: Parts): Promise<void> {
  await Promise.all(paths.map((path) => countOne(path, parts)));
}

async function countOne(path: string, parts: Parts): Promise<void> {
  const { catalogue, record, basePath, signal, warn } = parts;
  let { ranges } = parts;
  // Whoever writes into the standard input may never end it.
  if (path === '-') signal.addEventListener('abort', () => process.stdin.destroy(), { once: true });
  const isReadOnce = path === '-' || path.endsWith('.gz');
  while (!signal.aborted) {
    try {
      const lines = isReadOnce ? readLog(path) : followLog(path, { signal });
      const count = await countLog(untilAborted(lines, signal), { files: catalogue.files, basePath, ranges }, record);
      if (count.lines > 0 && count.malformed > count.lines / 2) {
        warn(`${path}: ${count.malformed} of ${count.lines} lines are in no format that is known.`);
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      warn(`${path} cannot be counted: ${(error as Error).message}`);
      if (path === '-') return;
      // Parts that were heard of before would be heard of again.
      ranges = NO_RANGE_DOWNLOADS;
      await wait(TRY_AGAIN_AFTER_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}

async function* untilAborted(groups: AsyncIterable<string[]>, signal: AbortSignal): AsyncGenerator<string[]> {
  for await (const lines of groups) {
    if (signal.aborted) return;
    yield lines;
  }
}
