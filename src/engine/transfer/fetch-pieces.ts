import type { Problem } from '../../model/failure.ts';
import type { FileIndex } from '../../model/ids.ts';
import type { DepotSession } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { patienceInForce, policyInForce } from './delivery.ts';
import { withFigures } from './disk-space.ts';
import { Download } from './download.ts';
import { flightHeader } from './flight-entry.ts';
import { keepVerified } from './keep-verified.ts';
import { withWaste } from './ledger.ts';
import type { Needs } from './needs.ts';
import type { RunOptions } from './run-options.ts';
import { watchForSettling } from './settle.ts';
import type { SwarmPlace } from './swarm-place.ts';
import { TransferError } from './transfer-error.ts';
import { withResolvers } from './with-resolvers.ts';

/** The files that are whole, when not all wanted ones can be had; null when all are. */
export type Whole = ReadonlySet<FileIndex> | null;

export type FetchOptions = {
  readonly run: RunOptions;
  readonly info: TorrentInfo;
  readonly session: DepotSession;
  readonly needs: Needs;
  readonly place: SwarmPlace;
  /** Kept true while pieces come: one mark a piece (journal.ts). */
  readonly marks: Uint8Array | null;
  readonly onBegun: (download: Download) => void;
  readonly onVerified: () => void;
  readonly onStuck: (problem: Problem | null) => void;
};

/**
 * Fetches a transfer's pieces until all that are wanted are verified (null), or until nobody can bring the rest: then
 * the files that are whole. Rejects with the reason when the run is aborted.
 * @throws {TransferError} when the store cannot go on.
 */
export async function fetchPieces(options: FetchOptions): Promise<Whole> {
  const { run, info, session, needs, place, marks } = options;
  const { ports, book, flights, hostLimits, mayShare, players, signal } = run;
  const end = withResolvers<Whole>();
  signal.throwIfAborted();
  signal.addEventListener('abort', () => end.reject(signal.reason));
  const seed = Math.floor(ports.random() * 2 ** 31);
  const { id, origins } = book.record;
  const patience = () => patienceInForce(book.record);
  const policyNow = () => policyInForce(book.record, mayShare());
  const begun = { startedAtMs: ports.clock.nowMs(), policy: policyNow(), patience: patience(), seed, origins };
  const keep = keepVerified(book, info, ports.clock, marks);
  const download = new Download({
    info,
    session,
    clock: ports.clock,
    seed,
    wanted: needs.wanted,
    origins,
    hostLimits,
    policy: policyNow,
    patience,
    playback: () => players.playback(),
    isAlone: () => place.isAlone,
    recorder: flights.begin(id, flightHeader(info, session.marks, begun, needs.wanted)),
    claim: (pieces) => place.claim(pieces),
    onDuplicate: (bytes) => book.remember({ ledger: withWaste(book.record.ledger, 'duplicate', bytes) }),
    onVerified: (pieces) => {
      options.onVerified();
      keep(pieces);
      players.look();
      for (const { piece, mark } of pieces) place.announce(piece, mark);
      if (download.board.left === 0) end.resolve(null);
    },
    onFailed: (failure) =>
      void withFigures(ports.depot, failure, download.board.leftBytes).then((told) =>
        end.reject(new TransferError(told)),
      ),
  });
  players.onMoved = () => download.playbackChanged();
  options.onBegun(download);
  for (const peer of place.peers) download.peerJoined(peer);
  const stopWatching = watchForSettling({
    info,
    skipped: needs.skipped,
    session,
    clock: ports.clock,
    hostLimits,
    download,
    hasTrackers: () => place.isIn,
    vouchedBefore: book.record.vouched ?? [],
    onVouched: (file) => {
      book.remember({ vouched: [...new Set([...(book.record.vouched ?? []), file])] });
      players.look();
    },
    onSettled: (whole) => end.resolve(whole),
    onStuck: options.onStuck,
    onFailed: (error) => end.reject(error),
  });
  const whole = await end.promise.finally(stopWatching);
  download.stop();
  return whole;
}
