import type { Language } from '../model/settings.ts';

/** One part of the texts in English, the language that is always there: `src/_locales/en/<part>.json`. */
type English = Readonly<Record<string, string>>;
/** What goes into a text where it says `{name}`. */
export type Filling = Readonly<Record<string, string | number>>;

/** Keys of texts that depend on a number: `links` for `links_one`, `links_other` and the like. */
type CountKey<T extends English> = {
  [K in keyof T & string]: K extends `${infer Key}_other` ? Key : never;
}[keyof T & string];

export type Say<T extends English> = {
  /** A text of this part in the language of the screen. */
  (key: keyof T & string, filling?: Filling): string;
  /** A text that depends on a number, which it gets as `{count}`, written as the language writes numbers. */
  count(key: CountKey<T>, count: number, filling?: Filling): string;
};

type Spoken = { readonly language: Language; readonly texts: ReadonlyMap<string, string> };

let spoken: Spoken = { language: 'en', texts: new Map() };

/** The language of the screens of this process, as BCP 47 has it. */
export const spokenTag = (): string => spoken.language.replace('_', '-');

/** Whether it is written from right to left. */
export const isRightToLeft = (): boolean => spoken.language === 'ar';

/**
 * Has everything that is said from now on said in this language. To be called before the first screen is drawn.
 * @param texts By part and key, as in `_locales/<language>/messages.json`: `popup_settings`. Those missing are English.
 */
export function speak(language: Language, texts: ReadonlyMap<string, string>): void {
  spoken = { language, texts };
}

/** The texts of one part. To be asked each time when something is said, because the language is chosen at the start. */
export function wordsOf<T extends English>(part: string, english: T): Say<T> {
  const text = (key: string) => spoken.texts.get(`${part}_${key}`) ?? english[key];
  const say = (key: string, filling: Filling = {}) => fill(text(key) ?? key, filling);
  const count = (key: string, number: number, filling: Filling = {}) => {
    const form = new Intl.PluralRules(spokenTag()).select(number);
    const chosen = text(`${key}_${form}`) ?? text(`${key}_other`) ?? key;
    return fill(chosen, { ...filling, count: number.toLocaleString(spokenTag()) });
  };
  return Object.assign(say, { count });
}

const fill = (text: string, filling: Filling): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole));
