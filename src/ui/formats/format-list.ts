import english from '../../_locales/en/formats.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';
import { numberTag } from '../../words/spoken.ts';

const say = wordsOf('formats', english);

/** More than two names are named in part. */
const MOST_NAMED = 3;

/** Joins names as a sentence does: `a`, `a and b`, `a, b and 3 more`. Nothing at all becomes an empty string. */
export const formatList = (names: readonly string[]): string =>
  names.length < MOST_NAMED ? conjunction(names) : formatListAndMore(names.slice(0, MOST_NAMED - 1), names.length);

/** The same for the first names of `count`. */
export const formatListAndMore = (names: readonly string[], count: number): string =>
  conjunction(count > names.length ? [...names, say.count('more', count - names.length)] : names);

/** Sets parts of a line side by side: `12 MB of 30 MB, 2 MB/s, 9 s left`. */
export const joinParts = (parts: readonly string[]): string => parts.join(say('comma'));

/** Our English has no comma before "and". */
function conjunction(names: readonly string[]): string {
  const tag = numberTag();
  return new Intl.ListFormat(tag === 'en' ? 'en-GB' : tag).format(names);
}
