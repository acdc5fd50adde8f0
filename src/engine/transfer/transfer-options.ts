import type { Chronicle } from '../details/chronicle.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import type { EnginePorts } from '../ports.ts';
import type { TotalsKeeper } from '../totals/totals-keeper.ts';
import type { FlightArchive } from './flight-archive.ts';
import type { OnChange } from './transfer-book.ts';
import type { TransferRules } from './transfer-rules.ts';

/** What the engine lends to a transfer. */
export type TransferOptions = {
  readonly ports: EnginePorts;
  readonly hostLimits: HostLimits;
  readonly mayShare: () => boolean;
  /** Whether publishers are told how their deliveries went. */
  readonly maySendReports: () => boolean;
  readonly flights: FlightArchive;
  readonly rules: TransferRules;
  readonly chronicle: Chronicle;
  readonly onChange: OnChange;
  readonly totals: TotalsKeeper;
};
