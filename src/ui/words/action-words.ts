import type { Failure } from '../../model/failure.ts';
import type { ActionFailure } from '../actions.ts';
import type { WordsFor } from './explanation.ts';

/** What can go wrong with a click, besides what goes wrong with a transfer. */
export const ACTION_WORDS: WordsFor<Exclude<ActionFailure, Failure>> = {
  rejected: ({ reason }) => ({
    title: `Rivulet could not do that: ${reason.trim().replace(/[.\s]+$/u, '')}.`,
    remedy: 'Try again. If it happens again, restart the browser.',
    weight: 'stops',
  }),
  'no-answer': () => ({
    title: 'Rivulet’s engine does not answer.',
    remedy: 'Try again in a moment. If it stays silent, restart the browser.',
    weight: 'stops',
  }),
  'too-many': ({ limit }) => ({
    title: `More than ${limit} links came from one page within two seconds.`,
    remedy: 'Rivulet left out the rest. Click them again in a moment.',
    weight: 'stops',
  }),
  'no-log': () => ({
    title: 'There is no log of this transfer.',
    remedy: 'Rivulet keeps one of what it fetched since the browser started.',
    weight: 'informs',
  }),
  'no-torrent': () => ({
    title: 'The .torrent could not be saved.',
    remedy: 'It may not be known yet: wait until the files are shown, then try again.',
    weight: 'stops',
  }),
  'file-gone': () => ({
    title: 'The file is no longer where it was saved.',
    remedy: 'It was moved or deleted. Remove this entry, or add the torrent again.',
    weight: 'stops',
  }),
};
