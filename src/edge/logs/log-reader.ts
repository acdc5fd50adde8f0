import { readCloudflareLine } from './cloudflare-line.ts';
import { cloudfrontReader } from './cloudfront-line.ts';
import { readCombinedLine } from './combined-line.ts';
import type { LogLine, ReadLine } from './log-line.ts';

/** `remark`: nothing to be counted, and no fault. */
export type ReadResult = LogLine | 'remark' | 'malformed';

/** Reads lines of whatever format they are in: each line tells by its look, or by the names that stood above it. */
export function createLogReader(): (line: string) => ReadResult {
  let namedFields: ReadLine | null = null;
  return (line) => {
    if (line.trim() === '') return 'remark';
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:')) namedFields = cloudfrontReader(line);
      return 'remark';
    }
    if (line.startsWith('{')) return readCloudflareLine(line) ?? 'malformed';
    return (line.includes('\t') ? namedFields?.(line) : null) ?? readCombinedLine(line) ?? 'malformed';
  };
}
