import english from '../../_locales/en/formats.json' with { type: 'json' };
import { type CountKey, wordsOf } from '../../words/say.ts';

const say = wordsOf('formats', english);

/** What is counted in sentences and tables: `peer`, `origin`, `file`. */
export type Counted = Exclude<CountKey<typeof english>, 'days' | 'more'>;

/** Writes a number with the noun it counts: `1 peer`, `5 peers`, `2 pieces`. */
export const formatCount = (count: number, what: Counted): string => say.count(what, count);
