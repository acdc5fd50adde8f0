import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { TransferId } from '../../model/ids.ts';
import type {
  Finding,
  LedgerDetail,
  LogEntry,
  SourcesDetail,
  SpeedsDetail,
  TransferDetails,
} from '../../model/transfer-details.ts';
import type { ActionFailure } from '../actions.ts';
import type { DetailActions } from './detail-actions.ts';
import { type DetailTab, PARTS_OF_TAB } from './detail-tabs.ts';
import { FilesModel } from './files-model.ts';
import type { PageWatch } from './page-watch.ts';
import { PiecesModel } from './pieces-model.ts';

/** How often the engine is asked. */
const EVERY_MS = 1_000;

/** What one transfer's detail knows: asks the engine for what is shown, once a second, while somebody looks. */
export class DetailModel {
  readonly id: TransferId;
  readonly tab: ReadonlySignal<DetailTab>;
  /** Null members have not been told yet. What was told stays while another tab is shown. */
  readonly diagnosis: ReadonlySignal<readonly Finding[] | null>;
  readonly sources: ReadonlySignal<SourcesDetail | null>;
  readonly speeds: ReadonlySignal<SpeedsDetail | null>;
  readonly log: ReadonlySignal<readonly LogEntry[] | null>;
  readonly ledger: ReadonlySignal<LedgerDetail | null>;
  readonly pieces = new PiecesModel();
  readonly files: FilesModel;
  /** Why the last question had no answer; null when it had. */
  readonly failure: ReadonlySignal<ActionFailure | null>;
  /** The transfer is not in the list any more. */
  readonly isGone: ReadonlySignal<boolean>;

  readonly #actions: DetailActions;
  readonly #watch: PageWatch;
  readonly #tab: Signal<DetailTab>;
  readonly #diagnosis = signal<readonly Finding[] | null>(null);
  readonly #sources = signal<SourcesDetail | null>(null);
  readonly #speeds = signal<SpeedsDetail | null>(null);
  readonly #log = signal<readonly LogEntry[] | null>(null);
  readonly #ledger = signal<LedgerDetail | null>(null);
  readonly #failure = signal<ActionFailure | null>(null);
  readonly #isGone = signal(false);
  #isOpen = false;
  #isAsking = false;
  /** Another tab was chosen while an answer was on its way. */
  #isLate = false;

  constructor(id: TransferId, actions: DetailActions, watch: PageWatch, tab: DetailTab = 'overview') {
    this.id = id;
    this.#actions = actions;
    this.#watch = watch;
    this.#tab = signal(tab);
    this.tab = this.#tab;
    this.diagnosis = this.#diagnosis;
    this.sources = this.#sources;
    this.speeds = this.#speeds;
    this.log = this.#log;
    this.ledger = this.#ledger;
    this.failure = this.#failure;
    this.isGone = this.#isGone;
    this.files = new FilesModel(id, actions, watch);
  }

  /** Begins to ask. To be ended with the returned function when the detail is closed. */
  open(): () => void {
    this.#isOpen = true;
    const stopAsking = this.#watch.every(EVERY_MS, () => void this.#ask());
    const stopWatching = this.#watch.onVisibility(() => void this.#ask());
    void this.#ask();
    return () => {
      this.#isOpen = false;
      stopAsking();
      stopWatching();
    };
  }

  /** Shows another tab, and asks for what it needs at once. */
  choose(tab: DetailTab): void {
    if (tab === this.#tab.peek()) return;
    this.#tab.value = tab;
    this.askNow();
  }

  /** Asks now, since something was changed. */
  askNow(): void {
    if (this.#isAsking) this.#isLate = true;
    else void this.#ask();
  }

  async #ask(): Promise<void> {
    if (!this.#isOpen || this.#isAsking || !this.#watch.isVisible()) return;
    this.#isAsking = true;
    do {
      this.#isLate = false;
      await this.#askOnce(this.#tab.peek());
    } while (this.#isLate && this.#isOpen);
    this.#isAsking = false;
  }

  async #askOnce(tab: DetailTab): Promise<void> {
    const needsFiles = tab === 'files' || (tab === 'pieces' && !this.files.isKnown.peek());
    const [reply] = await Promise.all([
      this.#actions.details(this.id, PARTS_OF_TAB[tab]),
      needsFiles ? this.files.ask() : undefined,
    ]);
    if (!this.#isOpen) return;
    batch(() => {
      this.#failure.value = reply.ok ? null : reply.failure;
      if (!reply.ok) return;
      this.#isGone.value = reply.output.details === null;
      if (reply.output.details !== null) this.#take(reply.output.details);
    });
  }

  #take({ diagnosis, sources, speeds, log, ledger, pieces }: TransferDetails): void {
    if (diagnosis !== undefined) this.#diagnosis.value = diagnosis;
    if (sources !== undefined) this.#sources.value = sources;
    if (speeds !== undefined) this.#speeds.value = speeds;
    if (log !== undefined) this.#log.value = log;
    if (ledger !== undefined) this.#ledger.value = ledger;
    if (pieces !== undefined) this.pieces.take(pieces);
  }
}
