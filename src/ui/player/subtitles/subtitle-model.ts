import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { FileIndex } from '../../../model/ids.ts';
import type { SubtitleFile } from './match-subtitles.ts';
import { MAX_SUBTITLE_BYTES, readSubtitles } from './read-subtitles.ts';
import type { SubtitleCue } from './subtitle-cue.ts';
import { SubtitleTrack } from './subtitle-track.ts';

/** A file of the torrent, or one that the user picked. */
export type SubtitleChoice = { readonly kind: 'torrent'; readonly file: FileIndex } | { readonly kind: 'picked' };

export type SubtitleStatus = 'off' | 'loading' | 'shown' | 'unreadable' | 'missing';

type ReadBytes = (file: FileIndex, startByte: number, endByte: number, signal: AbortSignal) => Promise<Uint8Array>;

const STEP_S = 0.25;
const MAX_DELAY_S = 120;

/** The subtitles of one player: which are chosen, getting them, and showing them on the element. */
export class SubtitleModel {
  readonly #offered = signal<readonly SubtitleFile[]>([]);
  readonly #chosen = signal<SubtitleChoice | null>(null);
  readonly #status = signal<SubtitleStatus>('off');
  readonly #delayS = signal(0);
  readonly #pickedName = signal<string | null>(null);
  readonly offered: ReadonlySignal<readonly SubtitleFile[]> = this.#offered;
  readonly chosen: ReadonlySignal<SubtitleChoice | null> = this.#chosen;
  readonly status: ReadonlySignal<SubtitleStatus> = this.#status;
  /** Seconds by which they come later; less than 0: earlier. */
  readonly delayS: ReadonlySignal<number> = this.#delayS;
  readonly pickedName: ReadonlySignal<string | null> = this.#pickedName;
  readonly #readBytes: ReadBytes;
  #picked: readonly SubtitleCue[] = [];
  #cues: readonly SubtitleCue[] = [];
  #track: SubtitleTrack | null = null;
  #element: HTMLMediaElement | null = null;
  #loading: AbortController | null = null;

  constructor(readBytes: ReadBytes) {
    this.#readBytes = readBytes;
  }

  attach(element: HTMLMediaElement): void {
    this.#element = element;
  }

  /** Another film: what was shown goes, and so does what was picked for the film before. */
  begin(offered: readonly SubtitleFile[]): void {
    this.choose(null);
    batch(() => {
      this.#picked = [];
      this.#pickedName.value = null;
      this.#delayS.value = 0;
      this.#offered.value = offered;
    });
  }

  /** More became known of the same film. */
  offer(offered: readonly SubtitleFile[]): void {
    this.#offered.value = offered;
  }

  /** The best of what is offered in a language, or at all. */
  preferred(language: string | null): SubtitleFile | null {
    const full = this.#offered.peek().filter(({ kind }) => kind !== 'forced');
    const own = full.filter((one) => language !== null && one.language?.slice(0, 2) === language.slice(0, 2));
    return own[0] ?? full[0] ?? this.#offered.peek()[0] ?? null;
  }

  languageOf(choice: SubtitleChoice | null): string | null {
    if (choice?.kind !== 'torrent') return null;
    return this.#offered.peek().find(({ file }) => file === choice.file)?.language ?? null;
  }

  /** Shows these subtitles as soon as they are here, or none. */
  choose(choice: SubtitleChoice | null): void {
    this.#loading?.abort();
    this.#loading = null;
    this.#chosen.value = choice;
    if (choice === null) this.#show([], 'off');
    else if (choice.kind === 'picked') this.#show(this.#picked, 'shown');
    else void this.#load(choice.file);
  }

  /** Takes a file from this computer. */
  async pick(name: string, bytes: Uint8Array): Promise<void> {
    const cues = readSubtitles(bytes);
    this.#loading?.abort();
    this.#pickedName.value = name;
    this.#picked = cues ?? [];
    this.#chosen.value = { kind: 'picked' };
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
    const offered = this.#offered.peek().find((one) => one.file === file);
    const lengthBytes = Math.min(offered?.lengthBytes ?? 0, MAX_SUBTITLE_BYTES + 1);
    try {
      const cues = readSubtitles(await this.#readBytes(file, 0, lengthBytes, loading.signal));
      if (!loading.signal.aborted) this.#show(cues ?? [], cues === null ? 'unreadable' : 'shown');
    } catch {
      if (!loading.signal.aborted) this.#show([], 'missing');
    }
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
