/** What is found in a text: from `start` to before `end`, in UTF-16 units. */
export type Hit = { readonly start: number; readonly end: number };

/** The words that somebody looks for, without capitals and accents. */
export const wordsIn = (query: string): string[] =>
  plain(query)
    .split(/\s+/u)
    .filter((word) => word !== '');

/** Whether each of the words is in one of the texts. */
export function fits(words: readonly string[], texts: readonly string[]): boolean {
  const all = texts.map(plain);
  return words.every((word) => all.some((text) => text.includes(word)));
}

/** Where a text has the words, in its order; what lies in each other is one. */
export function hitsIn(text: string, words: readonly string[]): Hit[] {
  // A letter may become none or several when its accents go: each of them knows where it came from.
  const origins: number[] = [];
  let flat = '';
  let at = 0;
  for (const letter of text) {
    const short = plain(letter);
    for (let unit = 0; unit < short.length; unit += 1) origins.push(at);
    flat += short;
    at += letter.length;
  }
  const found: Hit[] = [];
  for (const word of words) {
    for (let from = flat.indexOf(word); from >= 0; from = flat.indexOf(word, from + word.length)) {
      found.push({ start: origins[from] ?? 0, end: origins[from + word.length] ?? text.length });
    }
  }
  return joined(found.sort((a, b) => a.start - b.start));
}

function joined(hits: readonly Hit[]): Hit[] {
  const whole: Hit[] = [];
  for (const hit of hits) {
    const last = whole.at(-1);
    if (last === undefined || hit.start > last.end) whole.push(hit);
    else whole[whole.length - 1] = { start: last.start, end: Math.max(last.end, hit.end) };
  }
  return whole;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
