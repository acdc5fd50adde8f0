import type { Warning } from '../add-sheet/warnings.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatList } from '../formats/format-list.ts';
import type { Explanation, WordsFor } from './explanation.ts';

/** Everything the add sheet says. Names of controls are a contract: programs look for them. */
export const ADD_WORDS = {
  title: 'Add to Rivulet',
  download: 'Download',
  addPaused: 'Add paused',
  cancel: 'Cancel',
  saveTorrent: 'Save .torrent',
  saveTorrentHint: 'Only the .torrent file, into the Downloads folder',
  leaveOut: 'Leave out',
  gettingDetails: 'Getting details…',
  detailsHint: 'Names and sizes come from peers or from the site. You need not wait for them.',
  sizeUnknown: 'Size not known yet',
  goesTo: (folder: string) => `Goes to ${folder}`,
  free: (bytes: number) => `${formatBytes(bytes)} free`,
  peersSeen: (count: number) => (count === 1 ? '1 peer' : `${count} peers`),
  originsAnswer: (count: number) => (count === 1 ? '1 origin answers' : `${count} origins answer`),
  lookingForSources: 'Looking for sources…',
  nothingWaits: 'Nothing waits to be added',
  nothingWaitsHint: 'Click a magnet or torrent link on any page, or paste one below.',
  pickFiles: 'Choose .torrent files',
  several: (count: number) => `${count} links`,
  dontAsk: 'Do not ask again: start at once',
  dontAskSite: (site: string) => `Only for links on ${site}`,
  dontAskAll: 'For all links',
  nothingChosen: 'Tick at least one file, or cancel.',
} as const;

const stops = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'stops' });
const waits = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'waits' });

const namesOf = ({ names, count }: { readonly names: readonly string[]; readonly count: number }): string => {
  const shown = names.map((name) => `“${displayName(name)}”`);
  return count > names.length ? `${shown.join(', ')} and ${count - names.length} more` : formatList(shown);
};

export const WARNING_WORDS: WordsFor<Warning> = {
  pretends: (warning) =>
    stops(
      `${warning.count === 1 ? 'A program pretends' : 'Programs pretend'} to be something else: ${namesOf(warning)}.`,
      'This is how malware is spread. Untick it unless you know who made it.',
    ),
  runs: (warning) =>
    waits(
      `${warning.count === 1 ? 'This file runs' : 'These files run'} when opened: ${namesOf(warning)}.`,
      'Open them only if you trust where the link came from.',
    ),
  nobody: () =>
    waits(
      'Probably nothing will come: the link names nobody whom a browser can ask.',
      'Look for a version of it with a wss:// tracker or a web seed, or add it and wait.',
    ),
  'no-room': ({ neededBytes, freeBytes }) =>
    stops(
      `There is not enough room: ${formatBytes(neededBytes)} wanted, ${formatBytes(freeBytes)} free.`,
      'Untick files, or free some space.',
    ),
};
