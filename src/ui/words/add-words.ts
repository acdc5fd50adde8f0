import english from '../../_locales/en/add.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';
import type { Warning } from '../add-sheet/warnings.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatCount } from '../formats/format-count.ts';
import { formatList, formatListAndMore } from '../formats/format-list.ts';
import type { Explanation, WordsFor } from './explanation.ts';

const say = wordsOf('add', english);

/** Everything the add sheet says. Names of controls are a contract: programs look for them. */
export const ADD_WORDS = say.with({
  inDownloads: (name: string) => say('folderInDownloads', { name }),
  goesTo: (folder: string) => say('goesToFolder', { folder }),
  free: (bytes: number) => say('roomFree', { size: formatBytes(bytes) }),
  peersSeen: (count: number) => formatCount(count, 'peer'),
  originsAnswer: (count: number) => say.count('originsAnswer', count),
  several: (count: number) => say.count('links', count),
  dontAskSite: (site: string) => say('dontAskForSite', { site }),
});

/** What is wrong with a file that is to be added, as part of a sentence. */
export const ADD_REFUSALS = {
  notATorrent: (name: string) => say('notATorrent', { name }),
  tooLarge: (name: string, mostBytes: number) => say('tooLarge', { name, size: formatBytes(mostBytes) }),
  cannotBeOpened: () => say('cannotBeOpened'),
};

const stops = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'stops' });
const waits = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'waits' });

const namesOf = ({ names, count }: { readonly names: readonly string[]; readonly count: number }): string => {
  const shown = names.map((name) => say('quotedName', { name: displayName(name) }));
  return count > names.length ? formatListAndMore(shown, count) : formatList(shown);
};

export const WARNING_WORDS: WordsFor<Warning> = {
  pretends: (warning) =>
    stops(say.count('pretends', warning.count, { names: namesOf(warning) }), say('pretendsRemedy')),
  runs: (warning) => waits(say.count('runs', warning.count, { names: namesOf(warning) }), say('runsRemedy')),
  nobody: () => waits(say('nobody'), say('nobodyRemedy')),
  'no-room': ({ neededBytes, freeBytes }) =>
    stops(say('noRoom', { needed: formatBytes(neededBytes), free: formatBytes(freeBytes) }), say('noRoomRemedy')),
};
