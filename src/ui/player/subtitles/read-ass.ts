import { cueOf, inOrder, MAX_CUES, type SubtitleCue } from './subtitle-cue.ts';

const USUAL_FIELDS = 'layer,start,end,style,name,marginl,marginr,marginv,effect,text';
const MAX_FIELDS = 20;
const TIME = /^\s*(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?\s*$/;

/**
 * Reads the text and times of SubStation Alpha (.ssa, .ass). Styles and places are left out, drawings and comments too.
 * @returns null when there is no section of events.
 */
export function readAss(text: string): SubtitleCue[] | null {
  const cues: SubtitleCue[] = [];
  let section: string | null = null;
  let hasEvents = false;
  let fields = USUAL_FIELDS.split(',');
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const heading = /^\s*\[([^\]]{1,60})\]\s*$/.exec(line);
    if (heading !== null) {
      section = heading[1]?.toLowerCase() ?? null;
      hasEvents ||= section === 'events';
      continue;
    }
    if (section !== 'events') continue;
    const named = /^\s*(format|dialogue)\s*:(.*)$/i.exec(line);
    if (named === null) continue;
    const [, key = '', value = ''] = named;
    if (key.toLowerCase() === 'format') fields = readFields(value);
    else if (cues.length < MAX_CUES) {
      const cue = readDialogue(value, fields);
      if (cue !== null) cues.push(cue);
    }
  }
  return hasEvents ? inOrder(cues) : null;
}

const readFields = (value: string): string[] =>
  value
    .split(',')
    .slice(0, MAX_FIELDS)
    .map((field) => field.trim().toLowerCase());

/** The text is the last field, and may have commas. */
function readDialogue(value: string, fields: readonly string[]): SubtitleCue | null {
  const parts = value.split(',');
  const textAt = fields.indexOf('text');
  if (textAt < 0 || textAt !== fields.length - 1) return null;
  const said = parts.slice(textAt).join(',');
  const startS = secondsOf(parts[fields.indexOf('start')]);
  const endS = secondsOf(parts[fields.indexOf('end')]);
  if (startS === null || endS === null) return null;
  return cueOf(startS, endS, plainAss(said));
}

/** The text of a line without its styles and places; nothing of a drawing. */
export function plainAss(said: string): string {
  if (/\{[^{}]{0,2000}\\p[1-9]/.test(said)) return '';
  return said
    .replace(/\{[^{}]{0,2000}\}/g, '')
    .replace(/\\[Nn]/g, '\n')
    .replace(/\\h/g, '\u00a0');
}

function secondsOf(text = ''): number | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const [, hours, minutes, seconds, fraction = '0'] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(fraction) / 10 ** fraction.length;
}
