import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { siteNotes } from '../publishing/site-notes.ts';
import { writeMagnet } from '../publishing/write-magnet.ts';
import { displayName } from '../ui/formats/display-name.ts';
import { formatBytes } from '../ui/formats/format-bytes.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { makeHashProgress } from './hash-progress.ts';
import { entryOf } from './publication-state.ts';
import { FEED_NAME, type PublishReport, publishFolder } from './publish-folder.ts';
import { PUBLISH_HELP, readPublishOptions } from './publish-options.ts';
import { startHashThread } from './start-hash-thread.ts';
import { OUTPUT_FOLDER } from './walk-folder.ts';

/** `rivulet publish`: everything that a folder needs so that its visitors share the load. */
export async function publish(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = readPublishOptions(args);
  if (options === null) {
    io.print(PUBLISH_HELP);
    return 0;
  }
  const folder = resolve(io.folder, options.folder);
  const feed = options.feed === null ? null : resolve(io.folder, options.feed);
  const progress = makeHashProgress(io.tell, io.columns, () => performance.now());
  const startedAtMs = performance.now();
  const report = await publishFolder(
    { ...options, folder, feed },
    {
      threads: availableParallelism(),
      startThread: startHashThread,
      signal: io.signal,
      onStart: progress.start,
      onProgress: progress.show,
      onHashed: ({ path, sizeBytes }) => progress.finished(displayName(path.join('/')), sizeBytes),
    },
  ).finally(progress.end);
  const seconds = (performance.now() - startedAtMs) / 1000;
  for (const { path, reason } of report.skipped) io.tell(`Passed over ${displayName(path)}: ${reason}.\n`);
  const notes = siteNotes(options.site);
  for (const note of notes) io.tell(`${note}\n`);
  if (options.isJson) io.print(`${JSON.stringify(machineReport(folder, report, notes, seconds), null, 2)}\n`);
  else io.print(summary(folder, report, seconds));
  return 0;
}

function machineReport(folder: string, report: PublishReport, notes: readonly string[], seconds: number) {
  const { publications, ...counts } = report;
  const files = publications.map((publication) => ({
    ...entryOf(publication),
    mediaType: publication.mediaType,
    url: publication.url,
    mirrorUrls: publication.mirrorUrls,
    torrentUrl: publication.torrentUrl,
    metalinkUrl: publication.metalinkUrl,
    trackers: publication.trackers,
    magnet: writeMagnet(publication),
  }));
  return { folder, files, ...counts, notes, seconds: Math.round(seconds * 1000) / 1000 };
}

function summary(folder: string, report: PublishReport, seconds: number): string {
  const { publications, written, removed, enclosures } = report;
  const outputs = join(folder, OUTPUT_FOLDER);
  const isSame = written.length + removed.length === 0;
  const gone = removed.length > 0 ? `, removed ${removed.length}` : '';
  const lines = [
    readingLine(report, seconds),
    isSame ? 'Nothing had to be written.' : `Wrote ${counted(written.length, 'file')}${gone}.`,
    ...(enclosures === null
      ? []
      : [`${counted(enclosures, 'enclosure')} with a torrent in the new feed, ${join(outputs, FEED_NAME)}`]),
    ...(publications.length === 0 ? [] : [`Upload ${folder}, then paste from ${join(outputs, 'snippets.html')}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** How much there is, and how much of it had to be read. */
function readingLine({ publications, hashedBytes }: PublishReport, seconds: number): string {
  const totalBytes = publications.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const files = `${counted(publications.length, 'file')}, ${formatBytes(totalBytes)}`;
  if (hashedBytes === 0) return `${files}; none has changed.`;
  const read = `read in ${seconds.toFixed(1)} s (${formatBytes(hashedBytes / seconds)}/s)`;
  return hashedBytes === totalBytes
    ? `${files}; ${read}.`
    : `${files}; ${formatBytes(hashedBytes)} of it new, ${read}.`;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
