import type { FileIndex, OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { WasteReason } from '../../model/ledger.ts';
import type { FileSpans } from '../torrent/file-spans.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { wantedPieces } from '../torrent/wanted-pieces.ts';
import { BegunBlocks } from './begun-blocks.ts';
import { type CheckPorts, checkPieces } from './check-pieces.ts';
import { piecesToCheck } from './check-store.ts';
import type { DepotEvent, DepotSession, RunId, RunRequest, VerifiedPiece, VouchRequest } from './depot.ts';
import { FlushBatch } from './flush-batch.ts';
import { countMissing, markOf } from './journal.ts';
import type { SessionPorts } from './local-depot.ts';
import { type GoodPiece, PieceAssembly } from './piece-assembly.ts';
import { runEvents } from './run-events.ts';
import { RunPace } from './run-pace.ts';
import { RunReader } from './run-reader.ts';
import { RunStream } from './run-stream.ts';
import { Serial } from './serial.ts';
import type { SessionJournal } from './session-journal.ts';
import type { StoreFiles } from './store-files.ts';
import { vouchFile } from './vouch-file.ts';

/** Complete pieces that may wait to be hashed and written before streams are held back. */
const MAX_WAITING_BYTES = 48 * 1_048_576;

/** One torrent's place in the store, at work in this thread. Order of truth: write, flush, journal, tell. */
export class LocalSession implements DepotSession {
  readonly #info: TorrentInfo;
  readonly #files: StoreFiles;
  readonly #journal: SessionJournal;
  readonly #ports: SessionPorts;
  readonly #onEvent: (event: DepotEvent) => void;
  readonly #assembly: PieceAssembly;
  readonly #runs = new Map<RunId, { reader: RunReader; ended: Promise<void> }>();
  readonly #disk = new Serial();
  readonly #written: FlushBatch;
  /** Pieces between "complete" and "written". */
  readonly #inHand = new Set<PieceIndex>();
  /** Their hashing and writing, and that of files to vouch for, so that closing can wait for it. */
  readonly #finishing = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #pace: RunPace;
  readonly #begun = new BegunBlocks((bytes) => this.#waste(bytes, 'thrown-away'));
  readonly #wanted: Uint8Array;
  /** Wanted pieces that are not written yet: nobody waits for more when the last one is. */
  #left: number;
  #waitingBytes = 0;
  #roomWaiters: (() => void)[] = [];
  #isClosed = false;

  constructor(
    info: TorrentInfo,
    files: StoreFiles,
    journal: SessionJournal,
    ports: SessionPorts,
    onEvent: (event: DepotEvent) => void,
    skipped: FileSpans,
  ) {
    this.#info = info;
    this.#files = files;
    this.#journal = journal;
    this.#ports = ports;
    this.#onEvent = onEvent;
    this.#assembly = new PieceAssembly(info, ports.hash);
    const own = { files, journal, disk: this.#disk };
    const onLost = (pieces: readonly VerifiedPiece[], error: unknown) => this.#writtenLost(pieces, error);
    this.#written = new FlushBatch({ ...own, onSafe: (pieces) => this.#writtenSafe(pieces), onLost });
    this.#pace = new RunPace(ports.nowMs);
    this.#wanted = wantedPieces(info, skipped);
    this.#left = countMissing(journal.marks, this.#wanted);
  }

  get marks(): Uint8Array {
    return this.#journal.marks.slice();
  }

  putBlock(piece: PieceIndex, block: number, bytes: Uint8Array, peer: PeerId): void {
    if (this.#isClosed) return this.#waste(bytes.length, 'thrown-away');
    if (this.#isHeld(piece)) return this.#waste(bytes.length, 'duplicate');
    const open = this.#assembly.open(piece);
    const source = this.#assembly.numberOf({ kind: 'peer', peer });
    if (!open.putBlock(block, bytes, source)) return this.#waste(bytes.length, 'duplicate');
    if (open.isComplete) this.#finishSoon(piece);
  }

  dropPiece(piece: PieceIndex): void {
    this.#waste(this.#assembly.drop(piece), 'thrown-away');
  }

  startRun(request: RunRequest): void {
    if (this.#isClosed) return;
    const stream = new RunStream({
      source: this.#assembly.numberOf({ kind: 'origin', origin: request.origin }),
      pieceLengthBytes: this.#info.pieceLengthBytes,
      open: (piece) => (this.#isHeld(piece) ? null : this.#assembly.open(piece)),
      completed: (piece) => this.#finishSoon(piece),
      waste: (bytes, reason) => this.#waste(bytes, reason),
    });
    const reader = new RunReader(request, {
      ...this.#ports,
      info: this.#info,
      finalUrls: this.#finalUrlsOf(request.origin),
      begun: this.#begun,
      pace: this.#pace,
      stream,
      room: () => this.#room(),
      ...runEvents(request, this.#onEvent),
    });
    const ended = reader.read().then(
      (end) => {
        this.#runs.delete(request.run);
        this.#onEvent({ type: 'run-ended', ...end });
      },
      (error) => this.#fail(error),
    );
    this.#runs.set(request.run, { reader, ended });
  }

  shortenRun(run: RunId, endByte: number): void {
    this.#runs.get(run)?.reader.shorten(endByte);
  }

  stopRun(run: RunId): void {
    this.#runs.get(run)?.reader.stop();
  }

  setRunRate(bytesPerS: number | null): void {
    this.#pace.setRate(bytesPerS);
  }

  hasten(pieces: readonly PieceIndex[]): void {
    if (this.#written.hasten(pieces) && !this.#isClosed) void this.#disk.run(() => this.#written.flush());
  }

  read(piece: PieceIndex, offset: number, lengthBytes: number): Promise<Uint8Array> {
    const isHere = !this.#isClosed && this.#journal.has(piece);
    if (!isHere) return Promise.reject(new RangeError(`piece ${piece} is not here`));
    return this.#disk.run(() => this.#files.read(piece * this.#info.pieceLengthBytes + offset, lengthBytes));
  }

  async vouch(request: VouchRequest): ReturnType<DepotSession['vouch']> {
    if (this.#isClosed) return false;
    const finalUrls = request.origin === null ? new Map<FileIndex, string>() : this.#finalUrlsOf(request.origin);
    const { fetch, nowMs, slots } = this.#ports;
    const own = { info: this.#info, files: this.#files, disk: this.#disk, finalUrls, signal: this.#closing.signal };
    const isHeld = (piece: PieceIndex) => this.#isHeld(piece);
    const onCame = (bytes: number, as: 'vouched' | WasteReason) =>
      request.origin !== null && this.#onEvent({ type: 'came-aside', origin: request.origin, bytes, as });
    const onUnwanted = (bytes: number) => onCame(bytes, 'unwanted');
    const vouching = vouchFile(request, { ...own, fetch, nowMs, slots, isHeld, onCame, onUnwanted });
    this.#finishInBackground(vouching);
    return vouching;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#closing.abort();
    for (const { reader } of this.#runs.values()) reader.stop();
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended));
    this.#waste(this.#assembly.dropAll(), 'thrown-away');
    this.#begun.forgetAll();
    await Promise.all(this.#finishing); // a write after the files are closed would open them again
    await this.#disk.run(() => this.#written.flush());
    try {
      this.#files.close();
    } finally {
      this.#journal.close();
    }
  }

  /** Hashes pieces that are in doubt and sets their marks by what is found. */
  async recheck(pieces: Iterable<PieceIndex>, onChecked?: CheckPorts['onChecked']): Promise<void> {
    const [info, journal, files] = [this.#info, this.#journal, this.#files];
    const read = (piece: PieceIndex) =>
      this.#disk.run(() => files.read(piece * info.pieceLengthBytes, lengthOfPiece(info, piece)));
    const own = { info, journal, read, hash: this.#ports.hash, isStopped: () => this.#isClosed };
    const checking = checkPieces(pieces, onChecked === undefined ? own : { ...own, onChecked });
    this.#finishInBackground(checking);
    await checking;
    this.#left = countMissing(journal.marks, this.#wanted);
  }

  async check(): Promise<Uint8Array> {
    const pieces = piecesToCheck(this.#journal.marks, (piece) => this.#files.couldHold(piece));
    await this.recheck(pieces, (checked) => this.#onEvent({ type: 'checked', pieces: checked }));
    return this.marks;
  }

  #room(): Promise<void> | undefined {
    if (this.#waitingBytes <= MAX_WAITING_BYTES) return undefined;
    return new Promise((resolve) => this.#roomWaiters.push(resolve));
  }

  /** Whether a piece is verified or on its way from complete to written. */
  #isHeld(piece: PieceIndex): boolean {
    return this.#inHand.has(piece) || this.#journal.has(piece);
  }

  #finishSoon(piece: PieceIndex): void {
    this.#finishInBackground(this.#finish(piece));
  }

  #finishInBackground(task: Promise<unknown>): void {
    const done = () => void this.#finishing.delete(finishing);
    const finishing: Promise<void> = task.then(done, done);
    this.#finishing.add(finishing);
  }

  #finalUrlsOf(origin: OriginUrl): Map<FileIndex, string> {
    const { finalUrls } = this.#ports;
    const known = finalUrls.get(origin) ?? new Map<FileIndex, string>();
    finalUrls.set(origin, known);
    return known;
  }

  async #finish(piece: PieceIndex): Promise<void> {
    const lengthBytes = lengthOfPiece(this.#info, piece);
    this.#inHand.add(piece);
    this.#waitingBytes += lengthBytes;
    try {
      const verdict = await this.#assembly.verify(piece);
      if (verdict.type === 'failed') {
        this.#inHand.delete(piece);
        this.#onEvent({ type: 'piece-failed', piece, sources: verdict.sources });
        return;
      }
      if (verdict.liars.length > 0) this.#onEvent({ type: 'liars-found', piece, sources: verdict.liars });
      await this.#disk.run(() => this.#write(verdict.good));
    } catch (error) {
      this.#inHand.delete(piece);
      this.#waste(lengthBytes, 'thrown-away');
      this.#fail(error);
    } finally {
      this.#waitingBytes -= lengthBytes;
      if (this.#waitingBytes <= MAX_WAITING_BYTES) for (const go of this.#roomWaiters.splice(0)) go();
    }
  }

  async #write(good: GoodPiece): Promise<void> {
    await this.#files.write(good.buffer, good.piece * this.#info.pieceLengthBytes);
    this.#assembly.recycle(good.buffer);
    this.#left -= this.#wanted[good.piece] ?? 0;
    const { piece, peerBytes, originBytes, from } = good;
    this.#written.add({ piece, mark: markOf(peerBytes, originBytes), from }, good.buffer.length, this.#left === 0);
  }

  #writtenSafe(pieces: readonly VerifiedPiece[]): void {
    for (const { piece } of pieces) this.#inHand.delete(piece);
    this.#onEvent({ type: 'verified', pieces });
  }

  #writtenLost(pieces: readonly VerifiedPiece[], error: unknown): void {
    for (const { piece } of pieces) {
      this.#inHand.delete(piece);
      this.#waste(lengthOfPiece(this.#info, piece), 'thrown-away');
    }
    this.#fail(error);
  }

  #waste(bytes: number, reason: WasteReason): void {
    if (bytes > 0) this.#onEvent({ type: 'wasted', bytes, reason });
  }

  #fail(error: unknown): void {
    this.#onEvent({ type: 'failed', failure: this.#ports.failureOf(error) });
  }
}
