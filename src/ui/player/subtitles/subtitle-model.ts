import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { FileIndex } from '../../../model/ids.ts';
import type { PlayerActions } from '../player-actions.ts';
import { MAX_SUBTITLE_BYTES, readSubtitles } from './read-subtitles.ts';
import { isSameChoice, type OfferedSubtitles, type SubtitleChoice } from './subtitle-choice.ts';
import type { SubtitleCue } from './subtitle-cue.ts';
import { SubtitleTrack } from './subtitle-track.ts';

export type SubtitleStatus = 'off' | 'loading' | 'shown' | 'unreadable' | 'missing';

/** See `readBytes` and `followText` of the actions. */
export type SubtitlePorts = Pick<PlayerActions, 'readBytes' | 'followText'>;

const STEP_S = 0.25;
const MAX_DELAY_S = 120;

/** The subtitles of one player: which are chosen, getting them, and showing them on the element. */
export class SubtitleModel {
  readonly #offered = signal<readonly OfferedSubtitles[]>([]);
  readonly #chosen = signal<SubtitleChoice | null>(null);
  readonly #status = signal<SubtitleStatus>('off');
  readonly #delayS = signal(0);
  readonly #pickedName = signal<string | null>(null);
  readonly offered: ReadonlySignal<readonly OfferedSubtitles[]> = this.#offered;
  readonly chosen: ReadonlySignal<SubtitleChoice | null> = this.#chosen;
  readonly status: ReadonlySignal<SubtitleStatus> = this.#status;
  /** Seconds by which they come later; less than 0: earlier. */
  readonly delayS: ReadonlySignal<number> = this.#delayS;
  readonly pickedName: ReadonlySignal<string | null> = this.#pickedName;
  readonly #ports: SubtitlePorts;
  /** The user has chosen for this film. */
  #isChosenByHand = false;
  #picked: readonly SubtitleCue[] = [];
  #cues: readonly SubtitleCue[] = [];
  #track: SubtitleTrack | null = null;
  #element: HTMLMediaElement | null = null;
  #loading: AbortController | null = null;

  constructor(ports: SubtitlePorts) {
    this.#ports = ports;
  }

  attach(element: HTMLMediaElement): void {
    this.#element = element;
  }

  /** Another film: what was shown goes, and so does what was picked for the film before. */
  begin(): void {
    this.#choose(null);
    this.#isChosenByHand = false;
    batch(() => {
      this.#picked = [];
      this.#pickedName.value = null;
      this.#delayS.value = 0;
      this.#offered.value = [];
    });
  }

  /** More became known of the same film. */
  offer(offered: readonly OfferedSubtitles[]): void {
    this.#offered.value = offered;
  }

  languageOf(choice: SubtitleChoice | null): string | null {
    return this.#offeredAs(choice)?.language ?? null;
  }

  /** What the user wants: shows these subtitles as soon as they are here, or none. */
  choose(choice: SubtitleChoice | null): void {
    this.#isChosenByHand = true;
    this.#choose(choice);
  }

  /** What suits as far as is known, unless the user has chosen. */
  suggest(choice: SubtitleChoice | null): void {
    if (!this.#isChosenByHand && !isSameChoice(choice, this.#chosen.peek())) this.#choose(choice);
  }

  #choose(choice: SubtitleChoice | null): void {
    this.#loading?.abort();
    this.#loading = null;
    this.#chosen.value = choice;
    if (choice === null) this.#show([], 'off');
    else if (choice.kind === 'picked') this.#show(this.#picked, 'shown');
    else if (choice.kind === 'torrent') void this.#load(choice.file);
    else this.#follow(choice.track);
  }

  /** Takes a file from this computer. */
  async pick(name: string, bytes: Uint8Array): Promise<void> {
    const cues = readSubtitles(bytes);
    this.#loading?.abort();
    this.#pickedName.value = name;
    this.#picked = cues ?? [];
    this.#chosen.value = { kind: 'picked' };
    this.#isChosenByHand = true;
    this.#show(this.#picked, cues === null ? 'unreadable' : 'shown');
  }

  delayBy(steps: -1 | 1): void {
    const delayS = this.#delayS.peek() + steps * STEP_S;
    this.#delayS.value = Math.min(Math.max(delayS, -MAX_DELAY_S), MAX_DELAY_S);
    this.#draw();
  }

  raise(isRaised: boolean): void {
    this.#track?.raise(isRaised);
  }

  async #load(file: FileIndex): Promise<void> {
    const loading = new AbortController();
    this.#loading = loading;
    this.#show([], 'loading');
    const offered = this.#offeredAs({ kind: 'torrent', file });
    const lengthBytes = Math.min(offered?.lengthBytes ?? 0, MAX_SUBTITLE_BYTES + 1);
    try {
      const cues = readSubtitles(await this.#ports.readBytes(file, 0, lengthBytes, loading.signal));
      if (!loading.signal.aborted) this.#show(cues ?? [], cues === null ? 'unreadable' : 'shown');
    } catch {
      if (!loading.signal.aborted) this.#show([], 'missing');
    }
  }

  /** Those inside the film come with it, bit by bit. */
  #follow(track: number): void {
    const following = new AbortController();
    this.#loading = following;
    this.#show([], 'shown');
    this.#ports.followText(track, (cues) => this.#show(cues, 'shown'), following.signal);
  }

  #offeredAs(choice: SubtitleChoice | null): OfferedSubtitles | null {
    return this.#offered.peek().find((one) => isSameChoice(one.choice, choice)) ?? null;
  }

  #show(cues: readonly SubtitleCue[], status: SubtitleStatus): void {
    this.#cues = cues;
    this.#status.value = status;
    this.#draw();
  }

  #draw(): void {
    if (this.#track === null && this.#cues.length > 0 && this.#element !== null) {
      this.#track = new SubtitleTrack(this.#element);
    }
    this.#track?.show(this.#cues, this.#delayS.peek());
  }
}
