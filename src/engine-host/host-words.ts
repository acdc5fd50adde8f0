import english from '../_locales/en/background.json' with { type: 'json' };
import { wordsOf } from '../words/say.ts';

const say = wordsOf('background', english);

/** What is told of a transfer whose files are in the Downloads folder. */
export const savedWords = (): string => say('saved');
