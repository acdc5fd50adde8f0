import type { Finding, Level } from '../publishing/server-check/finding.ts';
import type { FindingWords } from '../publishing/server-check/finding-words.ts';
import { type Fix, SERVER_KIND_NAMES, type ServerKind } from '../publishing/server-check/fixes.ts';
import type { VerifyFinding } from '../publishing/verify/verify-finding.ts';
import { displayName } from '../ui/formats/display-name.ts';
import type { ExitCode } from './command.ts';

/** One thing that was found out, with all that can be said of it. */
export type Line = {
  readonly part: 'server' | 'torrent';
  readonly level: Level;
  readonly finding: Finding | VerifyFinding;
  readonly words: FindingWords;
  readonly fix: Fix | null;
};

const MARKS: { readonly [L in Level]: string } = { ok: 'ok', advice: 'advice', problem: 'PROBLEM' };
const MARK_WIDTH = 9;
const INDENT = ' '.repeat(MARK_WIDTH + 2);
const WIDTH = 100;

/**
 * One finding in the terminal: its level in a column of its own, the words beside it. What servers and torrents say may be
 * in them, and must not reach into the terminal.
 */
export function printLine({ level, words }: Line): string {
  const [first = '', ...rest] = wrap(displayName(words.says));
  const why = level === 'ok' || words.why === null ? [] : wrap(displayName(words.why));
  const indented = [...rest, ...why].map((text) => `${INDENT}${text}\n`);
  return `  ${MARKS[level].padEnd(MARK_WIDTH)}${first}\n${indented.join('')}`;
}

/** What there is to do, and the sum of it all. @param kind What the server seems to be; null to show nginx's way. */
export function summaryOf(lines: readonly Line[], kind: ServerKind | null): string {
  const count = (level: Level) => lines.filter((line) => line.level === level).length;
  const problems = count('problem');
  const verdict = problems === 0 ? 'All well' : problems === 1 ? 'One problem' : `${problems} problems`;
  const advice = count('advice') > 0 ? `, ${count('advice')} pieces of advice` : '';
  return `${fixesText(lines, kind ?? 'nginx')}\n${verdict}${advice.replace(/^, 1 pieces/, ', one piece')}.\n`;
}

/** Ways to mend the problems, each once. Advice has words only: a terminal is no place for all of it. */
function fixesText(lines: readonly Line[], kind: ServerKind): string {
  const fixes = lines.flatMap(({ level, fix, words }) =>
    level === 'problem' && fix !== null ? [{ says: words.says, text: fix[kind] }] : [],
  );
  const seen = new Set<string>();
  const fresh = fixes.filter(({ text }) => !seen.has(text) && seen.add(text));
  if (fresh.length === 0) return '';
  const blocks = fresh.map(({ says, text }) => `\n  # ${displayName(says)}\n${text.replaceAll(/^/gm, '  ')}\n`);
  return `\nHow to fix it with ${SERVER_KIND_NAMES[kind]}\n${blocks.join('')}`;
}

/** The same for machines. Codes and their numbers are stable; words are not. */
export function reportOf(url: string, lines: readonly Line[], exitCode: ExitCode) {
  return {
    url,
    exitCode,
    findings: lines.map(({ part, level, finding, words }) => ({ part, level, ...finding, says: words.says })),
  };
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const isFull = line !== '' && line.length + 1 + word.length > WIDTH - INDENT.length;
    if (isFull) lines.push(line);
    line = isFull || line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
