import type { EngineFacts } from '../../model/engine-facts.ts';
import {
  haltOf,
  type LimitFacts,
  type LimitInForce,
  limitInForce,
  nextScheduleChange,
} from '../../model/limit-in-force.ts';
import type { Settings } from '../../model/settings.ts';
import type { Halt } from '../../model/transfer-view.ts';
import type { EnginePorts } from '../ports.ts';
import { mayDropCopy } from '../transfer/may-drop-copy.ts';
import { moreTrackers } from '../transfer/more-trackers.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { QueueStanding, TransferRules } from '../transfer/transfer-rules.ts';
import { QuietTime } from './quiet-time.ts';
import { RateShare } from './rate-share.ts';
import { reachedGoal } from './seeding-goal.ts';
import { SeedingWatch } from './seeding-watch.ts';
import { TransferQueue } from './transfer-queue.ts';
import { UploadPace } from './upload-pace.ts';
import { UploadedToday } from './uploaded-today.ts';

/** Who gets on, who is done seeding, what is shared out: all of that is looked at this often. */
const LOOK_EVERY_MS = 1_000;

export type EngineLimitsPorts = {
  readonly ports: EnginePorts;
  readonly transfers: () => Iterable<Transfer>;
  readonly settings: () => Settings;
  /** What holds for all has changed. */
  readonly onChange: () => void;
};

/** What holds for all transfers together: the queue, the limits, the goals. It works on transfers from outside. */
export class EngineLimits {
  readonly queue: TransferQueue;
  readonly #own: EngineLimitsPorts;
  readonly #share = new RateShare();
  readonly #quiet = new QuietTime();
  readonly #seeding: SeedingWatch;
  readonly #uploads: UploadPace;
  readonly #uploaded: UploadedToday;
  #isArranging = false;
  #mayUpload = false;
  #told = '';
  #viewing: { readonly standing: (transfer: Transfer) => QueueStanding; readonly inForce: LimitInForce } | null = null;

  constructor(own: EngineLimitsPorts) {
    const { ports, settings } = own;
    this.#own = own;
    this.#uploads = new UploadPace(ports.clock);
    this.#uploaded = new UploadedToday(ports.records);
    this.#seeding = new SeedingWatch(({ record }) => reachedGoal(record, settings().goals) !== null);
    this.queue = new TransferQueue({
      transfers: own.transfers,
      nowMs: () => ports.clock.nowMs(),
      maxRunning: () => settings().maxRunning,
      isHalted: () => this.isHalted,
    });
  }

  /** What transfers ask. */
  get rules(): TransferRules {
    const { settings } = this.#own;
    const goalOf = ({ record }: Transfer) => reachedGoal(record, settings().goals);
    return {
      mayRun: (transfer) => this.queue.mayRun(transfer),
      standing: (transfer) => {
        const { standing, inForce } = this.#viewing ?? { standing: this.queue.standings(), inForce: this.limitInForce };
        const place = standing(transfer);
        return { ...place, halt: place.isWaiting ? haltIn(inForce) : null };
      },
      mayUpload: () => this.#mayUploadNow,
      maySeed: (transfer) => settings().sharing === 'share' && goalOf(transfer) === null,
      seedingEnd: (transfer) => {
        if (settings().sharing !== 'share' || transfer.record.state.phase !== 'done') return null;
        const { up } = this.#viewing?.inForce ?? this.limitInForce;
        const because = up?.bytesPerS === 0 ? up.because : null;
        const isHeld = because === 'all-paused' || because === 'metered' || because === 'daily-upload';
        return goalOf(transfer) ?? (isHeld && transfer.record.isStored ? because : null);
      },
      mayDropCopy: ({ record, players }, isSharing) =>
        mayDropCopy({ record, keepCopy: settings().keepCopy, isSharing, isInUse: players.isPlayed }),
      fetching: () => this.#apply(),
      uploadTurn: (ask) => this.#uploads.turn(ask),
      uploaded: (bytes) => this.#uploaded.add(bytes),
      moreTrackers: ({ record }) => moreTrackers(record, true, settings()),
    };
  }

  /** What holds for all transfers together now. */
  get limitInForce(): LimitInForce {
    return limitInForce(this.#own.settings(), null, this.#localTime, this.facts);
  }

  /** What limits depend on besides the settings. */
  get facts(): LimitFacts {
    const { ports } = this.#own;
    const isMetered = ports.isMetered() ?? false;
    const browsingBytesPerS = this.#quiet.bytesPerS(ports.clock.nowMs());
    return { isMetered, browsingBytesPerS, uploadedTodayBytes: this.#uploaded.bytes };
  }

  /** What screens are told. */
  get engineFacts(): EngineFacts {
    const { ports, settings } = this.#own;
    return {
      uploadedTodayBytes: this.#uploaded.bytes,
      limitInForce: this.limitInForce,
      scheduleChangesAtMs: nextScheduleChange(settings().schedule, ports.clock.nowMs(), ports.localTimeAt),
      canTellMetered: ports.isMetered() !== null,
    };
  }

  /** Nothing is to run. */
  get isHalted(): boolean {
    return haltOf(this.#own.settings(), this.facts) !== null;
  }

  /** Nothing runs, but it will by itself: the engine must stay to notice. */
  get waitsForConnection(): boolean {
    return haltOf(this.#own.settings(), this.facts)?.because === 'metered';
  }

  /** Begins to look. To be awaited once, when all transfers are known and before the first begins. */
  async start(): Promise<void> {
    await this.#uploaded.start(this.#localTime.date);
    this.#own.ports.clock.every(LOOK_EVERY_MS, () => this.#look());
  }

  /** Something has changed that decides who runs, or how fast: it is looked at when the change is complete. */
  changed(): void {
    if (this.#isArranging) return;
    this.#isArranging = true;
    queueMicrotask(() => {
      this.#isArranging = false;
      this.#apply();
      for (const transfer of this.#own.transfers()) this.#seeding.goalsChanged(transfer);
      this.queue.arrange();
    });
  }

  /** A page of the user's begins to load. */
  pageLoads(): void {
    if (!this.#own.settings().quietWhileBrowsing) return;
    this.#quiet.begin(this.#share.usedBytesPerS, this.#own.ports.clock.nowMs());
    this.#apply();
  }

  /** Makes views of many: their places in the queue, and what holds for all, are found out once. */
  viewing<T>(make: () => T): T {
    this.#viewing = { standing: this.queue.standings(), inForce: this.limitInForce };
    try {
      return make();
    } finally {
      this.#viewing = null;
    }
  }

  #look(): void {
    const { ports, transfers } = this.#own;
    const nowMs = ports.clock.nowMs();
    this.#uploaded.look(this.#localTime.date, nowMs);
    this.#share.look(nowMs);
    this.queue.look();
    this.#seeding.look(transfers(), nowMs);
    this.#apply();
    this.queue.arrange();
  }

  /** Gives everybody the share that holds now. */
  #apply(): void {
    const { transfers, settings, onChange } = this.#own;
    const { down, up } = this.limitInForce;
    this.#share.share(transfers(), down?.bytesPerS ?? null, ({ record }) => record.limits?.downBytesPerS ?? null);
    const own = new Map<string, number>();
    for (const { id, record } of transfers()) {
      if (record.limits?.upBytesPerS != null) own.set(id, record.limits.upBytesPerS);
    }
    this.#uploads.setRates(up?.bytesPerS ?? null, own);
    if (this.#mayUpload !== this.#mayUploadNow) {
      this.#mayUpload = this.#mayUploadNow;
      for (const { run } of transfers()) run?.sharingChanged();
    }
    const said = JSON.stringify([down, up, settings().isAllPaused]);
    if (said === this.#told) return;
    this.#told = said;
    onChange();
  }

  get #mayUploadNow(): boolean {
    const { sharing, goals } = this.#own.settings();
    const { dailyUploadBytes } = goals;
    return sharing === 'share' && (dailyUploadBytes === null || this.#uploaded.bytes < dailyUploadBytes);
  }

  get #localTime() {
    const { clock, localTimeAt } = this.#own.ports;
    return localTimeAt(clock.nowMs());
  }
}

/** Why nothing is fetched; null when something is. */
function haltIn({ down }: LimitInForce): Halt | null {
  return down?.because === 'all-paused' || down?.because === 'metered' ? down.because : null;
}
