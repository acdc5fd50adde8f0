import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { siteNotes } from '../publishing/site-notes.ts';
import { writeMagnet } from '../publishing/write-magnet.ts';
import { formatBytes } from '../ui/formats/format-bytes.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { makeHashProgress } from './hash-progress.ts';
import { entryOf } from './publication-state.ts';
import { type PublishReport, publishFolder } from './publish-folder.ts';
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
      onHashed: ({ path, sizeBytes }) => progress.finished(path.join('/'), sizeBytes),
    },
  ).finally(progress.end);
  const seconds = (performance.now() - startedAtMs) / 1000;
  for (const { path, reason } of report.skipped) io.tell(`Passed over ${path}: ${reason}.\n`);
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
  const { publications, written, removed, hashedBytes, enclosures } = report;
  const totalBytes = publications.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const rate = formatBytes(hashedBytes / seconds);
  const lines = [
    `${counted(publications.length, 'file')}, ${formatBytes(totalBytes)}; read ${formatBytes(hashedBytes)} in ${seconds.toFixed(1)} s${hashedBytes > 0 ? ` (${rate}/s)` : ''}.`,
    `Wrote ${counted(written.length, 'file')}${removed.length > 0 ? `, removed ${removed.length}` : ''}.`,
    ...(enclosures === null
      ? []
      : [`${counted(enclosures, 'enclosure')} of the feed now ${enclosures === 1 ? 'has' : 'have'} a torrent.`]),
    ...(publications.length === 0
      ? []
      : [`Upload ${folder}, then paste from ${join(folder, OUTPUT_FOLDER, 'snippets.html')}`]),
  ];
  return `${lines.join('\n')}\n`;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
