import { decodeText } from '../decode-text.ts';
import { readAss } from './read-ass.ts';
import { readSrt } from './read-srt.ts';
import { readVtt } from './read-vtt.ts';
import type { SubtitleCue } from './subtitle-cue.ts';

/** Ten times what the longest film needs. */
export const MAX_SUBTITLE_BYTES = 5_000_000;

/**
 * Reads a file of subtitles, whichever format it is: the text tells that better than its name does.
 * @returns null when there is no subtitle in it, or it is too long to be one.
 */
export function readSubtitles(bytes: Uint8Array): SubtitleCue[] | null {
  if (bytes.length > MAX_SUBTITLE_BYTES) return null;
  const { text } = decodeText(bytes);
  const cues = readVtt(text) ?? readAss(text) ?? readSrt(text);
  return cues.length > 0 ? cues : null;
}
