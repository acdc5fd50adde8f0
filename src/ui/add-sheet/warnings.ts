import type { FileView } from '../../model/file-view.ts';
import type { TransferView } from '../../model/transfer-view.ts';

/** What a user should know before a transfer starts. */
export type Warning =
  /** Files that run when they are opened. */
  | { readonly code: 'runs'; readonly names: readonly string[]; readonly count: number }
  /** Files that run and whose names pretend to be something else. */
  | { readonly code: 'pretends'; readonly names: readonly string[]; readonly count: number }
  /** Nobody who could bring it is known. */
  | { readonly code: 'nobody' }
  | { readonly code: 'no-room'; readonly neededBytes: number; readonly freeBytes: number };

const MAX_NAMED = 3;
const RUNS =
  /\.(?:exe|msi|msix|bat|cmd|com|scr|pif|cpl|hta|vbs|vbe|jse?|wsf|wsh|ps1|psm1|reg|lnk|jar|app|command|dmg|pkg|apk|deb|rpm|appimage|sh|run|desktop)$/iu;
/** Suffixes of what people open without a thought. */
const PRETENDS =
  /\.(?:mp4|mkv|avi|mov|webm|mp3|flac|m4a|jpe?g|png|gif|webp|pdf|docx?|xlsx?|pptx?|odt|txt|epub|srt|zip|rar|7z)[\s._-]*\.[a-z0-9]+$/iu;
/** Marks that turn the direction of text: `invoice<RLO>fdp.exe` reads as `invoiceexe.pdf` (UAX #9). */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

type Facts = {
  readonly view: Pick<TransferView, 'problems' | 'peersConnected' | 'originsUsable' | 'state'>;
  /** The files that are wanted now; empty while they are not known. */
  readonly wanted: readonly FileView[];
  readonly wantedBytes: number;
  readonly freeBytes: number | null;
};

/** Everything worth a warning, the worst first. */
export function warningsOf({ view, wanted, wantedBytes, freeBytes }: Facts): Warning[] {
  const warnings: Warning[] = [];
  const running = wanted.map(({ path }) => path.at(-1) ?? '').filter((name) => RUNS.test(name.trim()));
  const isPretence = (name: string) => PRETENDS.test(name) || TURNS.test(name);
  const pretending = running.filter(isPretence);
  const honest = running.filter((name) => !isPretence(name));
  if (pretending.length > 0) warnings.push({ code: 'pretends', ...named(pretending) });
  if (honest.length > 0) warnings.push({ code: 'runs', ...named(honest) });
  if (freeBytes !== null && wantedBytes > freeBytes) {
    warnings.push({ code: 'no-room', neededBytes: wantedBytes, freeBytes });
  }
  if (isHopeless(view)) warnings.push({ code: 'nobody' });
  return warnings;
}

const named = (names: readonly string[]) => ({ names: names.slice(0, MAX_NAMED), count: names.length });

/** No source of any kind that a browser can reach: the link alone says so, or everybody was asked in vain. */
function isHopeless({ problems, peersConnected, originsUsable }: Facts['view']): boolean {
  if (peersConnected + originsUsable > 0) return false;
  return problems.some(({ code }) => code === 'no-sources' || code === 'no-browser-source');
}
