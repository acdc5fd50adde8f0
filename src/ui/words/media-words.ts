import english from '../../_locales/en/media.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';

const say = wordsOf('media', english);

/** What the popup says of films and sounds that a page offers with a torrent. */
export const MEDIA_WORDS = say.with({ means: (count: number) => say.count('means', count) });
