import type { Failure } from '../../model/failure.ts';
import type { SaveState } from '../../model/host-link.ts';
import type { FileIndex } from '../../model/ids.ts';
import type { Clock, Saver } from '../ports.ts';
import { storeFileName } from '../store/store-files.ts';
import { type FileSpans, isInSpans } from '../torrent/file-spans.ts';
import { safePaths } from '../torrent/safe-names.ts';
import type { TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';
import { TransferError } from './transfer-error.ts';
import type { SavedFile } from './transfer-record.ts';

/** Files handed to the browser at a time. */
const AT_A_TIME = 3;
/** The browser tells when a file is saved; it is also asked, because a word can be lost with a process. */
const ASK_EVERY_MS = 2_000;

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
  const { info, saver } = ports;
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
  const workers = Array.from({ length: AT_A_TIME }, async () => {
    for (let file = todo.shift(); file !== undefined; file = todo.shift()) {
      ports.signal.throwIfAborted();
      const path = [...(folder === null ? [] : [folder]), ...(names.paths[file.index] ?? [])].join('/');
      await saveOne(ports, file, path, saved.get(file.index), remember);
    }
  });
  await Promise.all(workers);
  return [...saved.values()];
}

async function saveOne(
  { info, saver, clock, signal }: SavePorts,
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
  const end = state?.state === 'in-progress' ? await untilEnd(saver, clock, downloadId, signal) : state;
  if (end?.state !== 'complete') throw new TransferError(failureOfSave(end));
  await remember({ file: file.index, downloadId, isComplete: true });
}

function untilEnd(saver: Saver, clock: Clock, downloadId: number, signal: AbortSignal): Promise<SaveState> {
  return new Promise((resolve, reject) => {
    const ends = (state: SaveState) => {
      if (state.state === 'in-progress') return;
      stop();
      resolve(state);
    };
    const stopListening = saver.onChanged((id, state) => {
      if (id === downloadId) ends(state);
    });
    const stopAsking = clock.every(ASK_EVERY_MS, () => void saver.state(downloadId).then(ends, () => undefined));
    const aborted = () => {
      stop();
      reject(signal.reason);
    };
    const stop = () => {
      stopListening();
      stopAsking();
      signal.removeEventListener('abort', aborted);
    };
    signal.addEventListener('abort', aborted);
  });
}

function failureOfSave(end: SaveState | null): Failure {
  if (end?.state !== 'interrupted') return { code: 'save-failed', reason: 'the browser forgot the download' };
  if (/CANCELED|CANCELLED/i.test(end.reason)) return { code: 'save-cancelled' };
  if (/NO_SPACE/i.test(end.reason)) return { code: 'disk-full', neededBytes: 0, freeBytes: 0 };
  return { code: 'save-failed', reason: end.reason };
}
