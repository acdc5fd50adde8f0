import english from '../../_locales/en/formats.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';
import { formatBytes } from './format-bytes.ts';

const say = wordsOf('formats', english);

/** Writes a rate for people: `4.1 MB/s`. Rates below one byte a second are `0 B/s`. */
export const formatSpeed = (bytesPerS: number): string =>
  say('perSecond', { size: formatBytes(Math.floor(bytesPerS)) });
