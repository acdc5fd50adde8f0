import type { OriginUrl, PieceIndex } from '../../model/ids.ts';
import type { Overtaken } from '../schedule/piece-map.ts';
import type { Decision, OriginView, RunView } from '../schedule/plan-view.ts';
import type { DepotEvent, DepotSession } from '../store/depot.ts';
import { isStartOfFile } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { OriginDesk } from './origin-desk.ts';
import type { PieceBoard } from './piece-board.ts';
import { RateMeter } from './rate-meter.ts';
import { type Run, RunDesk } from './run-desk.ts';
import { barSpoiltFile, runsInVain } from './spoilt-file.ts';

export type RunControlPorts = {
  readonly info: TorrentInfo;
  readonly session: Pick<DepotSession, 'startRun' | 'shortenRun' | 'stopRun' | 'dropPiece' | 'setRunRate'>;
  readonly board: PieceBoard;
  readonly originOf: (origin: OriginUrl) => OriginDesk | undefined;
  /** Peers owe blocks that a run has brought. */
  readonly onOvertaken: (blocks: readonly Overtaken[]) => void;
  /** These pieces are fetched from an origin although it is to be spared. */
  readonly claim: (pieces: readonly PieceIndex[]) => void;
};

type EventOf<Type extends DepotEvent['type']> = Extract<DepotEvent, { readonly type: Type }>;

/** The runs of one download: begins, shortens and ends them, and keeps the board and the origins' desks informed. */
export class RunControl {
  /** Bytes of all origins. */
  readonly rate = new RateMeter();
  readonly #ports: RunControlPorts;
  /** When a piece was last fetched only so that the swarm has it. */
  lastInjectionMs: number | null = null;
  /** What all runs together may bring, in bytes a second; null: what they can. */
  paceBytesPerS: number | null = null;
  readonly #runs: RunDesk;

  constructor(ports: RunControlPorts) {
    this.#ports = ports;
    this.#runs = new RunDesk((byte) => isStartOfFile(ports.info, byte));
  }

  /** @param origins What they were asked for takes as long to come as they take to answer. */
  views(nowMs: number, origins: readonly OriginView[] = []): RunView[] {
    return this.#runs.views(nowMs, origins);
  }

  originView(desk: OriginDesk, nowMs: number): OriginView {
    return this.#runs.originView(desk.view(nowMs), desk.rate.meanRate(nowMs), nowMs);
  }

  setPace(bytesPerS: number | null): void {
    this.paceBytesPerS = bytesPerS;
    this.#ports.session.setRunRate(bytesPerS);
  }

  start({ origin, startByte, endByte, because }: Extract<Decision, { type: 'start-run' }>, nowMs: number): void {
    const { session, board, originOf, claim } = this.#ports;
    const desk = originOf(origin);
    if (desk?.begins(nowMs) !== true) return; // its host is full: what it was to bring stays free
    const { run } = this.#runs.begin(
      { origin, place: { host: desk.target, isAnswered: false }, startByte, endByte },
      nowMs,
    );
    board.map.take(run, startByte, endByte);
    const how = { fromFileStart: desk.health.ignoresRanges, oneAtATime: !desk.mayAskAhead };
    session.startRun({ run, origin, startByte, endByte, ...how });
    if (because === 'inject') this.lastInjectionMs = nowMs;
    if (because === 'inject' || because === 'due') claim(board.map.piecesWithin(startByte, endByte));
  }

  shorten({ run: id, endByte }: Extract<Decision, { type: 'shorten-run' }>): void {
    const run = this.#runs.get(id);
    if (run === undefined) return;
    this.#ports.board.map.cut(id, run.positionByte, endByte, run.endByte);
    run.endByte = endByte;
    this.#ports.session.shortenRun(id, endByte);
  }

  /** It counts at the host that answers it, wherever its origin is; and it ends when there are enough of them there. */
  answered({ run: id, host }: EventOf<'run-answered'>, nowMs: number): void {
    const run = this.#runs.get(id);
    const desk = run && this.#ports.originOf(run.origin);
    if (!run?.place || run.place.host === host || desk === undefined) return;
    run.place = desk.moved(run.place, host, nowMs);
    if (run.place === null) this.#ports.session.stopRun(id);
  }

  progress({ run: id, bytes, position, firstByteMs }: EventOf<'run-progress'>, nowMs: number): void {
    const run = this.#runs.get(id);
    if (run === undefined) return;
    this.rate.add(bytes, nowMs);
    const desk = this.#ports.originOf(run.origin);
    if (firstByteMs !== null && !run.isStreaming) {
      run.isStreaming = true;
      desk?.streamBegins(nowMs);
    }
    desk?.bytesCame(bytes, firstByteMs, nowMs, run.place?.host);
    if (firstByteMs !== null && bytes > 0 && run.place) run.place = { ...run.place, isAnswered: true };
    this.#streamed(run, position, bytes, nowMs);
  }

  ended({ run: id, positionByte, end }: EventOf<'run-ended'>, nowMs: number): void {
    const run = this.#runs.end(id);
    if (run === undefined) return;
    this.#streamed(run, positionByte, 0, nowMs);
    this.#letGo(run);
    const desk = this.#ports.originOf(run.origin);
    if (run.isStreaming) desk?.streamEnds(nowMs);
    desk?.ended(nowMs, end.type === 'finished', run.place);
    if (desk === undefined) return;
    const { info, board } = this.#ports;
    if (end.type === 'fault') {
      const restS = barSpoiltFile(info, desk, { ...end, positionByte: run.positionByte });
      // Several files that are not there are several faults; several runs that a host breaks off at once are one.
      const begunAtMs = restS === null ? run.begunAtMs : nowMs;
      desk.failed({ ...end, retryAfterS: restS ?? end.retryAfterS, begunAtMs }, nowMs, end.host ?? run.place?.host);
    }
    if (desk.mayReconsider) desk.reconsidersRefusals(board.unfetched(), info.pieceCount, nowMs);
  }

  /** Stops the runs of an origin that have still to stream what it is known to lack. */
  stopInVain(desk: OriginDesk): void {
    for (const { run } of runsInVain(this.#runs.all(), desk, this.#ports.info)) this.#ports.session.stopRun(run);
  }

  stopAll(): void {
    for (const { run } of this.#runs.all()) this.#ports.session.stopRun(run);
  }

  #streamed(run: Run, position: number, bytes: number, nowMs: number): void {
    const before = this.#runs.progress(run, bytes, position, nowMs);
    const overtaken = this.#ports.board.map.streamed(run.run, before, run.positionByte);
    if (overtaken.length > 0) this.#ports.onOvertaken(overtaken);
  }

  /** What a run that is over has not streamed is anybody's. */
  #letGo({ run, positionByte, endByte }: Run): void {
    const { session, board } = this.#ports;
    const { map, suspect } = board;
    map.cut(run, positionByte, positionByte, endByte);
    const piece = map.pieceAt(positionByte);
    const isInside = positionByte > map.startOf(piece) && positionByte < map.startOf(piece + 1);
    // What one source has brought of a suspect piece must not be mixed with another's.
    if (!isInside || !suspect.has(piece) || map.open(piece) === undefined) return;
    map.free(piece);
    session.dropPiece(piece);
  }
}
