import english from '../_locales/en/background.json' with { type: 'json' };
import { wordsOf } from '../words/say.ts';

const say = wordsOf('background', english);

/** What is said in menus, in notifications and under the address bar. The language has to be loaded before. */
export const BACKGROUND_WORDS = say.with({
  /** A page has more links than are taken at once. */
  leftOut: (taken: number) => say.count('pageHasMore', taken),
  tooMany: (limit: number) => say('tooManyClicks', { limit }),
  willDownload: (name: string) => (name === '' ? say('omniboxNameless') : say('omniboxOne', { name })),
  willDownloadMany: (count: number) => say.count('omniboxMany', count),
});
