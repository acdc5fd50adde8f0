import type { SpeedComparison, StatisticsNote, Tally } from '../model/statistics.ts';
import { formatCount } from '../ui/formats/format-count.ts';

export type NoteWords = { readonly title: string; readonly meaning: string };

/** What the publisher must know to read the numbers rightly. A new note does not compile until it has words. */
export const NOTE_WORDS: { readonly [Note in StatisticsNote]: NoteWords } = {
  'origin-not-seen': {
    title: 'The origin is not seen.',
    meaning: 'Savings need its own bytes: let this edge serve the files, or give it the access log (--logs).',
  },
  'origin-incomplete': {
    title: 'The origin’s records lag behind.',
    meaning: 'Clients took more from it than its logs show so far. Until the logs are here, savings look too high.',
  },
  'tracker-incomplete': {
    title: 'The tracker does not hear of every download.',
    meaning: 'More deliveries were proven than it was told of. Savings look too low.',
  },
  'claims-differ': {
    title: 'Clients’ claims do not fit together.',
    meaning:
      'Far more bytes are said to have come from peers than peers say they sent. No saving is reckoned from claims.',
  },
  'files-unknown': {
    title: 'Some files are not known here.',
    meaning: 'What the origin sent of them is counted as cost; what was delivered is not.',
  },
};

/** Who was faster, from how many deliveries, and how sure that is. */
export function speedSentence({ mixed, control, ratio, verdict }: SpeedComparison): string {
  const from = `${mixed.deliveries} and ${formatCount(control.deliveries, 'delivery')}`;
  switch (verdict) {
    case 'too-few':
      return `Too few to tell: ${formatCount(mixed.deliveries, 'delivery')} with peers, ${control.deliveries} without.`;
    case 'no-difference':
      return `As fast as the origin alone, as far as ${from} can tell.`;
    case 'faster':
    case 'slower':
      return `With peers ${(ratio ?? 1).toFixed(ratio !== null && ratio < 0.95 ? 2 : 1)} times as fast as the origin alone, from ${from}.`;
  }
}

/** Which part of what was begun came to its end; null when nobody told. */
export function completionShare({ started, withPeers }: Tally): number | null {
  return started === 0 ? null : Math.min(1, withPeers / started);
}
