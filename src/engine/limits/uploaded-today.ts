import type { Records, UploadedDay } from '../ports.ts';

const PERSIST_EVERY_MS = 10_000;

/** What all transfers have uploaded on this day of the user's calendar; kept over restarts. */
export class UploadedToday {
  readonly #records: Pick<Records, 'uploadedDay' | 'putUploadedDay'>;
  #day: UploadedDay = { date: '', bytes: 0 };
  #isWritten = true;
  #writtenAtMs = 0;

  constructor(records: Pick<Records, 'uploadedDay' | 'putUploadedDay'>) {
    this.#records = records;
  }

  get bytes(): number {
    return this.#day.bytes;
  }

  /** Reads what was counted before. To be awaited before anything is uploaded. */
  async start(date: string): Promise<void> {
    const stored = await this.#records.uploadedDay();
    this.#day = stored?.date === date ? stored : { date, bytes: 0 };
  }

  add(bytes: number): void {
    this.#day = { ...this.#day, bytes: this.#day.bytes + bytes };
    this.#isWritten = false;
  }

  /** A new day begins with nothing. What was counted is written down now and then. */
  look(date: string, nowMs: number): void {
    if (date !== this.#day.date) this.#day = { date, bytes: 0 };
    if (this.#isWritten || nowMs - this.#writtenAtMs < PERSIST_EVERY_MS) return;
    this.#isWritten = true;
    this.#writtenAtMs = nowMs;
    this.#records.putUploadedDay(this.#day).catch((error: unknown) => console.error('records', String(error)));
  }
}
