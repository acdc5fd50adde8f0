import { describe, expect, test } from 'vitest';
import { impossibleBecause } from '../../../src/edge/stats/judge-report.ts';
import { parseReport } from '../../../src/edge/stats/parse-report.ts';
import type { DeliveryReport } from '../../../src/model/delivery-report.ts';
import { publishedFile } from './sample-events.ts';

const FILE = publishedFile(1, 'film.mp4', 100_000_000);
const REPORT: DeliveryReport = {
  infoHash: FILE.infoHash,
  cohort: 'mixed',
  result: 'completed',
  originBytes: 40_000_000,
  peerBytes: 60_000_000,
  uploadedBytes: 5_000_000,
  seconds: 20,
  proof: null,
};

describe('a report of', () => {
  test.each<[string, Partial<DeliveryReport>, string | null]>([
    ['a whole delivery', {}, null],
    ['a little waste', { peerBytes: 62_000_000 }, null],
    ['half the file, given up', { result: 'cancelled', peerBytes: 0 }, null],
    ['nothing at all', { result: 'failed', originBytes: 0, peerBytes: 0 }, null],
    ['the control group', { cohort: 'control', originBytes: 100_000_000, peerBytes: 0 }, null],
    ['more than the file', { peerBytes: 70_000_000 }, 'more bytes than the file has'],
    [
      'a finished delivery that lacks a byte',
      { peerBytes: 59_999_999 },
      'completed with fewer bytes than the file has',
    ],
    ['a line of the future', { seconds: 0.07 }, 'faster than any line'],
    ['an upload of the future', { uploadedBytes: 26e9 }, 'faster than any line'],
    ['peers in the control group', { cohort: 'control' }, 'bytes from peers in a delivery without peers'],
  ])('%s', (_, change, reason) => {
    expect(impossibleBecause({ ...REPORT, ...change }, FILE)).toBe(reason);
  });
});

describe('what is sent as a report', () => {
  test('is read when it is one', () => {
    const proven = { ...REPORT, proof: { nonce: 'ab'.repeat(16), digest: 'cd'.repeat(32) } };
    expect(parseReport(JSON.stringify(proven))).toEqual(proven);
  });
  test.each([
    ['nothing', '', 'the report is not JSON'],
    ['a number', '7', 'the report: '],
    ['an upper-case hash', { infoHash: 'AB'.repeat(20) }, 'infoHash: '],
    ['negative bytes', { peerBytes: -1 }, 'peerBytes: '],
    ['half a byte', { originBytes: 0.5 }, 'originBytes: '],
    ['more than can be counted', { uploadedBytes: 1e17 }, 'uploadedBytes: '],
    ['no time', { seconds: 0 }, 'seconds: '],
    ['time without end', { seconds: 1e9 }, 'seconds: '],
    ['another cohort', { cohort: 'others' }, 'cohort: '],
    ['an address of somebody', { address: '192.0.2.1' }, 'address: '],
    ['a short nonce', { proof: { nonce: 'ab', digest: 'cd'.repeat(32) } }, 'proof.nonce: '],
  ])('is refused with its fault: %s', (_, change, begin) => {
    const text = typeof change === 'string' ? change : JSON.stringify({ ...REPORT, ...change });
    expect(parseReport(text)).toEqual({ wrong: expect.stringMatching(new RegExp(`^${begin}`)) });
  });
});
