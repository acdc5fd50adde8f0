/** Codes of languages (ISO 639-1) that subtitles are made in; their English names and longer codes follow from them. */
const CODES = (
  'af sq am ar hy az eu be bn bs bg my ca zh hr cs da nl en eo et fi fr gl ka de el gu he hi hu is id ga it ja kn kk km ' +
  'ko ku lo lv lt mk ms ml mr mn ne no nb nn fa pl pt pa ro ru sr si sk sl es sw sv ta te th tr uk ur uz vi cy'
).split(' ');

const ENGLISH = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const CODE_OF_NAME: ReadonlyMap<string, string> = new Map([
  ...CODES.map((code) => [ENGLISH.of(code)?.toLowerCase() ?? code, code] as const),
  // As people write them.
  ['farsi', 'fa'],
  ['brazilian', 'pt-BR'],
  ['latino', 'es-419'],
  ['castellano', 'es'],
  ['deutsch', 'de'],
  ['francais', 'fr'],
  ['français', 'fr'],
  ['espanol', 'es'],
  ['español', 'es'],
  ['italiano', 'it'],
  ['simplified', 'zh-Hans'],
  ['traditional', 'zh-Hant'],
  ['chs', 'zh-Hans'],
  ['cht', 'zh-Hant'],
]);
const WORDS = /[^\p{L}\p{N}-]+/u;

/**
 * The language that the name of a file tells at its end: `Film.de.srt`, `2_English.srt`, `Film.pt-BR.forced.srt`.
 * @param rest The name without its ending, and without the film's name where it has that.
 * @returns A BCP 47 tag, or null.
 */
export function languageOfName(rest: string): string | null {
  const words = rest
    .toLowerCase()
    .split(WORDS)
    .filter((word) => word !== '');
  for (const word of words.slice(-4).toReversed()) {
    const code = CODE_OF_NAME.get(word) ?? codeOfTag(word);
    if (code !== null) return code;
  }
  return null;
}

/** `de`, `ger`, `deu` and `pt-br` are tags; `my`, `no` and `is` are too, though not in front of other words. */
function codeOfTag(word: string): string | null {
  if (!/^[a-z]{2,3}(?:-[a-z\d]{2,4})?$/.test(word)) return null;
  try {
    const [tag = ''] = Intl.getCanonicalLocales(word);
    return CODES.includes(tag.slice(0, 2)) && /^[a-z]{2}(?:-|$)/.test(tag) ? tag : null;
  } catch {
    return null;
  }
}
