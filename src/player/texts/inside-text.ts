import type { PlayerText } from '../../model/player-view.ts';
import type { SubtitleCue } from '../../ui/player/subtitles/subtitle-cue.ts';

/** The texts inside a file of sound and pictures. */
export type InsideTexts = {
  readonly tracks: readonly PlayerText[];
  /** It has others that are no text: pictures of it, mostly. */
  readonly hasUnreadable: boolean;
  /** A reader of one of them. */
  readonly open: (track: number) => TextReader;
};

/** Reads one text as the file arrives. */
export type TextReader = {
  /**
   * Cues that begin between two times, about, of those bytes that are here; none that it gave before. Does a bounded
   * piece of work: what is left over comes with the next call.
   * @throws what reading throws.
   */
  readonly read: (fromS: number, toS: number) => Promise<readonly SubtitleCue[]>;
};

/** More texts than this are no choice any more. */
export const MAX_TEXTS = 100;
const MAX_NAME_CHARS = 200;

/** A language as a file says it, as BCP 47 has it: `ger` is `de`; null when it says none. */
export function languageTag(written: string | null): string | null {
  if (written === null || written.length > 35) return null;
  try {
    const [tag = 'und'] = Intl.getCanonicalLocales(written.trim());
    return /^(?:und|mul|zxx|mis)\b/.test(tag) ? null : tag;
  } catch {
    return null;
  }
}

/** A name as a file says it, cleaned of controls; null when nothing is left. */
export function trackName(written: string | null): string | null {
  const name = (written ?? '')
    .slice(0, MAX_NAME_CHARS)
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  return name === '' ? null : name;
}
