import type { Failure } from '../../model/failure.ts';
import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import type { BytesHere, PlayerId, Playhead } from '../../model/player.ts';
import type { Clock } from '../ports.ts';
import type { DepotSession } from '../store/depot.ts';
import { MISSING } from '../store/journal.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { Playback } from '../transfer/download-ports.ts';
import { type PlayerStand, playbackOf } from './playback-of.ts';

/** Whoever waits is told to ask again after this long: no message between processes may stay open for ever. */
const WAIT_MS = 8_000;
/** Wishes whose time was up and that may come again. */
const MAX_UNANSWERED = 16;
/** A reader that goes on further away than this has jumped, and nothing is buffered there. */
const JUMP_BYTES = 4 * 1_048_576;
const GONE: BytesHere = { state: 'stopped', failure: null };

/** The store of a transfer, while a run has it open. */
export type OpenStore = {
  readonly info: TorrentInfo;
  /** Kept true while pieces come. */
  readonly marks: Uint8Array;
  readonly session: Pick<DepotSession, 'hasten'>;
};

export type TransferPlayersPorts = {
  readonly clock: Clock;
  /** Whether more may come: the transfer runs, or is about to. */
  readonly isComing: () => boolean;
  readonly failure: () => Failure | null;
  /** A whole-file hash says that this file is whole, whatever its pieces are. */
  readonly isVouched: (file: FileIndex) => boolean;
  /** Somebody has begun to play, or nobody plays any more. */
  readonly onChange: () => void;
};

/** Bytes of the torrent that are waited for. */
type Wait = {
  readonly file: FileIndex;
  readonly startByte: number;
  readonly endByte: number;
  readonly isPlayed: boolean;
  readonly turn: number;
  readonly answer: (here: BytesHere) => void;
};
type Stand = { -readonly [Key in Exclude<keyof PlayerStand, 'quietS'>]: PlayerStand[Key] };
type Player = Stand & {
  file: FileIndex;
  waits: Wait[];
  turns: number;
  wishedAtMs: number;
  /** Wishes whose time was up, by what they began with: one that comes again keeps its turn. */
  readonly unanswered: Map<string, number>;
};

/**
 * Who plays files of one transfer, and what they wait for. As long as anybody plays, the store's copy stays. It outlives
 * the runs of its transfer: while none has the store open, everybody waits.
 */
export class TransferPlayers {
  readonly #ports: TransferPlayersPorts;
  readonly #players = new Map<PlayerId, Player>();
  #store: OpenStore | null = null;
  #whenUnplayed: (() => void)[] = [];
  #hastened = '';
  /** Called when what `playback` tells may have changed. */
  onMoved: () => void = () => undefined;

  constructor(ports: TransferPlayersPorts) {
    this.#ports = ports;
  }

  get isPlayed(): boolean {
    return this.#players.size > 0;
  }

  /** The file that a page plays; null when it is not known. */
  fileOf(player: PlayerId): FileIndex | null {
    return this.#players.get(player)?.file ?? null;
  }

  /** A page begins to play a file of this torrent, or another one than before. */
  open(id: PlayerId, { files }: TorrentInfo, file: FileIndex): void {
    const before = this.#players.get(id);
    for (const { answer } of [...(before?.waits ?? [])]) answer(GONE);
    const { startByte = 0, lengthBytes = 0 } = files[file] ?? {};
    const place = { file, fileStartByte: startByte, fileEndByte: startByte + lengthBytes, readerByte: startByte };
    const unread = { readerTurn: 0, leftByte: startByte, turns: 0, wishedAtMs: this.#ports.clock.nowMs() };
    const told = { aheadS: 0, bytesPerS: null, isPaused: false, waitsForS: null };
    this.#players.set(id, { ...place, ...unread, ...told, waits: [], unanswered: new Map() });
    this.#ports.onChange();
    this.onMoved();
  }

  /** The page has gone. */
  close(id: PlayerId): void {
    const gone = this.#players.get(id);
    if (gone === undefined) return;
    this.#players.delete(id);
    for (const { answer } of [...gone.waits]) answer(GONE);
    if (!this.isPlayed) for (const resolve of this.#whenUnplayed.splice(0)) resolve();
    this.#ports.onChange();
    this.onMoved();
  }

  /** The transfer has been removed. */
  closeAll(): void {
    for (const id of [...this.#players.keys()]) this.close(id);
  }

  /** Resolves when nobody plays any more, or `signal` fires. */
  untilUnplayed(signal: AbortSignal): Promise<void> {
    if (!this.isPlayed || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenUnplayed.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** A run has opened the store, or (null) lets go of it. */
  storeIs(store: OpenStore | null): void {
    this.#store = store;
    this.#hastened = '';
    this.look();
  }

  /** See `player.await` of the commands. `startByte` and `endByte` are bytes of the file. */
  await(id: PlayerId, { files }: TorrentInfo, file: FileIndex, startByte: number, endByte: number): Promise<BytesHere> {
    const player = this.#players.get(id);
    const { startByte: fileStart = 0, lengthBytes = 0 } = files[file] ?? {};
    const end = fileStart + Math.min(endByte, lengthBytes);
    const start = fileStart + startByte;
    if (player === undefined) return Promise.resolve({ state: 'unknown' });
    if (start >= end) return Promise.resolve(GONE);
    const isPlayed = file === player.file;
    const turn = this.#turnOf(player, file, start, isPlayed);
    return new Promise((resolve) => {
      const answer = (here: BytesHere) => {
        cancel();
        const at = player.waits.indexOf(wait);
        if (at !== -1) player.waits.splice(at, 1);
        if (here.state === 'here' && isPlayed && turn >= player.readerTurn) {
          player.readerByte = here.endByte;
          player.readerTurn = turn;
        }
        resolve(here.state === 'here' ? { ...here, endByte: here.endByte - fileStart } : here);
        this.onMoved();
      };
      const cancel = this.#ports.clock.after(WAIT_MS, () => {
        player.unanswered.set(`${file} ${start}`, turn);
        answer({ state: 'waiting' });
      });
      const wait: Wait = { file, startByte: start, endByte: end, isPlayed, turn, answer };
      const now = this.#answerTo(wait);
      if (now !== null) return answer(now);
      player.waits.push(wait);
      this.#hasten();
      this.onMoved();
    });
  }

  /** Where a page's playhead is. Returns false when the page is not known. */
  tell({ player: id, aheadS, bytesPerS, isPaused, waitsForS }: Playhead): boolean {
    const player = this.#players.get(id);
    if (player === undefined) return false;
    Object.assign(player, { aheadS, bytesPerS, isPaused, waitsForS });
    this.onMoved();
    return true;
  }

  /** Answers whoever can be answered. To be called when bytes have come, and when the transfer has stopped. */
  look(): void {
    for (const { waits } of this.#players.values()) {
      for (const wait of [...waits]) {
        const here = this.#answerTo(wait);
        if (here !== null) wait.answer(here);
      }
    }
    this.#hasten();
  }

  /** What the scheduler is to know; null when nobody needs anything soon. */
  playback(): Playback | null {
    const nowMs = this.#ports.clock.nowMs();
    return playbackOf([...this.#players.values()].map((it) => ({ ...it, quietS: (nowMs - it.wishedAtMs) / 1_000 })));
  }

  /** The turn of a wish. One that is new and of another place tells that the player has jumped, and has nothing there. */
  #turnOf(player: Player, file: FileIndex, startByte: number, isPlayed: boolean): number {
    const wish = `${file} ${startByte}`;
    const known = player.unanswered.get(wish);
    player.unanswered.delete(wish);
    if (known !== undefined) return known;
    for (const old of [...player.unanswered.keys()].slice(0, -MAX_UNANSWERED)) player.unanswered.delete(old);
    player.turns += 1;
    if (!isPlayed) return player.turns;
    player.wishedAtMs = this.#ports.clock.nowMs();
    if (Math.abs(startByte - player.readerByte) > JUMP_BYTES) {
      player.aheadS = 0;
      player.leftByte = player.readerByte;
    }
    return player.turns;
  }

  /** The answer that can be given now; null when it must be waited for. Bytes of the torrent. */
  #answerTo({ file, startByte, endByte }: Wait): BytesHere | null {
    const { isVouched, isComing, failure } = this.#ports;
    if (this.#store !== null) {
      const reach = isVouched(file) ? endByte : reachOf(this.#store, startByte, endByte);
      if (reach > startByte) return { state: 'here', endByte: reach };
    }
    return isComing() ? null : { state: 'stopped', failure: failure() };
  }

  /** Has the store make haste with the first piece that each of them waits for. */
  #hasten(): void {
    if (this.#store === null) return;
    const { info, session } = this.#store;
    const pieces = new Set<PieceIndex>();
    for (const { waits } of this.#players.values()) {
      for (const { startByte } of waits) pieces.add(Math.floor(startByte / info.pieceLengthBytes) as PieceIndex);
    }
    const wish = [...pieces].join();
    if (wish === this.#hastened) return;
    this.#hastened = wish;
    session.hasten([...pieces]);
  }
}

/** Up to which byte of the torrent all is verified, from a byte on; at most `endByte`. */
function reachOf({ info, marks }: OpenStore, startByte: number, endByte: number): number {
  let piece = Math.floor(startByte / info.pieceLengthBytes);
  while (piece * info.pieceLengthBytes < endByte && marks[piece] !== MISSING) piece += 1;
  return Math.min(Math.max(piece * info.pieceLengthBytes, startByte), endByte);
}
