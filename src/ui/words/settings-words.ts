import english from '../../_locales/en/settings.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';
import { formatList } from '../formats/format-list.ts';

const say = wordsOf('settings', english);

/** The choice about sharing and the other settings, in the popup and on the welcome page. */
export const SETTINGS_WORDS = say.with({
  startAtOnce: (sites: readonly string[]) => say('notForSites', { sites: formatList(sites) }),
});
