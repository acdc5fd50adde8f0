/** One subtitle: seconds of the film, and plain text with line breaks; never markup. */
export type SubtitleCue = { readonly startS: number; readonly endS: number; readonly text: string };

/** More than the longest film has. What comes after them is left out: files come from strangers. */
export const MAX_CUES = 20_000;
const MAX_CHARS = 1_000;
const MAX_LINES = 12;
/** A subtitle for longer than this is a mistake, or wants to hide the picture. */
const MAX_LENGTH_S = 600;
/** A hundred hours. */
const MAX_TIME_S = 360_000;

/** A subtitle with its text cleaned and bounded; null when its times make no sense or nothing is said. */
export function cueOf(startS: number, endS: number, text: string): SubtitleCue | null {
  const lines = text
    .slice(0, MAX_CHARS * 4)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MAX_LINES);
  const said = lines.join('\n').slice(0, MAX_CHARS);
  const isTimed = startS >= 0 && endS > startS && endS <= MAX_TIME_S;
  return isTimed && said !== '' ? { startS, endS: Math.min(endS, startS + MAX_LENGTH_S), text: said } : null;
}

/** In the order of time, which not every file keeps. */
export const inOrder = (cues: readonly SubtitleCue[]): SubtitleCue[] =>
  [...cues].sort((a, b) => a.startS - b.startS || a.endS - b.endS);

/** Takes `<i>`, `<font …>`, `<v Name>`, `<00:01.000>` and the like away, and nothing that only looks like a tag. */
export const withoutTags = (text: string): string => text.replace(/<\/?[a-z\d][^<>\n]{0,200}>/gi, '');
