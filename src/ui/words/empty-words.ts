import english from '../../_locales/en/popup.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';

const say = wordsOf('popup', english);

/** What the empty list teaches. */
export const EMPTY_WORDS = {
  get title() {
    return say('emptyTitle');
  },
  get ways() {
    return [say('emptyClick'), say('emptyPaste'), say('emptyDrop')];
  },
  get next() {
    return say('emptyNext');
  },
};
