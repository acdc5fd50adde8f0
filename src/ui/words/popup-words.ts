import english from '../../_locales/en/popup.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatDuration } from '../formats/format-duration.ts';

const say = wordsOf('popup', english);

/** Everything the popup says, besides states and explanations. Names of controls are a contract: programs look for them. */
export const POPUP_WORDS = say.with({
  addedMany: (count: number, known: number, leftOut: number) =>
    [
      count === 0 ? say('nothingToAdd') : say.count('linksAdded', count),
      ...(known > 0 ? [say.count('linksKnown', known)] : []),
      ...(leftOut > 0 ? [say.count('linksLeftOut', leftOut)] : []),
    ].join(' '),
  pageLinks: (count: number) => say.count('linksOnPage', count),
  addPageLinks: (count: number, most: number) =>
    count > most ? say('addFirstLinks', { most }) : count === 1 ? say('addOneLink') : say('addAllLinks'),
  openLargestOf: (files: number) => say.count('openLargest', files),
  removed: (name: string) => say('removedName', { name }),
  percent: (percent: number) => say.count('percentHere', percent),
  fromPeers: (bytes: number, peers = say('somePeers')) =>
    say('amountFrom', { size: formatBytes(bytes), sources: peers }),
  fromOrigins: (bytes: number, origins = say('someOrigins')) =>
    say('amountFrom', { size: formatBytes(bytes), sources: origins }),
  foundHere: (bytes: number) => say('amountHere', { size: formatBytes(bytes) }),
  sizeOf: (arrivedBytes: number, wholeBytes: number) =>
    say('amountOf', { arrived: formatBytes(arrivedBytes), whole: formatBytes(wholeBytes) }),
  timeLeft: (seconds: number) => say('left', { time: formatDuration(seconds) }),
  moreNotes: (count: number) => say.count('notesMore', count),
  uploaded: (bytes: number) => say('amountUploaded', { size: formatBytes(bytes) }),
  waiting: (count: number) => say.count('linksWait', count),
  /** What a screen reader hears of an end. */
  ended: (name: string, state: string) => say('stateOfName', { name, state }),
});
