const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const TIMING = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}(?:\\s|$)`);

/** The two times of a line such as `00:01:02,500 --> 00:01:04.000`, in seconds; null for every other line. */
export function readTiming(line: string): { readonly startS: number; readonly endS: number } | null {
  if (line.length > 500) return null;
  const found = TIMING.exec(line);
  if (found === null) return null;
  const [, ...parts] = found;
  return { startS: secondsOf(parts.slice(0, 4)), endS: secondsOf(parts.slice(4)) };
}

function secondsOf([hours = '0', minutes = '0', seconds = '0', fraction = '0']: readonly (
  | string
  | undefined
)[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(fraction.padEnd(3, '0')) / 1000;
}
