import english from '../../_locales/en/states.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';

/** What a transfer does, in the fewest words. */
export const STATE_WORDS = wordsOf('states', english).with({});
