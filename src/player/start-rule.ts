/** What playing begins with, by how many times faster bytes come than they are played. */
const BY_SPEED: readonly (readonly [timesFaster: number, bufferedS: number])[] = [
  [3, 0.5],
  [1.5, 1],
  [1.1, 2],
];
const SLOW_BUFFERED_S = 3;
const MAX_BUFFERED_S = 24;

/**
 * Seconds that must be buffered before a file begins to play, or goes on after it stood still: the less, the faster its
 * sources are against what it takes. Each standstill doubles it. Pure.
 * @param bytesPerS What it takes; null before that is known.
 */
export function startBufferS(sourceBytesPerS: number, bytesPerS: number | null, standstills: number): number {
  const timesFaster = bytesPerS === null ? 1 : sourceBytesPerS / bytesPerS;
  const bufferedS = BY_SPEED.find(([least]) => timesFaster >= least)?.[1] ?? SLOW_BUFFERED_S;
  return Math.min(bufferedS * 2 ** standstills, MAX_BUFFERED_S);
}
