import { signal } from '@preact/signals';
import type { TransferId } from '../../model/ids.ts';
import type { Policy } from '../../model/policy.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionFailure, ActionReply } from '../actions.ts';
import { controlsOf } from '../controls.ts';
import { sayInManager } from '../words/manager-words.ts';
import { type ColumnLayout, DEFAULT_LAYOUT, readLayout } from './list/column-layout.ts';
import type { ManagerList } from './list/manager-list.ts';
import { dropInQueue, moveInQueue, type QueueMove, type QueueStep } from './list/queue-moves.ts';
import type { ManagerActions } from './manager-actions.ts';
import type { Memory } from './memory.ts';
import type { OpenMenu } from './menu-model.ts';
import { PaneLayout } from './pane-layout.ts';
import { runForEach } from './run-for-each.ts';

export type Question =
  | { readonly kind: 'remove'; readonly ids: readonly TransferId[] }
  | { readonly kind: 'label'; readonly ids: readonly TransferId[] }
  | { readonly kind: 'columns' }
  | { readonly kind: 'keys' };

/** What went wrong with the last click, and for how many transfers. */
export type Trouble = { readonly failure: ActionFailure; readonly count: number };

type SaidOfMany =
  | 'saidPaused'
  | 'saidResumed'
  | 'saidRemoved'
  | 'saidPolicy'
  | 'saidLabel'
  | 'saidStarted'
  | 'saidSaved';

/** What the manager's page does with transfers, and which of its panels are open. */
export class ManagerModel {
  readonly list: ManagerList;
  readonly #actions: ManagerActions;
  readonly #memory: Memory;
  #showDetails = (): void => undefined;
  readonly pane: PaneLayout;
  readonly layout;
  readonly question = signal<Question | null>(null);
  readonly menu = signal<OpenMenu | null>(null);
  readonly trouble = signal<Trouble | null>(null);
  readonly spoken = signal('');
  /** Where rows that are dragged would go: before the row of this place. */
  readonly dropPlace = signal<number | null>(null);
  /** Where the last menu was opened; the next one that it leads to is there as well. */
  menuAt: OpenMenu['at'] = { x: 0, y: 0 };
  readonly isAdding = signal(false);
  /** The engine has not been heard for a while. */
  readonly isEngineLost = signal(false);

  constructor(list: ManagerList, actions: ManagerActions, memory: Memory) {
    this.list = list;
    list.onNews = this.announce;
    this.#actions = actions;
    this.#memory = memory;
    this.pane = new PaneLayout(memory);
    this.layout = signal(readLayout(memory.read('columns')));
  }

  setLayout(layout: ColumnLayout = DEFAULT_LAYOUT): void {
    this.layout.value = layout;
    this.#memory.write('columns', layout);
  }

  /** Says who shows the details when they are asked for; returns how to stop. */
  onDetails(show: () => void): () => void {
    this.#showDetails = show;
    return () => {
      this.#showDetails = () => undefined;
    };
  }

  ask(question: Question): void {
    this.question.value = question;
  }

  showDetails(): void {
    this.#showDetails();
  }

  announce = (words: string): void => {
    this.spoken.value = words;
  };

  pause(ids: readonly TransferId[]): Promise<boolean> {
    const some = this.viewsOf(ids).filter((view) => controlsOf(view).toggle === 'pause');
    return this.#forEach(some, ({ id }) => this.#actions.pause(id), 'saidPaused');
  }

  resume(ids: readonly TransferId[]): Promise<boolean> {
    const some = this.viewsOf(ids).filter((view) => controlsOf(view).toggle === 'resume');
    return this.#forEach(some, ({ id }) => this.#actions.resume(id), 'saidResumed');
  }

  /** Pauses them if any of them can be, else resumes. */
  toggle(ids: readonly TransferId[]): Promise<boolean> {
    const canPause = this.viewsOf(ids).some((view) => controlsOf(view).toggle === 'pause');
    return canPause ? this.pause(ids) : this.resume(ids);
  }

  remove(ids: readonly TransferId[], deleteData: boolean): Promise<boolean> {
    return this.#forEach(this.viewsOf(ids), ({ id }) => this.#actions.remove(id, deleteData), 'saidRemoved');
  }

  setPolicy(ids: readonly TransferId[], policy: Policy): Promise<boolean> {
    return this.#forEach(this.viewsOf(ids), ({ id }) => this.#actions.setPolicy(id, policy), 'saidPolicy');
  }

  setLabel(ids: readonly TransferId[], label: string | null): Promise<boolean> {
    return this.#forEach(this.viewsOf(ids), ({ id }) => this.#actions.setLabel(id, label), 'saidLabel');
  }

  startNow(ids: readonly TransferId[]): Promise<boolean> {
    return this.#forEach(this.viewsOf(ids), ({ id }) => this.#actions.startNow(id), 'saidStarted');
  }

  saveTorrents(ids: readonly TransferId[]): Promise<boolean> {
    return this.#forEach(this.viewsOf(ids), ({ id, name }) => this.#actions.saveTorrent(id, name), 'saidSaved');
  }

  async copyMagnets(ids: readonly TransferId[]): Promise<void> {
    await this.run(this.#actions.copyMagnets(ids), sayInManager.count('saidCopied', ids.length));
  }

  open = (id: TransferId): void => this.#withDownload(id, this.#actions.open);
  show = (id: TransferId): void => this.#withDownload(id, this.#actions.show);

  play(id: TransferId): void {
    const file = this.list.viewOf(id)?.playable ?? null;
    if (file !== null) void this.run(this.#actions.play(id, file));
  }

  moveInQueue(ids: readonly TransferId[], step: QueueStep): void {
    this.#move(moveInQueue(this.list.queue(), new Set(ids), step));
  }

  /** Drops them before another one, or at the end. */
  dropBefore(ids: readonly TransferId[], before: TransferId | undefined): void {
    const queue = this.list.queue();
    const place = before === undefined ? -1 : queue.indexOf(before);
    this.#move(dropInQueue(queue, new Set(ids), place < 0 ? queue.length : place));
  }

  pauseAll(isAllPaused: boolean): Promise<boolean> {
    return this.run(this.#actions.setSettings({ isAllPaused }));
  }

  /** Waits for one reply; a failure is shown until the next click, or until it is closed. */
  async run(reply: Promise<ActionReply<unknown>>, said: string | null = null): Promise<boolean> {
    const { ok, ...rest } = await reply;
    this.trouble.value = 'failure' in rest ? { failure: rest.failure, count: 1 } : null;
    if (ok && said !== null) this.announce(said);
    return ok;
  }

  async #forEach(
    views: readonly TransferView[],
    act: (view: TransferView) => Promise<ActionReply<unknown>>,
    said: SaidOfMany,
  ): Promise<boolean> {
    if (views.length === 0) return true;
    const { done, failures } = await runForEach(views, act);
    const [failure] = failures;
    this.trouble.value = failure === undefined ? null : { failure, count: failures.length };
    if (done > 0) this.announce(sayInManager.count(said, done));
    return failure === undefined;
  }

  #move(move: QueueMove | null): void {
    if (move === null) return;
    const said = sayInManager.count('saidMoved', move.ids.length);
    void this.run(this.#actions.moveInQueue(move.ids, move.before), said);
  }

  viewsOf(ids: readonly TransferId[]): readonly TransferView[] {
    return ids.map((id) => this.list.viewOf(id)).filter((view) => view !== null);
  }

  #withDownload(id: TransferId, act: (downloadId: number) => Promise<ActionReply<null>>): void {
    const downloadId = this.list.viewOf(id)?.saved?.downloadId;
    if (downloadId !== undefined) void this.run(act(downloadId));
  }
}
