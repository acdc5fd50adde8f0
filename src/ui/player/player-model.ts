import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { isMedia, kindOfFile } from '../../model/file-kinds.ts';
import type { FileView } from '../../model/file-view.ts';
import type { FileIndex, TransferId } from '../../model/ids.ts';
import type { PlaylistEntry } from '../../model/player.ts';
import type { PlayerState } from '../../model/player-view.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import { type Cover, coverOf } from './cover-state.ts';
import type { FaceActions } from './face-actions.ts';
import { followSubtitles, wantedLanguage } from './follow-subtitles.ts';
import { type KeyWish, speedAfter } from './keys.ts';
import { MediaModel } from './media-model.ts';
import { PlayerMemory } from './player-memory.ts';
import { neighbourOf, playlistOf } from './playlist.ts';
import { placeToContinue, type SubtitleSize, type Watched } from './remembered.ts';
import { followSession } from './session-of.ts';
import { preferredSubtitles, type SubtitleChoice } from './subtitles/subtitle-choice.ts';
import { SubtitleModel } from './subtitles/subtitle-model.ts';
import { secondsToWait, type WaitMark, withMark } from './waiting-time.ts';

/** Null while the list is not known; `gone` when it is and has no such transfer. */
export type KnownTransfer = TransferView | 'gone' | null;
export type Menu = 'subtitles' | 'audio' | 'speed' | 'keys';

/** How long the way back to the beginning is offered while the film goes on. */
const OFFER_FOR_S = 10;

/** What a player's screen knows beyond what its feed says, and what its buttons do. */
export class PlayerModel {
  readonly id: TransferId;
  readonly state: ReadonlySignal<PlayerState>;
  readonly transfer: ReadonlySignal<KnownTransfer>;
  readonly actions: FaceActions;
  readonly media = new MediaModel();
  readonly memory: PlayerMemory;
  readonly subtitles: SubtitleModel;
  readonly files = signal<readonly FileView[]>([]);
  readonly menu = signal<Menu | null>(null);
  /** Seconds at which this file was left the last time, while the user may still begin anew. */
  readonly continuedAtS = signal<number | null>(null);
  readonly isEngineLost = signal(false);
  readonly #marks = signal<readonly WaitMark[]>([]);

  /** Path of the file; the list of files knows it, too, also where nothing plays. */
  readonly path = computed<readonly string[]>(() => {
    const { path, file } = this.state.value;
    return path.length > 0 ? path : (this.files.value.find(({ index }) => index === file)?.path ?? []);
  });
  readonly kind = computed(() => kindOfFile(this.path.value));
  /** All files of the transfer; what the engine told last knows most. */
  readonly entries = computed<readonly PlaylistEntry[]>(() => {
    const files = this.files.value;
    return files.length === 0
      ? this.state.value.playlist
      : files.map(({ index, ...rest }) => ({ ...rest, file: index }));
  });
  readonly playlist = computed<readonly PlaylistEntry[]>(() => playlistOf(this.entries.value));
  readonly next = computed(() => neighbourOf(this.playlist.value, this.state.value.file, 1));
  readonly previous = computed(() => neighbourOf(this.playlist.value, this.state.value.file, -1));
  readonly isPlaying = computed(() => this.state.value.wantsToPlay && !this.media.now.value.hasEnded);
  readonly durationS = computed(() => this.media.now.value.durationS ?? this.state.value.durationS);
  readonly secondsToWait = computed(() => secondsToWait(this.#marks.value));
  readonly cover = computed<Cover | null>(() => {
    const { phase } = this.state.value;
    const path = this.path.value;
    const { hasError, isStalled } = this.media.now.value;
    const known = { transfer: this.transfer.value, isEngineLost: this.isEngineLost.value };
    return coverOf({ phase, path, ...known, hasMediaError: hasError, isStalled });
  });

  constructor(
    id: TransferId,
    state: ReadonlySignal<PlayerState>,
    transfer: ReadonlySignal<KnownTransfer>,
    actions: FaceActions,
  ) {
    this.id = id;
    this.state = state;
    this.transfer = transfer;
    this.actions = actions;
    this.subtitles = new SubtitleModel(actions);
    this.memory = new PlayerMemory(actions, () => this.#mayRemember());
  }

  /** Takes the page's element, hands it to the feed, and begins to watch. @returns what ends that. */
  attach(element: HTMLVideoElement): () => void {
    const { volume, isMuted, speed } = this.memory.now.peek();
    const ends = [this.media.attach(element)];
    this.subtitles.attach(element);
    this.media.setVolume(volume);
    this.media.setMuted(isMuted);
    this.media.setSpeed(speed);
    this.actions.attach(element);
    ends.push(
      this.#followFile(),
      followSubtitles(this),
      this.#followWait(),
      this.#followPlaying(),
      followSession(this),
    );
    return () => {
      for (const end of ends) end();
    };
  }

  /** Asks once more what of which file is here. */
  async refreshFiles(): Promise<void> {
    const reply = await this.actions.files();
    this.isEngineLost.value = !reply.ok && reply.failure.code === 'no-answer';
    if (reply.ok && reply.output.files !== null) this.files.value = reply.output.files;
  }

  watched(file: FileIndex): Watched | null {
    return this.memory.watched(this.id, file);
  }

  toggle(): void {
    if (this.isPlaying.peek()) return this.actions.pause();
    if (this.media.now.peek().hasEnded) this.media.seek(0);
    this.actions.play();
  }

  open(file: FileIndex): void {
    this.rememberPlace();
    this.actions.openFile(file);
  }

  /** Opens another file and has it play at once. */
  play(entry: PlaylistEntry | null): void {
    if (entry === null) return;
    this.open(entry.file);
    if (isMedia(kindOfFile(entry.path))) this.actions.play();
  }

  startOver(): void {
    this.continuedAtS.value = null;
    this.media.seek(0);
    this.actions.play();
  }

  goOn(): void {
    this.continuedAtS.value = null;
    this.actions.play();
  }

  setSpeed(speed: number): void {
    this.media.setSpeed(speed);
    this.memory.remember({ speed });
  }

  setVolume(volume: number): void {
    this.media.setVolume(volume);
    this.#rememberSound();
  }

  toggleMuted(): void {
    this.media.setMuted(!this.media.now.peek().isMuted);
    this.#rememberSound();
  }

  setPlaysNext(playsNext: boolean): void {
    this.memory.remember({ playsNext });
  }

  setSubtitleSize(size: SubtitleSize): void {
    this.memory.rememberSubtitles({ size });
  }

  chooseSubtitles(choice: SubtitleChoice | null): void {
    this.subtitles.choose(choice);
    const language = this.subtitles.languageOf(choice);
    this.memory.rememberSubtitles({ isOn: choice !== null, ...(language === null ? {} : { language }) });
  }

  /** On with those of the usual language, or off. @returns false when there are none to choose. */
  toggleSubtitles(): boolean {
    if (this.subtitles.chosen.peek() !== null) this.chooseSubtitles(null);
    else {
      const best = preferredSubtitles(this.subtitles.offered.peek(), wantedLanguage(this));
      if (best === null && this.subtitles.pickedName.peek() === null) return false;
      this.chooseSubtitles(best === null ? { kind: 'picked' } : best.choice);
    }
    return true;
  }

  /** Does what a key asks for; full screen is the screen's own matter. */
  carryOut(wish: Exclude<KeyWish, { readonly do: 'fullscreen' }>): void {
    const { volume, speed } = this.media.now.peek();
    switch (wish.do) {
      case 'toggle':
        return this.toggle();
      case 'mute':
        return this.toggleMuted();
      case 'subtitles':
        if (!this.toggleSubtitles()) this.menu.value = 'subtitles';
        return;
      case 'next':
        return this.play(this.next.peek());
      case 'previous':
        return this.play(this.previous.peek());
      case 'help':
        this.menu.value = this.menu.peek() === 'keys' ? null : 'keys';
        return;
      case 'seek':
        return this.media.seekBy(wish.byS);
      case 'seek-part':
        return this.media.seek((this.durationS.peek() ?? 0) * wish.part);
      case 'volume':
        return this.setVolume(volume + wish.by);
      case 'speed':
        return this.setSpeed(speedAfter(speed, wish.steps));
    }
  }

  /** Remembers where the film is. */
  rememberPlace(): void {
    const { timeS } = this.media.now.peek();
    const durationS = this.durationS.peek();
    if (durationS === null || !isMedia(this.kind.peek())) return;
    this.memory.rememberPlace(this.id, this.state.peek().file, { timeS, durationS });
  }

  /** Nothing of what came from a private window is written down, nor before it is known whether it did. */
  #mayRemember(): boolean {
    const transfer = this.transfer.peek();
    return transfer !== null && transfer !== 'gone' && !transfer.isPrivateWindow;
  }

  #rememberSound(): void {
    const { volume, isMuted } = this.media.now.peek();
    this.memory.remember({ volume, isMuted });
  }

  /** Another file: where it goes on, and which subtitles it has. */
  #followFile(): () => void {
    let begun: FileIndex | null = null;
    return effect(() => {
      const { file } = this.state.value;
      const path = this.path.value;
      const transfer = this.transfer.value;
      if (path.length === 0 || transfer === null || begun === file) return;
      begun = file;
      this.media.forgetPlace();
      const startS = placeToContinue(this.memory.now.peek(), this.id, file);
      this.continuedAtS.value = startS;
      if (startS !== null) untracked(() => this.media.seek(startS));
    });
  }

  #followWait(): () => void {
    return effect(() => {
      const { phase } = this.state.value;
      const mark = phase.phase === 'filling' ? { atMs: this.actions.nowMs(), part: phase.readyPart } : null;
      this.#marks.value = mark === null ? [] : withMark(this.#marks.peek(), mark);
    });
  }

  /** Remembers the place now and then, takes the offer back, and goes on to the next file at the end. */
  #followPlaying(): () => void {
    let hadEnded = false;
    return effect(() => {
      const { timeS, hasEnded, isPaused } = this.media.now.value;
      const offered = this.continuedAtS.peek();
      if (offered !== null && !isPaused && timeS > offered + OFFER_FOR_S) this.continuedAtS.value = null;
      const isDue = !isPaused && this.memory.isPlaceDue();
      if (isDue || (hasEnded && !hadEnded)) untracked(() => this.rememberPlace());
      const isAtEnd = hasEnded && !hadEnded;
      hadEnded = hasEnded;
      if (isAtEnd && this.memory.now.peek().playsNext) untracked(() => this.play(this.next.peek()));
    });
  }
}
