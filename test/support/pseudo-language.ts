import { readdirSync, readFileSync } from 'node:fs';
import type { Parts } from '../../src/words/messages.ts';

const LOCALES = 'src/_locales';
const ACCENTS: Readonly<Record<string, string>> = {
  ...{ a: 'á', c: 'ç', e: 'é', g: 'ğ', i: 'î', l: 'ł', n: 'ñ', o: 'ö', s: 'š', u: 'ü', y: 'ý', z: 'ž' },
  ...{ A: 'Å', C: 'Č', E: 'Ê', I: 'Ï', N: 'Ñ', O: 'Ø', S: 'Š', U: 'Û' },
};
const ARABIC = 'ابتثجحخدذرزسشصضطظعغفقكلمنه';
/** Languages that are written with more letters than English need about this much more room. */
const LONGER_BY = 0.4;

/** The texts of one language. */
export const partsOf = (language: string): Parts =>
  Object.fromEntries(
    readdirSync(`${LOCALES}/${language}`).map((name) => [
      name.replace('.json', ''),
      JSON.parse(readFileSync(`${LOCALES}/${language}/${name}`, 'utf8')),
    ]),
  );

/** The English texts. */
export const englishParts = (): Parts => partsOf('en');

/** The English texts as no language has them, to see what is not theirs and what they have no room for. Gaps stay. */
export const accentedParts = (): Parts =>
  eachText((text) => {
    const letters = outsideGaps(text, (letter) => ACCENTS[letter] ?? letter);
    return `[${letters}${' ~'.repeat(Math.ceil((text.length * LONGER_BY) / 2))}]`;
  });

/** The same in letters that run from right to left. */
export const mirroredParts = (): Parts =>
  eachText((text) =>
    outsideGaps(text, (letter) => {
      const at = letter.toLowerCase().charCodeAt(0) - 97;
      return ARABIC[at] ?? letter;
    }),
  );

const eachText = (change: (text: string) => string): Parts =>
  Object.fromEntries(
    Object.entries(englishParts()).map(([part, texts]) => [
      part,
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, change(text)])),
    ]),
  );

const outsideGaps = (text: string, change: (letter: string) => string): string =>
  text
    .split(/(\{\w+\})/)
    .map((piece) => (piece.startsWith('{') ? piece : piece.replace(/[a-z]/gi, change)))
    .join('');
