import type { PatienceChoice, Policy } from '../../model/policy.ts';
import { patienceOf } from './chosen-patience.ts';
import { chosenPatience, chosenPolicy, policyInForce } from './delivery.ts';
import type { TransferBook } from './transfer-book.ts';
import type { TransferOptions } from './transfer-options.ts';
import type { TransferRecord } from './transfer-record.ts';
import type { TransferRun } from './transfer-run.ts';

/** Whom a transfer takes its bytes from. Every change takes hold at once, and is in its log. */
export class PolicyOfTransfer {
  readonly #book: TransferBook;
  readonly #options: TransferOptions;
  readonly #run: () => TransferRun | null;

  constructor(book: TransferBook, options: TransferOptions, run: () => TransferRun | null) {
    this.#book = book;
    this.#options = options;
    this.#run = run;
  }

  async choose(policy: Policy): Promise<void> {
    if (policy === this.#book.record.policy) return;
    this.change(chosenPolicy(this.#book.record, policy));
    if (policy === 'spare-origin') this.#waitsFrom(this.#book.record.patience.choice);
    await this.#book.persist();
  }

  async choosePatience(choice: PatienceChoice): Promise<void> {
    this.#waitsFrom(choice);
    this.#options.onChange('state');
    await this.#book.persist();
  }

  /** Changes the record in a way that may change the policy; what runs is told. */
  change(changes: Partial<TransferRecord>): void {
    const { ports, mayShare, flights, onChange } = this.#options;
    this.#book.remember(changes);
    const policy = policyInForce(this.#book.record, mayShare());
    flights.of(this.#book.record.id)?.heard(ports.clock.nowMs(), { type: 'policy', policy });
    this.#run()?.policyChanged();
    onChange('state');
  }

  #waitsFrom(choice: PatienceChoice): void {
    const { ports, flights } = this.#options;
    const patience = { choice, sinceMs: ports.clock.nowMs() };
    this.#book.remember(chosenPatience(this.#book.record, patience));
    flights.of(this.#book.record.id)?.heard(patience.sinceMs, { type: 'patience', patience: patienceOf(patience) });
  }
}
