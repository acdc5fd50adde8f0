import type { EdgeEvent, RecordEvents } from '../edge-event.ts';
import { limitKey, plainAddress } from '../http/client-address.ts';
import type { PublishedFile } from '../published-file.ts';
import type { RangeDownloads } from '../ranges/range-downloads.ts';
import { createLineNames } from './line-names.ts';
import { createLogReader } from './log-reader.ts';
import { findByTarget } from './published-paths.ts';

/** What became of the lines of a log. */
export type LogCount = {
  readonly lines: number;
  /** About published files: counted now, or known already. */
  readonly counted: number;
  /** About something else: other paths, other methods than GET, answers without a body of the file. */
  readonly elsewhere: number;
  readonly malformed: number;
};

export type LogTargets = {
  readonly files: () => readonly PublishedFile[];
  /** Where the publisher's folder begins at the server. */
  readonly basePath: string;
  /** Hears of parts of files, which may be downloads together. */
  readonly ranges: Pick<RangeDownloads, 'sent'>;
};

/** Groups that may wait for the disk at once: enough that reading and writing overlap. */
const MAX_WRITING = 8;

/**
 * Records what a log says the origin sent. 200 is the whole file, 206 a part; a 200 that was broken off is shorter than
 * the file and counts as a part. Nothing of who asked is recorded.
 * @param groups lines as they are read, some at a time.
 * @param told is called after each group with what was counted so far.
 * @throws when a group cannot be recorded; the log can be read again from its begin then.
 */
export async function countLog(
  groups: AsyncIterable<readonly string[]>,
  { files, basePath, ranges }: LogTargets,
  record: RecordEvents,
  told: (count: LogCount) => void = () => {},
): Promise<LogCount> {
  const read = createLogReader();
  const nameOf = createLineNames();
  const count = { lines: 0, counted: 0, elsewhere: 0, malformed: 0 };
  const writing: Promise<void>[] = [];
  for await (const lines of groups) {
    const find = findByTarget(files(), basePath);
    const events: EdgeEvent[] = [];
    for (const line of lines) {
      const entry = read(line);
      if (entry === 'remark') continue;
      count.lines += 1;
      if (entry === 'malformed') {
        count.malformed += 1;
        continue;
      }
      const file = isDelivery(entry) ? find(entry.target) : null;
      if (file === null) {
        count.elsewhere += 1;
        continue;
      }
      count.counted += 1;
      const whole = entry.status === 200 && entry.bytes >= file.sizeBytes && file.sizeBytes > 0;
      const { atMs, bytes, address, startByte } = entry;
      const { infoHash, sizeBytes } = file;
      const lineId = nameOf(line);
      events.push({ type: 'origin', atMs, infoHash, bytes, whole, lineId });
      if (whole || address === null || startByte === null) continue;
      ranges.sent({ atMs, addressKey: limitKey(plainAddress(address)), infoHash, sizeBytes, startByte, bytes, lineId });
    }
    if (events.length > 0) writing.push(watched(record(events)));
    if (writing.length >= MAX_WRITING) await writing.shift();
    told({ ...count });
  }
  await Promise.all(writing);
  return count;
}

const isDelivery = ({ method, status }: { readonly method: string; readonly status: number }): boolean =>
  method === 'GET' && (status === 200 || status === 206);

/** Its failure is heard when it is awaited, and is no surprise before. */
function watched(writing: Promise<void>): Promise<void> {
  writing.catch(() => {});
  return writing;
}
