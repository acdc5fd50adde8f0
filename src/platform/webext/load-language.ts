import type { Language, LanguageChoice } from '../../model/settings.ts';
import { languagesFor } from '../../words/choose-language.ts';
import { textsOfMessages } from '../../words/messages.ts';
import { speak, spokenLanguage } from '../../words/spoken.ts';
import { api } from './api.ts';
import { turns } from './turns.ts';

const inTurn = turns();

/**
 * Has this process speak the language that the user has chosen, or else the best of the browser's. English needs no
 * reading: it is in the scripts. Never rejects: a language whose texts are missing is passed over. Resolves to whether
 * the language is another one than before.
 */
export const speakLanguage = (choice: LanguageChoice): Promise<boolean> => inTurn(() => load(choice));

async function load(choice: LanguageChoice): Promise<boolean> {
  for (const language of languagesFor(choice, browserTags())) {
    if (language === spokenLanguage()) return false;
    const texts = language === 'en' ? new Map<string, string>() : await readTexts(language);
    if (texts === null) continue;
    speak(language, texts);
    return true;
  }
  return false;
}

/** The browser's own language comes before those that its user reads. An offscreen document has no `i18n`. */
function browserTags(): string[] {
  const own = (api as Partial<typeof chrome>).i18n?.getUILanguage();
  return [...(own === undefined ? [] : [own]), ...navigator.languages];
}

/** The texts of a language from the extension's own files; null when there are none. */
async function readTexts(language: Language): Promise<Map<string, string> | null> {
  try {
    const response = await fetch(api.runtime.getURL(`_locales/${language}/messages.json`));
    return response.ok ? textsOfMessages(await response.json()) : null;
  } catch {
    return null;
  }
}
