import { readTiming } from './read-timing.ts';
import { cueOf, inOrder, MAX_CUES, type SubtitleCue, withoutTags } from './subtitle-cue.ts';

/**
 * Reads SubRip: a number, a line of times, text, an empty line. Files in the wild miss numbers and empty lines or double
 * them, so only the lines of times count; a number right before one belongs to it.
 * @param text Any text; nothing in it that is no subtitle does harm.
 */
export function readSrt(text: string): SubtitleCue[] {
  const cues: SubtitleCue[] = [];
  let open: { startS: number; endS: number; lines: string[] } | null = null;
  const close = () => {
    if (open === null) return;
    const cue = cueOf(open.startS, open.endS, plainSrt(open.lines.join('\n')));
    if (cue !== null) cues.push(cue);
    open = null;
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const timing = line.includes('-->') ? readTiming(line) : null;
    if (timing !== null) {
      if (open !== null) dropNumber(open.lines);
      close();
      if (cues.length >= MAX_CUES) break;
      open = { ...timing, lines: [] };
    } else if (open !== null && open.lines.length < 50) {
      open.lines.push(line);
    }
  }
  close();
  return inOrder(cues);
}

/** The number of the next subtitle stands between its times and the text before, mostly after an empty line. */
function dropNumber(lines: string[]): void {
  if (/^\s*\d{1,6}\s*$/.test(lines.at(-1) ?? '')) lines.pop();
}

/** The text of a subtitle without its markup; `{\an8}` and `{y:i}` come from other formats. */
export const plainSrt = (text: string): string => withoutTags(text.replace(/\{(?:\\|[a-z]:)[^{}\n]{0,200}\}/gi, ''));
