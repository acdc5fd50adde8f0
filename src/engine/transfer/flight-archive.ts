import type { TransferId } from '../../model/ids.ts';
import type { FlightHeader } from './flight-entry.ts';
import { type FlightRecorder, recordFlight } from './flight-log.ts';

/** Logs that are kept, each of about 2 MB at most. */
const MAX_LOGS = 16;

/** Flight logs of the transfers that ran last, also when they have ended, for as long as the engine lives. */
export class FlightArchive {
  readonly #logs = new Map<TransferId, FlightRecorder>();

  /** Begins the log of a run; it takes the place of the one before. */
  begin(id: TransferId, header: FlightHeader): FlightRecorder {
    const recorder = recordFlight(header);
    this.#logs.delete(id);
    this.#logs.set(id, recorder);
    const [oldest] = this.#logs.keys();
    if (this.#logs.size > MAX_LOGS && oldest !== undefined) this.#logs.delete(oldest);
    return recorder;
  }

  /** The log of the transfer's last run, to be written on. */
  of(id: TransferId): FlightRecorder | undefined {
    return this.#logs.get(id);
  }

  /** Null when the transfer has fetched nothing since the engine started, or so long ago that others took its place. */
  text(id: TransferId): string | null {
    return this.#logs.get(id)?.text() ?? null;
  }

  delete(id: TransferId): void {
    this.#logs.delete(id);
  }
}
