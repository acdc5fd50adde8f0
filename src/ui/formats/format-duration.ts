const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/**
 * Writes a time to wait, as coarse as the estimate behind it: `a few seconds`, `25 s`, `3 min`, `1 h 20 min`, `2 days`.
 * Rounded up, so that nothing is promised too early.
 */
export function formatDuration(seconds: number): string {
  if (seconds <= 5) return 'a few seconds';
  if (seconds <= 55) return `${Math.ceil(seconds / 5) * 5} s`;
  const minutes = Math.ceil(seconds / MINUTE_S);
  if (minutes < 60) return `${minutes} min`;
  if (seconds <= DAY_S - HOUR_S) return hoursAndMinutes(Math.ceil(minutes / 5) * 5);
  const days = Math.ceil(seconds / DAY_S);
  if (days > 99) return 'more than 99 days';
  return days === 1 ? '1 day' : `${days} days`;
}

function hoursAndMinutes(minutes: number): string {
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
