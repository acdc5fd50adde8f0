import { expect, test } from 'vitest';
import { formatBytes } from '../../../src/ui/formats/format-bytes.ts';
import { formatSpeed } from '../../../src/ui/formats/format-speed.ts';

test.each([
  ['nothing', 0, '0 B'],
  ['less than nothing, which is nothing', -5, '0 B'],
  ['bytes', 999, '999 B'],
  ['a kilobyte', 1000, '1 kB'],
  ['kilobytes without a fraction', 12_400, '12 kB'],
  ['the last kilobytes', 999_499, '999 kB'],
  ['kilobytes that round to a megabyte', 999_500, '1.0 MB'],
  ['small megabytes with a fraction', 4_130_000, '4.1 MB'],
  ['megabytes that round to ten', 9_960_000, '10 MB'],
  ['megabytes', 420_000_000, '420 MB'],
  ['megabytes that round to a gigabyte', 999_600_000, '1.0 GB'],
  ['gigabytes with a fraction', 1_240_000_000, '1.2 GB'],
  ['tens of gigabytes with a fraction', 45_000_000_000, '45.0 GB'],
  ['hundreds of gigabytes', 123_400_000_000, '123 GB'],
  ['terabytes', 2_500_000_000_000, '2.5 TB'],
  ['more than there are units for', 5e18, '5000 PB'],
])('writes %s', (_name, bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test.each([
  ['a rate', 4_130_000, '4.1 MB/s'],
  ['a trickle', 512.7, '512 B/s'],
  ['standstill', 0.4, '0 B/s'],
])('writes %s', (_name, bytesPerS, expected) => {
  expect(formatSpeed(bytesPerS)).toBe(expected);
});
