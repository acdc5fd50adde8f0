import type { Language } from '../model/settings.ts';

type Spoken = { readonly language: Language; readonly texts: ReadonlyMap<string, string> };

const ENGLISH: Spoken = { language: 'en', texts: new Map() };

let spoken: Spoken = ENGLISH;

/**
 * Has everything that is said from now on said in this language. To be called before the first screen is drawn.
 * @param texts By the name that `messageName` gives them; those missing are English.
 */
export function speak(language: Language, texts: ReadonlyMap<string, string>): void {
  spoken = { language, texts };
}

export const spokenLanguage = (): Language => spoken.language;

/** The text under this name in the language that is spoken; undefined where that lacks it, and in English. */
export const spokenText = (name: string): string | undefined => spoken.texts.get(name);

/** The language of the screens of this process, as BCP 47 has it. */
export const spokenTag = (): string => spoken.language.replace('_', '-');

/**
 * The same for numbers and dates. Arabic ones have the digits of Latin here: they stand beside units and addresses, with
 * which they would read in two directions otherwise.
 */
export const numberTag = (): string => (spoken.language === 'ar' ? 'ar-u-nu-latn' : spokenTag());

/** Whether it is written from right to left. */
export const isRightToLeft = (): boolean => spoken.language === 'ar';
