import type { Language } from '../../../src/model/settings.ts';
import { isRightToLeft, speak, spokenTag } from '../../../src/words/say.ts';

/** What `open-scene.ts` leaves for the page that opens: a language that nobody has, and its texts by their names. */
export type MadeUpLanguage = { readonly language: Language; readonly texts: readonly (readonly [string, string])[] };

// Speaks it before anything is drawn: this module is imported first.
const given = (globalThis as { madeUpLanguage?: MadeUpLanguage }).madeUpLanguage;
if (given !== undefined) speak(given.language, new Map(given.texts));
document.documentElement.lang = spokenTag();
document.documentElement.dir = isRightToLeft() ? 'rtl' : 'ltr';
