import { LANGUAGES, type Language, type LanguageChoice } from '../model/settings.ts';

/**
 * The languages to be tried for a choice, the best first; the last is always English.
 * @param browserTags What the browser and its user speak, the dearest first, as BCP 47 has it: `de-AT`, `zh-Hant-HK`.
 */
export function languagesFor(choice: LanguageChoice, browserTags: readonly string[]): Language[] {
  const wanted = choice === 'browser' ? browserTags.flatMap(languageOf) : [choice];
  return [...new Set<Language>([...wanted, 'en'])];
}

/** Ours of a tag, if any. Who reads Traditional Chinese is not given the Simplified one. */
function languageOf(tag: string): Language[] {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    const name = language === 'zh' && script === 'Hans' ? 'zh_CN' : language;
    return LANGUAGES.filter((one) => one === name);
  } catch {
    return []; // no tag at all
  }
}
