import type { LogEntry } from '../../model/transfer-details.ts';

/** What the log can be narrowed to. */
export const LOG_KINDS = ['all', 'transfer', 'peers', 'origins', 'trackers', 'trouble'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

export type LogLine = { readonly key: string; readonly entry: LogEntry; readonly words: string };

/** Lines that are shown at the most; the rest is in the flight log. */
const MOST_LINES = 500;

/** The entries of a kind whose words have a word in them, newest first. */
export function logLines(
  log: readonly LogEntry[],
  kind: LogKind,
  word: string,
  wordsOf: (entry: LogEntry) => string,
): LogLine[] {
  const wanted = word.trim().toLocaleLowerCase();
  const lines: LogLine[] = [];
  for (let at = log.length - 1; at >= 0 && lines.length < MOST_LINES; at--) {
    const entry = log[at];
    if (entry === undefined || !isOfKind(entry, kind)) continue;
    const words = wordsOf(entry);
    if (words.toLocaleLowerCase().includes(wanted)) lines.push({ key: keyOf(entry, log, at), entry, words });
  }
  return lines;
}

/** The same lines as text, the newest first as they are shown. */
export const textOfLog = (lines: readonly LogLine[], timeWords: (atMs: number) => string): string =>
  lines.map(({ entry, words }) => `${timeWords(entry.atMs)} ${words}\n`).join('');

/** Stays the same when older entries leave the log: its moment, and its place among those of that moment. */
function keyOf(entry: LogEntry, log: readonly LogEntry[], at: number): string {
  let same = 0;
  while (log[at - same - 1]?.atMs === entry.atMs) same += 1;
  return `${entry.atMs} ${same}`;
}

function isOfKind({ what }: LogEntry, kind: LogKind): boolean {
  return kind === 'all' || (KINDS[what] as readonly LogKind[]).includes(kind);
}

const KINDS: Readonly<Record<LogEntry['what'], readonly LogKind[]>> = {
  added: ['transfer'],
  metadata: ['transfer'],
  started: ['transfer'],
  paused: ['transfer'],
  resumed: ['transfer'],
  checked: ['transfer'],
  verified: ['transfer'],
  saved: ['transfer'],
  failed: ['transfer', 'trouble'],
  'files-lost': ['transfer', 'trouble'],
  'origin-fault': ['origins', 'trouble'],
  'origin-dropped': ['origins', 'trouble'],
  'origin-lied': ['origins', 'trouble'],
  'peer-joined': ['peers'],
  'peer-left': ['peers'],
  'peer-lied': ['peers', 'trouble'],
  'piece-failed': ['trouble'],
  'tracker-failing': ['trackers', 'trouble'],
  'tracker-working': ['trackers'],
};
