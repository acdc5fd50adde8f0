import english from '../../_locales/en/formats.json' with { type: 'json' };
import { wordsOf } from '../../words/say.ts';

const say = wordsOf('formats', english);

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
const MOST_DAYS = 99;

/**
 * Writes a time to wait, as coarse as the estimate behind it: `a few seconds`, `25 s`, `3 min`, `1 h 20 min`, `2 days`.
 * Rounded up, so that nothing is promised too early.
 */
export function formatDuration(seconds: number): string {
  if (seconds <= 5) return say('fewSeconds');
  if (seconds <= 55) return say('seconds', { seconds: Math.ceil(seconds / 5) * 5 });
  const minutes = Math.ceil(seconds / MINUTE_S);
  if (minutes < 60) return say('minutes', { minutes });
  if (seconds <= DAY_S - HOUR_S) return hoursAndMinutes(Math.ceil(minutes / 5) * 5);
  const days = Math.ceil(seconds / DAY_S);
  return days > MOST_DAYS ? say('manyDays', { days: MOST_DAYS }) : say.count('days', days);
}

function hoursAndMinutes(all: number): string {
  const minutes = all % 60;
  const hours = Math.floor(all / 60);
  return minutes === 0 ? say('hours', { hours }) : say('hoursMinutes', { hours, minutes });
}
