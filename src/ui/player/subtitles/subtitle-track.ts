import type { SubtitleCue } from './subtitle-cue.ts';

/** Lines from the bottom that the controls cover, counted in lines of subtitles. */
const ABOVE_CONTROLS = -4;

/** The text track on which our own subtitles are shown: one an element, made when it is first needed. */
export class SubtitleTrack {
  readonly #track: TextTrack;
  #isRaised = false;

  constructor(element: HTMLMediaElement) {
    this.#track = element.addTextTrack('subtitles');
    this.#track.mode = 'disabled';
    this.#track.addEventListener('cuechange', () => this.#place());
  }

  /** Shows these, later by `delayS`; none: shows nothing. What is shown already stays as it is. */
  show(cues: readonly SubtitleCue[], delayS: number): void {
    const track = this.#track;
    if (track.mode === 'disabled') track.mode = 'hidden'; // its cues cannot be reached while it is disabled
    const wanted = new Map<string, VTTCue>();
    for (const { startS, endS, text } of cues) {
      if (endS + delayS <= 0) continue;
      const cue = new VTTCue(Math.max(startS + delayS, 0), endS + delayS, asCueText(text));
      wanted.set(keyOf(cue), cue);
    }
    for (const cue of [...(track.cues ?? [])]) if (!wanted.delete(keyOf(cue as VTTCue))) track.removeCue(cue);
    for (const cue of wanted.values()) track.addCue(cue);
    track.mode = cues.length > 0 ? 'showing' : 'disabled';
    this.#place();
  }

  /** Keeps subtitles above the controls while these are to be seen. */
  raise(isRaised: boolean): void {
    this.#isRaised = isRaised;
    this.#place();
  }

  #place(): void {
    for (const cue of [...(this.#track.activeCues ?? [])]) {
      const line = this.#isRaised ? ABOVE_CONTROLS : 'auto';
      if (cue instanceof VTTCue && cue.line !== line) cue.line = line;
    }
  }
}

/** The text of a cue is read as markup (WebVTT 4.2.2); ours is none. */
const asCueText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const keyOf = ({ startTime, endTime, text }: VTTCue): string => `${startTime} ${endTime} ${text}`;
