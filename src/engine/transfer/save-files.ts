import type { Failure } from '../../model/failure.ts';
import type { SaveState } from '../../model/host-link.ts';
import type { FileIndex } from '../../model/ids.ts';
import type { Clock, Saver } from '../ports.ts';
import { storeFileName } from '../store/store-files.ts';
import { type FileSpans, isInSpans } from '../torrent/file-spans.ts';
import { safePaths } from '../torrent/safe-names.ts';
import type { TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';
import { SaveEnds } from './save-ends.ts';
import { TransferError } from './transfer-error.ts';
import type { SavedFile } from './transfer-record.ts';

/** Files handed to the browser at a time. */
const AT_A_TIME = 3;

export type SavePorts = {
  readonly info: TorrentInfo;
  /** The files that are whole, when not all of them are; null when all are. */
  readonly whole: ReadonlySet<FileIndex> | null;
  /** Files that are not to be saved. */
  readonly skipped: FileSpans;
  readonly saver: Saver;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What earlier attempts did. */
  readonly saved: readonly SavedFile[];
  readonly folder: string | null;
  /** Remembers how far it has come; resolved when it is on the disk. */
  readonly remember: (saved: readonly SavedFile[], folder: string | null) => Promise<void>;
};

/**
 * Copies all whole files of a torrent to the Downloads folder, never over something that is there. Files that an
 * earlier attempt saved are left as they are, so a crash in the middle costs nothing twice.
 * @throws {TransferError} when the browser could not save a file; an AbortError when `signal` fires.
 */
export async function saveFiles(ports: SavePorts): Promise<readonly SavedFile[]> {
  const { info, saver, clock, signal } = ports;
  const names = safePaths(info);
  let folder = ports.folder;
  if (names.root !== null && folder === null) {
    folder = await saver.freeFolder(names.root);
    await ports.remember(ports.saved, folder);
  }
  const saved = new Map(ports.saved.map((entry) => [entry.file, entry]));
  const remember = (entry: SavedFile) => {
    saved.set(entry.file, entry);
    return ports.remember([...saved.values()], folder);
  };
  const isWanted = (file: TorrentFile) => !file.isPadding && !isInSpans(ports.skipped, file.index);
  const todo = info.files.filter((file) => isWanted(file) && (ports.whole?.has(file.index) ?? true));
  signal.throwIfAborted();
  const ends = new SaveEnds(saver, clock);
  const end = (reason: unknown) => {
    todo.length = 0;
    ends.stop(reason);
  };
  const aborted = () => end(signal.reason);
  signal.addEventListener('abort', aborted);
  const workers = Array.from({ length: AT_A_TIME }, async () => {
    for (let file = todo.shift(); file !== undefined; file = todo.shift()) {
      const path = [...(folder === null ? [] : [folder]), ...(names.paths[file.index] ?? [])].join('/');
      await saveOne(ports, ends, file, path, saved.get(file.index), remember);
    }
  });
  try {
    await Promise.all(workers);
    signal.throwIfAborted();
  } catch (error) {
    end(error); // what the browser is copying it goes on to copy; the next attempt finds out
    throw error;
  } finally {
    signal.removeEventListener('abort', aborted);
    ends.stop(null);
  }
  return [...saved.values()];
}

async function saveOne(
  { info, saver }: SavePorts,
  ends: SaveEnds,
  file: TorrentFile,
  path: string,
  before: SavedFile | undefined,
  remember: (entry: SavedFile) => Promise<void>,
): Promise<void> {
  if (before?.isComplete) return;
  const earlier = before === undefined ? null : await saver.state(before.downloadId);
  let downloadId = before?.downloadId ?? -1;
  let state = earlier;
  if (earlier === null || earlier.state === 'interrupted' || earlier.state === 'gone') {
    if (earlier?.state === 'interrupted') await saver.delete(downloadId);
    const storeFile = file.lengthBytes === 0 ? null : storeFileName(file.index);
    downloadId = await saver.start(info.infoHash, storeFile, path);
    await remember({ file: file.index, downloadId, isComplete: false });
    state = { state: 'in-progress' };
  }
  const end = state?.state === 'in-progress' ? await ends.endOf(downloadId) : state;
  if (end?.state !== 'complete') throw new TransferError(failureOfSave(end));
  await remember({ file: file.index, downloadId, isComplete: true });
}

function failureOfSave(end: SaveState | null): Failure {
  if (end?.state !== 'interrupted') return { code: 'save-failed', reason: 'the browser forgot the download' };
  if (/CANCELED|CANCELLED/i.test(end.reason)) return { code: 'save-cancelled' };
  if (/NO_SPACE/i.test(end.reason)) return { code: 'disk-full', neededBytes: 0, freeBytes: 0 };
  return { code: 'save-failed', reason: end.reason };
}
