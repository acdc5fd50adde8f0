import { readTiming } from './read-timing.ts';
import { cueOf, inOrder, MAX_CUES, type SubtitleCue, withoutTags } from './subtitle-cue.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
  quot: '"',
  apos: "'",
};

/**
 * Reads WebVTT: times and text of its cues. Styles, regions, notes and places are left out.
 * @returns null when the text does not begin as WebVTT must.
 * @see https://www.w3.org/TR/webvtt1/#file-structure
 */
export function readVtt(text: string): SubtitleCue[] | null {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) return null;
  const cues: SubtitleCue[] = [];
  for (let at = 1; at < lines.length && cues.length < MAX_CUES; at += 1) {
    const line = lines[at] ?? '';
    const timing = line.includes('-->') ? readTiming(line) : null;
    if (timing === null) continue;
    const said: string[] = [];
    // A line of times ends the cue before it, even without the empty line between them.
    while (at + 1 < lines.length && lines[at + 1] !== '' && !lines[at + 1]?.includes('-->')) {
      at += 1;
      said.push(lines[at] ?? '');
    }
    const cue = cueOf(timing.startS, timing.endS, plainVtt(said.join('\n')));
    if (cue !== null) cues.push(cue);
  }
  return inOrder(cues);
}

/** The text of a cue without its tags. */
export const plainVtt = (text: string): string =>
  withoutTags(text).replace(/&([a-z]{2,4});/g, (whole, name: string) => ENTITIES[name] ?? whole);
