import type { FileIndex, InfoHash, TransferId } from '../../model/ids.ts';
import type { BytesHere, PlayerId, PlayerOpened, PlayerTold, Playhead } from '../../model/player.ts';
import { pieceRuns } from '../details/piece-looks.ts';
import type { Clock } from '../ports.ts';
import { storeFileName } from '../store/store-files.ts';
import { piecesOfFile } from '../torrent/file-ranges.ts';
import { isInSpans } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { setFiles } from '../transfer/chosen-files.ts';
import { priorityOf } from '../transfer/file-choice.ts';
import { choiceOf } from '../transfer/needs.ts';
import type { Transfer } from '../transfer/transfer.ts';

export type PlayerDeskPorts = {
  readonly clock: Clock;
  readonly transfer: (id: TransferId) => Transfer | undefined;
  /** Nobody plays a transfer any more. */
  readonly onUnplayed?: (transfer: Transfer) => void;
};

const GONE = { state: 'gone', failure: null } as const;
const UNKNOWN: BytesHere = { state: 'unknown' };

/** What player pages ask of the engine: which transfer each plays, and what is asked of that transfer then. */
export class PlayerDesk {
  readonly #ports: PlayerDeskPorts;
  readonly #played = new Map<PlayerId, { readonly transfer: Transfer; readonly info: TorrentInfo }>();

  constructor(ports: PlayerDeskPorts) {
    this.#ports = ports;
  }

  /**
   * See `player.open` of the commands. Whoever plays wants the file: a transfer that waits to be looked at is accepted,
   * one that is paused goes on, and a file that was to be left out, or to come later, is brought.
   */
  async open(player: PlayerId, id: TransferId, file: FileIndex): Promise<PlayerOpened> {
    const transfer = this.#ports.transfer(id);
    // Another file of the same transfer: were nobody to play in between, the store's copy would go.
    if (this.#played.get(player)?.transfer !== transfer) this.close(player);
    if (transfer === undefined || transfer.record.isHidden) return GONE;
    if (transfer.record.isStaged) await transfer.accept(false);
    if (transfer.record.state.phase === 'paused') await transfer.resume();
    const { state } = transfer.record;
    if (state.phase === 'failed') return { state: 'gone', failure: state.failure };
    const info = await transfer.info();
    if (info === null) return { state: 'unknown' };
    const { lengthBytes } = info.files[file] ?? {};
    if (lengthBytes === undefined || info.files[file]?.isPadding) return GONE;
    const saved = savedOutOfStore(transfer, info, file);
    if (saved !== null) return saved;
    await wantFile(transfer, file);
    this.#played.set(player, { transfer, info });
    transfer.players.open(player, info, file);
    transfer.start(); // one that is done and not shared may have let go of its store
    return {
      state: 'playable',
      infoHash: id as string as InfoHash,
      storeFile: storeFileName(file),
      lengthBytes,
      pieceLengthBytes: info.pieceLengthBytes,
      leadBytes: (info.files[file]?.startByte ?? 0) % info.pieceLengthBytes,
    };
  }

  /** See `player.await` of the commands. Of any file of the transfer that is played: its texts lie beside it. */
  async await(player: PlayerId, file: FileIndex, startByte: number, endByte: number): Promise<BytesHere> {
    const played = this.#played.get(player);
    if (played === undefined) return UNKNOWN;
    if (played.info.files[file] === undefined) return { state: 'stopped', failure: null };
    const { transfer, info } = played;
    if (file !== transfer.players.fileOf(player)) await wantFile(transfer, file);
    return transfer.players.await(player, info, file, startByte, endByte);
  }

  /** See `player.tell` of the commands. */
  tell(playhead: Playhead): PlayerTold {
    const played = this.#played.get(playhead.player);
    const nothing = { pieces: [], peerBytesPerS: 0, originBytesPerS: 0, atHandBytesPerS: 0, peersConnected: 0 };
    if (played === undefined || !played.transfer.players.tell(playhead)) return { isKnown: false, ...nothing };
    const { transfer, info } = played;
    const { marks, live } = transfer.run ?? { marks: null, live: null };
    const download = live?.download ?? null;
    const nowMs = this.#ports.clock.nowMs();
    const { map, suspect } = download?.board ?? { map: null, suspect: new Set<number>() };
    const stand = {
      marks: marks ?? new Uint8Array(info.pieceCount),
      states: map?.states ?? null,
      wanted: null,
      suspect,
    };
    const file = transfer.players.fileOf(playhead.player) as FileIndex;
    return {
      isKnown: true,
      pieces: pieceRuns(stand, piecesOfFile(info, file)),
      peerBytesPerS: download?.peerRate.rate(nowMs) ?? 0,
      originBytesPerS: download?.originRate.rate(nowMs) ?? 0,
      atHandBytesPerS: download?.rateAtHand(nowMs) ?? 0,
      peersConnected: live?.peers ?? 0,
    };
  }

  /** The page has gone, or plays something else. */
  close(player: PlayerId): void {
    const transfer = this.#played.get(player)?.transfer;
    this.#played.delete(player);
    transfer?.players.close(player);
    if (transfer !== undefined && !transfer.players.isPlayed) this.#ports.onUnplayed?.(transfer);
  }
}

/** A file that was saved and of which the store has no copy, or none that is whole. */
function savedOutOfStore({ record, run }: Transfer, info: TorrentInfo, file: FileIndex): PlayerOpened | null {
  const saved = record.saved.find((it) => it.file === file && it.isComplete);
  if (saved === undefined) return null;
  const { firstPiece, endPiece } = piecesOfFile(info, file);
  const marks = record.isStored ? (run?.marks ?? null) : null;
  if (marks === null && record.isStored && run !== null) return { state: 'unknown' }; // its store is being opened
  const isHere = marks?.subarray(firstPiece, endPiece).every((mark) => mark !== 0) ?? false;
  const isVouched = record.isStored && (record.vouched?.includes(file) ?? false);
  return isHere || isVouched ? null : { state: 'saved', downloadId: saved.downloadId };
}

/** Has a file brought that was to be left out, or to come after others. */
async function wantFile(transfer: Transfer, file: FileIndex): Promise<void> {
  const choice = choiceOf(transfer.record);
  const priority = priorityOf(choice, file);
  const comesLater = priority === 'normal' && choice.first.length > 0 && !isInSpans(choice.first, file);
  if (priority !== 'skip' && !comesLater) return;
  if (transfer.record.saved.some((saved) => saved.file === file && saved.isComplete)) return;
  await setFiles(transfer, [{ files: [file], priority: choice.first.length > 0 ? 'first' : 'normal' }]);
}
