import { formatBytes } from './format-bytes.ts';

/** Writes a rate for people: `4.1 MB/s`. Rates below one byte a second are `0 B/s`. */
export const formatSpeed = (bytesPerS: number): string => `${formatBytes(Math.floor(bytesPerS))}/s`;
