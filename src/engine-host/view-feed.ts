import type { EngineFacts } from '../model/engine-facts.ts';
import type { ScreenEvent } from '../model/screen-events.ts';
import type { TransferView } from '../model/transfer-view.ts';

/** Screens are told of figures at most four times a second. */
const TELL_EVERY_MS = 250;
/** What a transfer does now is told after this long: a list that starts, or is paused, changes in one message. */
const TURN_AFTER_MS = 10;
/** While transfers run their rates change by themselves. */
const REFRESH_EVERY_MS = 1_000;
/** What screens show before the engine answers is written down this often while things change. */
const WRITE_EVERY_MS = 3_000;

export type ViewFeedPorts = {
  readonly views: () => TransferView[];
  readonly facts: () => EngineFacts;
  readonly hasScreens: () => boolean;
  readonly isBusy: () => boolean;
  readonly broadcast: (event: ScreenEvent) => void;
  readonly write: (views: readonly TransferView[]) => void;
  readonly reportActivity: () => void;
};

/** Turns "something changed" into few messages: only what differs, only when somebody looks. */
export class ViewFeed {
  readonly #ports: ViewFeedPorts;
  readonly #sent = new Map<string, string>();
  /** Facts of the engine, as they were sent last. */
  #facts = '';
  #toldAtMs = 0;
  #isTurn = false;
  #tellTimer: ReturnType<typeof setTimeout> | undefined;
  #writeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: ViewFeedPorts) {
    this.#ports = ports;
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
    this.#writeTimer ??= setTimeout(() => this.#write(), WRITE_EVERY_MS);
  }

  /** Everything, for a screen that opens. Others that are open hear first what is news to them: it counts as told now. */
  all(): TransferView[] {
    this.#tell();
    const views = this.#ports.views();
    for (const view of views) this.#sent.set(view.id, JSON.stringify(view));
    return views;
  }

  #tell(): void {
    clearTimeout(this.#tellTimer);
    this.#tellTimer = undefined;
    this.#isTurn = false;
    this.#toldAtMs = performance.now();
    this.#ports.reportActivity();
    if (!this.#ports.hasScreens()) return;
    this.#tellFacts();
    const views = this.#ports.views();
    const changed: TransferView[] = [];
    for (const view of views) {
      const text = JSON.stringify(view);
      if (this.#sent.get(view.id) === text) continue;
      this.#sent.set(view.id, text);
      changed.push(view);
    }
    const there = new Set<string>(views.map(({ id }) => id));
    const removed = [...this.#sent.keys()].filter((id) => !there.has(id)) as TransferView['id'][];
    for (const id of removed) this.#sent.delete(id);
    if (changed.length + removed.length > 0) this.#ports.broadcast({ type: 'changed', transfers: changed, removed });
  }

  #tellFacts(): void {
    const engine = this.#ports.facts();
    const text = JSON.stringify(engine);
    if (text === this.#facts) return;
    this.#facts = text;
    this.#ports.broadcast({ type: 'engine', engine });
  }

  #write(): void {
    this.#writeTimer = undefined;
    this.#ports.write(this.#ports.views());
  }
}
