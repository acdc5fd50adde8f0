import english from '../../_locales/en/failures.json' with { type: 'json' };
import type { Failure } from '../../model/failure.ts';
import { wordsOf } from '../../words/say.ts';
import type { ActionFailure } from '../actions.ts';
import type { Explanation, WordsFor } from './explanation.ts';

const say = wordsOf('failures', english);

const stops = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'stops' });

/** What can go wrong with a click, besides what goes wrong with a transfer. */
export const ACTION_WORDS: WordsFor<Exclude<ActionFailure, Failure>> = {
  rejected: ({ reason }) =>
    stops(say('rejected', { reason: reason.trim().replace(/[.\s]+$/u, '') }), say('rejectedRemedy')),
  'no-answer': () => stops(say('noAnswer'), say('noAnswerRemedy')),
  'too-many': ({ limit }) => stops(say('tooMany', { limit }), say('tooManyRemedy')),
  'no-log': () => ({ title: say('noLog'), remedy: say('noLogRemedy'), weight: 'informs' }),
  'no-torrent': () => stops(say('noTorrent'), say('noTorrentRemedy')),
  'file-gone': () => stops(say('fileGone'), say('fileGoneRemedy')),
};
