import { messageName } from './messages.ts';
import { formatNumber, pluralForm } from './numbers.ts';
import { isRightToLeft, spokenText } from './spoken.ts';

export { isRightToLeft, speak, spokenTag } from './spoken.ts';

/** One part of the texts in English, the language that is always there: `src/_locales/en/<part>.json`. */
type English = Readonly<Record<string, string>>;
/** What goes into a text where it says `{name}`. Numbers are written as the language writes them. */
export type Filling = Readonly<Record<string, string | number>>;

/** Keys of texts that depend on a number: `links` for `links_one`, `links_other` and the like. */
export type CountKey<T extends English> = {
  [K in keyof T & string]: K extends `${infer Key}_other` ? Key : never;
}[keyof T & string];

/** Keys of texts that do not. */
export type TextKey<T extends English> = {
  [K in keyof T & string]: K extends `${string}_${Intl.LDMLPluralRule}` ? never : K;
}[keyof T & string];

export type Say<T extends English> = {
  /** A text of this part in the language of the screen. */
  (key: TextKey<T>, filling?: Filling): string;
  /** A text that depends on a number, which it gets as `{count}`. */
  count(key: CountKey<T>, count: number, filling?: Filling): string;
  /** All texts of the part as properties, each said when it is read, beside what says more than a key can. */
  with<M extends object>(more: M): Omit<{ readonly [K in TextKey<T>]: string }, keyof M> & M;
};

/** The texts of one part. To be asked each time when something is said, because the language is chosen at the start. */
export function wordsOf<T extends English>(part: string, english: T): Say<T> {
  const text = (key: string) => spokenText(messageName(part, key)) ?? english[key];
  const say = (key: TextKey<T>, filling: Filling = {}) => fill(text(key) ?? key, filling);
  const count = (key: CountKey<T>, number: number, filling: Filling = {}) => {
    const chosen = text(`${key}_${pluralForm(number)}`) ?? text(`${key}_other`) ?? key;
    return fill(chosen, { ...filling, count: number });
  };
  const all = <M extends object>(more: M) => {
    const getters = Object.keys(english).map((key) => [key, { get: () => text(key), enumerable: true }]);
    const properties = { ...Object.fromEntries(getters), ...Object.getOwnPropertyDescriptors(more) };
    return Object.defineProperties({}, properties) as ReturnType<Say<T>['with']> & M;
  };
  return Object.assign(say, { count, with: all }) as Say<T>;
}

const fill = (text: string, filling: Filling): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = filling[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : apart(value);
  });

/** Names and addresses keep their own direction, and that of the sentence stays as it is (UAX #9). */
const apart = (value: string): string => (isRightToLeft() ? `\u2068${value}\u2069` : value);
