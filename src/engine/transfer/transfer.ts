import type { TransferId } from '../../model/ids.ts';
import type { PatienceChoice, Policy } from '../../model/policy.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { TransferPlayers } from '../playback/transfer-players.ts';
import type { DepotSession } from '../store/depot.ts';
import { readInfo } from '../torrent/read-info.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { deleteAllOf } from './delete-all-of.ts';
import type { Delivery } from './delivery.ts';
import { keepPlayed } from './keep-played.ts';
import { liveView } from './live-view.ts';
import { playersOf } from './players-of.ts';
import { PolicyOfTransfer } from './policy-of-transfer.ts';
import { putDownFailure } from './put-down-failure.ts';
import { proveDelivery } from './report-delivery.ts';
import { publisherTold, type TellPublisher } from './tell-publisher.ts';
import { TransferBook } from './transfer-book.ts';
import type { TransferOptions } from './transfer-options.ts';
import type { TransferRecord } from './transfer-record.ts';
import { rulesOfRun } from './transfer-rules.ts';
import { TransferRun } from './transfer-run.ts';
import { afterStop } from './transfer-state.ts';
import { viewMaker } from './view-maker.ts';

type Running = { readonly run: TransferRun; readonly abort: AbortController; readonly ended: Promise<void> };

/** One transfer of the list: its record, and while it runs, its run. */
export class Transfer {
  /** Its record, and what is told of it. */
  readonly book: TransferBook;
  /** Who plays files of it. */
  readonly players: TransferPlayers;
  readonly #options: TransferOptions;
  readonly #tellPublisher: TellPublisher;
  readonly #policy: PolicyOfTransfer;
  readonly #makeView = viewMaker();
  #running: Running | null = null;
  /** It would run, but its turn has not come. */
  #isHeld = false;
  #isLent = false;

  constructor(record: TransferRecord, options: TransferOptions) {
    this.#options = options;
    this.book = new TransferBook(record, {
      write: (changed) => options.ports.records.put(changed),
      onChange: options.onChange,
      note: (before, after) => options.totals.note(before, after),
      onMoved: (...move) => options.chronicle.moved(...move),
    });
    this.players = playersOf(this, options);
    this.#tellPublisher = publisherTold(this.book, options);
    this.#policy = new PolicyOfTransfer(this.book, options, () => this.run);
  }

  get record(): TransferRecord {
    return this.book.record;
  }

  /** What runs of it now. */
  get run(): TransferRun | null {
    return this.#running?.run ?? null;
  }

  /** Stops what runs, makes a change that needs that, writes it down, and goes on as the record then says. */
  async whileStopped(change: () => Promise<void> | void): Promise<void> {
    await this.#stop();
    await change();
    await this.book.persist();
    this.start();
    this.#options.onChange('state');
  }

  /** Whether it has something to do: not while paused, failed, off the list, or done. */
  get isRunning(): boolean {
    const { phase } = this.record.state;
    const isAtRest = phase === 'paused' || phase === 'failed' || phase === 'done' || phase === 'choosing';
    return !this.record.isHidden && !isAtRest;
  }

  get isSeeding(): boolean {
    return this.record.state.phase === 'done' && this.run?.isInSwarm === true && this.#options.rules.mayUpload(this);
  }

  /** Goes on from where its record says it was, unless it is stopped or has nothing to do. */
  start(): void {
    const { state, isStored, isHidden, isStaged } = this.record;
    if (this.#running !== null || this.#isLent || isHidden || state.phase === 'paused' || state.phase === 'failed')
      return;
    this.#isHeld = !this.#options.rules.mayRun(this);
    if (this.#isHeld) return;
    if (state.phase === 'done') {
      if (isStored) this.#launch((run) => run.seed());
      return;
    }
    this.book.remember({ state: afterStop(state) });
    const isOnlyChecked = this.record.recheck === 'then-pause';
    this.#launch((run) => (isStaged ? run.stage() : isOnlyChecked ? run.check() : run.download()));
  }

  /** It is not its turn any more: it stops and stays what it is, until `release`. */
  hold(): void {
    if (this.#running === null || this.#running.abort.signal.aborted) return;
    this.#isHeld = true;
    this.#running.abort.abort();
    void this.#running.ended.then(() => (this.#isHeld ? this.book.persist() : undefined)).catch(() => undefined);
  }

  /** Goes on if it was held, or could not begin; does nothing else. */
  release(): void {
    if (this.#isHeld) this.start();
  }

  /** The user has seen what it holds and wants it: now or, paused, later. */
  async accept(isPaused: boolean): Promise<void> {
    if (!this.record.isStaged) return;
    // What has its metadata keeps its run: a peer may take one that leaves and comes back at once for the one it knows.
    const goesOn = !isPaused && this.run !== null && this.record.state.phase === 'choosing';
    if (!goesOn) await this.#stop();
    this.book.remember({ isStaged: false });
    this.book.move({ type: 'accepted' });
    if (isPaused) this.book.move({ type: 'pause-requested' });
    await this.book.persist();
    if (goesOn && this.#options.rules.mayRun(this)) return this.run?.accepted();
    await this.#stop();
    this.start();
  }

  async pause(): Promise<void> {
    if (this.record.state.phase === 'done') return;
    this.book.move({ type: 'pause-requested' });
    // At once, because screens say so at once: letting go takes time, and a browser that is closed meanwhile must not go on.
    await Promise.all([this.book.persist(), this.#stop()]);
    await this.book.persist();
  }

  async resume(): Promise<void> {
    await this.#stop(); // a pause may still be letting go
    if (this.record.recheck === 'then-pause') this.book.remember({ recheck: 'then-go-on' });
    this.book.move({ type: 'resume-requested' });
    await this.book.persist();
    this.start();
  }

  /** Lets go of the store: nothing runs until it is taken back, whatever is asked meanwhile. */
  async lend(): Promise<void> {
    this.#isLent = true;
    await this.#stop();
  }

  /** Takes the store back after a change, and goes on as the record then says. Does nothing when it was not lent. */
  async takeBack(change: () => void): Promise<void> {
    if (!this.#isLent) return;
    this.#isLent = false;
    await this.whileStopped(change);
  }

  /** The user wants it too: from now on it is a transfer like any other, nobody is told of it, and it is remembered. */
  async adopt(): Promise<void> {
    if (this.record.delivery == null && !this.record.isPrivateWindow) return;
    this.#policy.change({ delivery: null, isPrivateWindow: false });
    await this.book.persist();
    await keepPlayed(this);
  }

  /** A click on a publisher's link brings it back to the list, under the rules for such a click. */
  async deliverAgain(delivery: Delivery, isPlayedOnly = false): Promise<void> {
    this.book.remember({ delivery: { ...delivery, cohort: 'mixed', reportUrl: null }, isPlayedOnly });
    await this.book.persist();
  }

  /** Brings one back that was taken off the list with its pieces kept. */
  async unhide(nowMs: number): Promise<void> {
    this.book.remember({ isHidden: false, addedAtMs: nowMs, queueKey: nowMs });
    await this.resume();
  }

  /** Takes hold at once: a download asks for it with every plan. */
  async setPolicy(policy: Policy): Promise<void> {
    await this.#policy.choose(policy);
  }

  /** Takes hold at once, too. A patience counts from its choice, or from that of its policy. */
  async setPatience(choice: PatienceChoice): Promise<void> {
    await this.#policy.choosePatience(choice);
  }

  /** Of one that is done: its bytes are in the store again, or it has more trackers now. */
  async seedAnew(): Promise<void> {
    await this.whileStopped(() => this.book.remember({ isStored: true }));
  }

  /** Applies the user's choice on uploading. */
  async sharingChanged(): Promise<void> {
    if (this.record.delivery != null) this.#policy.change({});
    this.run?.sharingChanged();
    if (this.record.state.phase !== 'done') return;
    await this.#stop();
    this.start();
  }

  /** Stops for good. Returns whether its record must be kept, for the pieces that stay in the store. */
  async remove(deleteData: boolean): Promise<boolean> {
    const isUnfinished = this.record.state.phase !== 'done' && this.record.restores !== true;
    await this.#stop();
    if (isUnfinished) await this.#tellPublisher('cancelled');
    if (!deleteData && isUnfinished && this.record.isStored) {
      this.book.remember({ isHidden: true, state: { phase: 'paused', resumeTo: { phase: 'checking' } } });
      await this.book.persist();
      return true;
    }
    this.players.closeAll();
    await deleteAllOf(this.record, deleteData, this.#options.ports);
    return false;
  }

  /** At rest, and while nothing of it has changed, it is the very same object each time. */
  view(): TransferView {
    const live = liveView(this, this.#options);
    return this.#makeView(this.record, live, {
      isAtRest: this.run === null,
      nowMs: () => this.#options.ports.clock.nowMs(),
    });
  }

  get id(): TransferId {
    return this.record.id;
  }

  /** What the torrent is; null while its metadata is not known. */
  async info(): Promise<TorrentInfo | null> {
    const { records, sha1 } = this.#options.ports;
    const bytes = await records.info(this.id);
    return bytes && readInfo(bytes, sha1);
  }

  #launch(task: (run: TransferRun) => Promise<void>): void {
    const { ports, hostLimits, mayShare, flights, chronicle } = this.#options;
    const rules = rulesOfRun(this, this.#options.rules);
    const abort = new AbortController();
    const onSaved = (info: TorrentInfo, session: DepotSession) =>
      this.#tellPublisher('completed', (edge) => proveDelivery(edge, info, session, ports));
    const own = { book: this.book, players: this.players, signal: abort.signal, onSaved };
    const lent = { ports: chronicle.portsFor(this.id, ports), hostLimits, mayShare, flights, rules };
    const run = new TransferRun({ ...lent, ...own });
    const unfollow = chronicle.follow(this.id, run);
    const ended = this.#see(task(run), run, abort.signal).finally(unfollow);
    this.#running = { run, abort, ended };
  }

  /** Sees a run to its end, whatever that is, and puts down why. */
  async #see(work: Promise<void>, run: TransferRun, signal: AbortSignal): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!signal.aborted) await putDownFailure(this.book, error);
    }
    await run.close();
    if (this.record.state.phase === 'failed') await this.#tellPublisher('failed');
    this.#running = null;
    this.players.look();
    void this.#options.totals.flush();
    this.#options.onChange('state');
  }

  async #stop(): Promise<void> {
    this.#isHeld = false; // whoever stops it starts it again
    this.#running?.abort.abort();
    await this.#running?.ended;
  }
}
