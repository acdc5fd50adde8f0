import type { HostLimits } from '../origin/host-limits.ts';
import type { TransferPlayers } from '../playback/transfer-players.ts';
import type { EnginePorts } from '../ports.ts';
import type { DepotSession } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { FlightArchive } from './flight-archive.ts';
import type { TransferBook } from './transfer-book.ts';
import type { RunRules } from './transfer-rules.ts';

/** What a transfer lends to one run of it. */
export type RunOptions = {
  readonly ports: EnginePorts;
  readonly hostLimits: HostLimits;
  readonly book: TransferBook;
  readonly mayShare: () => boolean;
  readonly flights: FlightArchive;
  readonly rules: RunRules;
  /** Who plays files of it: as long as anybody does, the store's copy stays. */
  readonly players: TransferPlayers;
  readonly signal: AbortSignal;
  /** The files are in the Downloads folder; the copy in the store is kept until this resolves. */
  readonly onSaved: (info: TorrentInfo, session: DepotSession) => Promise<void>;
};
