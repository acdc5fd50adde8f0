import type { EngineFacts } from '../model/engine-facts.ts';
import type { TransferId } from '../model/ids.ts';
import type { ScreenEvent } from '../model/screen-events.ts';
import type { TransferView } from '../model/transfer-view.ts';
import { sameValue } from './same-value.ts';

/** Screens are told of figures at most four times a second. */
const TELL_EVERY_MS = 250;
/** What a transfer does now is told after this long: a list that starts, or is paused, changes in one message. */
const TURN_AFTER_MS = 10;
/** While transfers run their rates change by themselves. */
const REFRESH_EVERY_MS = 1_000;
/** What screens show before the engine answers is written down this often while things change. */
const WRITE_EVERY_MS = 3_000;
/** A screen that opens hears first about what it shows first, if there is more than this. */
const FIRST_PART = 100;
/** And then about the others, so many at a time: each part is a few milliseconds for whoever sends or hears it. */
const PART = 500;

export type ViewFeedPorts = {
  /** All views, newest first. One of which nothing has changed is the very same object as before, where that is known. */
  readonly views: () => TransferView[];
  readonly facts: () => EngineFacts;
  readonly hasScreens: () => boolean;
  readonly isBusy: () => boolean;
  readonly broadcast: (event: Extract<ScreenEvent, { type: 'changed' | 'engine' }>) => void;
  readonly write: (views: readonly TransferView[], first: readonly TransferId[]) => void;
  readonly reportActivity: () => void;
};

/** Some of the views for a screen that opens, and how many come after them. */
export type ViewPart = { readonly transfers: readonly TransferView[]; readonly rest: number };

/** Turns "something changed" into few messages: only what differs, only when somebody looks. */
export class ViewFeed {
  readonly #ports: ViewFeedPorts;
  readonly #told = new Map<TransferId, TransferView>();
  /** Facts of the engine, as they were told last. */
  #facts: EngineFacts | null = null;
  #first: readonly TransferId[];
  #toldAtMs = 0;
  #isTurn = false;
  #tellTimer: ReturnType<typeof setTimeout> | undefined;
  #writeTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param first What a screen showed first that wants another order than newest first, as it was written down. */
  constructor(ports: ViewFeedPorts, first: readonly TransferId[] = []) {
    this.#ports = ports;
    this.#first = first;
    setInterval(() => {
      if (ports.hasScreens() && ports.isBusy()) this.changed('figures');
    }, REFRESH_EVERY_MS);
  }

  /** To be called whenever something may have changed; cheap. */
  changed(what: 'figures' | 'state'): void {
    // At once after a quiet time, and what a transfer does now always; figures not more often than screens need.
    const waitMs = Math.max(this.#toldAtMs + TELL_EVERY_MS - performance.now(), 0);
    if (what === 'state' && !this.#isTurn) {
      this.#isTurn = true;
      clearTimeout(this.#tellTimer);
      this.#tellTimer = setTimeout(() => this.#tell(), Math.min(waitMs, TURN_AFTER_MS));
    }
    this.#tellTimer ??= setTimeout(() => this.#tell(), waitMs);
    this.#writeLater();
  }

  /** A screen says what it shows first: that is written down for the next time, beside the newest. */
  shownFirst(first: readonly TransferId[]): void {
    if (first.length === 0 || sameValue(first, this.#first)) return;
    this.#first = first;
    this.#writeLater();
  }

  /**
   * Everything, for a screen that opens: in parts, what it shows first before all others. Others that are open hear first
   * what is news to them. Each part says what was told last when it is taken, so `changed` may come between two parts.
   */
  *parts(first: readonly TransferId[]): Generator<ViewPart, void> {
    this.#tell(true);
    const ids = [...new Set([...first.filter((id) => this.#told.has(id)), ...this.#told.keys()])];
    let from = 0;
    do {
      const end = Math.min(from + (from === 0 ? FIRST_PART : PART), ids.length);
      const transfers = ids.slice(from, end).flatMap((id) => this.#told.get(id) ?? []);
      yield { transfers, rest: ids.length - end };
      from = end;
    } while (from < ids.length);
  }

  #tell(isForOneMore = false): void {
    clearTimeout(this.#tellTimer);
    this.#tellTimer = undefined;
    this.#isTurn = false;
    this.#toldAtMs = performance.now();
    this.#ports.reportActivity();
    if (!isForOneMore && !this.#ports.hasScreens()) return;
    this.#tellFacts();
    const views = this.#ports.views();
    const changed = views.filter((view) => !this.#isTold(view));
    const removed: TransferId[] = [];
    if (this.#told.size !== views.length || changed.some(({ id }) => !this.#told.has(id))) {
      // Which there are is known from here on, and their order: that of `views`.
      const before = new Map(this.#told);
      this.#told.clear();
      for (const view of views) this.#told.set(view.id, before.get(view.id) ?? view);
      for (const id of before.keys()) if (!this.#told.has(id)) removed.push(id);
    }
    for (const view of changed) this.#told.set(view.id, view);
    if (changed.length + removed.length > 0) this.#ports.broadcast({ type: 'changed', transfers: changed, removed });
  }

  #isTold(view: TransferView): boolean {
    const told = this.#told.get(view.id);
    if (told === view) return true;
    if (told === undefined || !sameValue(told, view)) return false;
    this.#told.set(view.id, view); // the next time it may be the same object
    return true;
  }

  #tellFacts(): void {
    const engine = this.#ports.facts();
    if (sameValue(engine, this.#facts)) return;
    this.#facts = engine;
    this.#ports.broadcast({ type: 'engine', engine });
  }

  #writeLater(): void {
    this.#writeTimer ??= setTimeout(() => {
      this.#writeTimer = undefined;
      this.#ports.write(this.#ports.views(), this.#first);
    }, WRITE_EVERY_MS);
  }
}
