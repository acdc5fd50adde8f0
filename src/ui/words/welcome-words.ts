import english from '../../_locales/en/welcome.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';

const say = wordsOf('welcome', english);

/** The welcome page, in plain words. */
export const WELCOME_WORDS = say.with({
  get facts() {
    return [
      { icon: 'drop', title: say('whatTitle'), text: say('whatText') },
      { icon: 'eye', title: say('seesTitle'), text: say('seesText') },
      { icon: 'upload', title: say('uploadedTitle'), text: say('uploadedText') },
      { icon: 'pause', title: say('stopTitle'), text: say('stopText') },
    ] as const;
  },
  get chosenBefore() {
    return { share: say('nowShare'), 'download-only': say('nowDownloadOnly') };
  },
  get chosen() {
    return { share: say('chosenShare'), 'download-only': say('chosenDownloadOnly') };
  },
  get steps() {
    return [say('stepOpen'), say('stepClick'), say('stepWatch')];
  },
  archiveUrl: 'https://archive.org/',
});
