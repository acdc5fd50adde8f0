import { type PutVerdict, putPieces } from '../engine/store/put-pieces.ts';
import { storeFileName } from '../engine/store/store-files.ts';
import { readInfo } from '../engine/torrent/read-info.ts';
import type { TorrentInfo } from '../engine/torrent/torrent-description.ts';
import type { FileIndex, TransferId } from '../model/ids.ts';
import { ownFilesLock } from '../model/own-files-lock.ts';
import { opfsRoot } from '../platform/browser/opfs-root.ts';
import { freeBytes, storeFailure } from '../platform/browser/quota.ts';
import { openRecords } from '../platform/browser/records.ts';
import { sha1 } from '../platform/browser/sha1.ts';
import { judgeFiles } from './judge-pieces.ts';
import { matchOwnFiles } from './match-own-files.ts';
import type { FromOfferWorker, OfferResult, OfferWorkFailure, OwnFile, ToOfferWorker } from './offer-job.ts';
import { ownBytesReader } from './read-own-bytes.ts';

/** Figures that change faster than this nobody reads. */
const PROGRESS_EVERY_MS = 100;
/** A copy needs a little more than the files: the journal, and what the browser keeps for itself. */
const SPARE_BYTES = 1_048_576;

class WorkError extends Error {
  readonly failure: OfferWorkFailure;
  constructor(failure: OfferWorkFailure) {
    super(failure.code);
    this.failure = failure;
  }
}
class Stopped extends Error {}

// Matches, hashes and copies for one page, which ends it. The lock is the Worker's own: it is free as soon as the files
// of the store are, also when the page is closed in the middle.
const scope = self as unknown as Worker;
const tell = (news: FromOfferWorker) => scope.postMessage(news);
const heard: { put: () => void; isStopped: boolean } = { put: () => undefined, isStopped: false };
const mayPut = new Promise<void>((resolve) => {
  heard.put = resolve;
});
const ended = new Promise<void>((resolve) => {
  scope.addEventListener('message', ({ data }: MessageEvent<ToOfferWorker>) => {
    if (data.type === 'match') void work(data.id, data.files);
    else if (data.type === 'put') heard.put();
    else {
      heard.isStopped = true;
      heard.put();
      resolve();
    }
  });
});

function work(id: TransferId, files: readonly OwnFile[]): Promise<void> {
  return navigator.locks.request(ownFilesLock(id), { ifAvailable: true }, async (lock) => {
    try {
      if (lock === null) throw new WorkError({ code: 'busy' });
      const offer = await match(id, files);
      tell({ type: 'matched' });
      await mayPut;
      if (heard.isStopped) throw new Stopped();
      tell({ type: 'done', result: await put(offer) });
      await ended; // the lock is held until the engine knows
    } catch (error) {
      tell(error instanceof Stopped ? { type: 'stopped' } : { type: 'failed', failure: failureOf(error) });
    }
  });
}

type Offer = {
  readonly info: TorrentInfo;
  readonly byFile: ReadonlyMap<FileIndex, File>;
  readonly unused: readonly string[];
};

async function match(id: TransferId, files: readonly OwnFile[]): Promise<Offer> {
  const infoBytes = await (await openRecords()).info(id);
  if (infoBytes === null) throw new WorkError({ code: 'metadata-unknown' });
  const info = await readInfo(infoBytes, (bytes) => sha1(bytes as Uint8Array<ArrayBuffer>));
  const offered = files.map(({ path, file }) => ({ path, lengthBytes: file.size }));
  const { byFile, unused } = matchOwnFiles(info.files, offered);
  const unusedPaths = unused.map((place) => files[place]?.path ?? '');
  if (byFile.size === 0) throw new WorkError({ code: 'nothing-fits', unused: unusedPaths });
  const matched = [...byFile].flatMap(([index, place]) => {
    const file = files[place]?.file;
    return file === undefined ? [] : [[index, file] as const];
  });
  return { info, byFile: new Map(matched), unused: unusedPaths };
}

async function put({ info, byFile, unused }: Offer): Promise<OfferResult> {
  await checkRoom(info, byFile);
  const verdicts: PutVerdict[] = [];
  let piecesHere = 0;
  let toldAtMs = 0;
  await putPieces({
    root: opfsRoot(),
    info,
    comparesAll: true,
    read: ownBytesReader(info, (file) => byFile.get(file)),
    hash: async (bytes) => ({ digest: await sha1(bytes), bytes }),
    onPiece: (_piece, verdict, bytes, isHere) => {
      if (heard.isStopped) throw new Stopped();
      verdicts.push(verdict);
      piecesHere += Number(isHere);
      if (performance.now() < toldAtMs + PROGRESS_EVERY_MS) return;
      toldAtMs = performance.now();
      tell({ type: 'progress', bytes, totalBytes: info.lengthBytes });
    },
  });
  const { own, changed } = judgeFiles(info, verdicts, new Set(byFile.keys()));
  const pathOf = (index: FileIndex) => info.files[index]?.path.join('/') ?? '';
  const lacking = info.files.filter((file) => !file.isPadding && file.lengthBytes > 0 && !byFile.has(file.index));
  return {
    pieces: info.pieceCount,
    piecesHere,
    piecesPut: verdicts.filter((verdict) => verdict === 'put').length,
    own,
    changed: changed.filter((index) => byFile.has(index)).map(pathOf),
    missing: lacking.map(({ index }) => pathOf(index)),
    unused,
  };
}

async function checkRoom(info: TorrentInfo, byFile: ReadonlyMap<FileIndex, File>): Promise<void> {
  const sizes = await (await opfsRoot().directory(info.infoHash)).sizes();
  const lacks = [...byFile].map(([index, { size }]) => Math.max(size - (sizes.get(storeFileName(index)) ?? 0), 0));
  const neededBytes = lacks.reduce((sum, bytes) => sum + bytes, SPARE_BYTES);
  const free = await freeBytes();
  if (free < neededBytes) throw new WorkError({ code: 'no-room', neededBytes, freeBytes: free });
}

function failureOf(error: unknown): OfferWorkFailure {
  if (error instanceof WorkError) return error.failure;
  // What a browser throws for a file that was deleted, or changed since it was picked.
  if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
    return { code: 'file-unreadable', reason: error.message };
  }
  const failure = storeFailure(error);
  return failure.code === 'disk-full' ? { code: 'disk-full' } : { code: 'store-failed', reason: String(error) };
}
