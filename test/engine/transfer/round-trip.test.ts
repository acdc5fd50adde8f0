import { expect, test } from 'vitest';
import { RoundTrip } from '../../../src/engine/transfer/round-trip.ts';

/** A peer that sends one block after the other, each in `blockMs`, to somebody who keeps `depth` of them asked for. */
function serve(roundTrip: RoundTrip, roundTripMs: number, blockMs: number, depth: number, blocks: number): void {
  const asked: { atMs: number; ahead: number }[] = [];
  for (let i = 0; i < depth; i++) asked.push({ atMs: 0, ahead: i });
  let sentMs = 0;
  let lastMs = 0;
  for (let i = 0; i < blocks; i++) {
    const { atMs, ahead } = asked.shift() as { atMs: number; ahead: number };
    sentMs = Math.max(sentMs, atMs + roundTripMs / 2) + blockMs;
    const cameMs = sentMs + roundTripMs / 2;
    roundTrip.answered(cameMs - atMs, ahead, cameMs - lastMs);
    lastMs = cameMs;
    asked.push({ atMs: cameMs, ahead: asked.length });
  }
}

test.each([
  ['a near, fast peer', 10, 2],
  ['a near, slow peer', 50, 40],
  ['a far, fast peer', 400, 10],
  ['a far, slow peer', 300, 200],
])('of %s is known after a few blocks, and stays so while many are queued', (_name, roundTripMs, blockMs) => {
  const roundTrip = new RoundTrip();
  serve(roundTrip, roundTripMs, blockMs, 4, 8);
  expect(roundTrip.ms).toBeCloseTo(roundTripMs);
  serve(roundTrip, roundTripMs, blockMs, 40, 400);
  expect(roundTrip.ms).toBeCloseTo(roundTripMs);
});

test('is at most what any answer took', () => {
  const roundTrip = new RoundTrip();
  roundTrip.answered(900, 0, 900); // it was busy with something else
  roundTrip.answered(120, 3, 20);
  expect(roundTrip.ms).toBe(120);
});

test('that has become longer is believed by half when nothing was queued', () => {
  const roundTrip = new RoundTrip();
  roundTrip.answered(100, 0, 100);
  roundTrip.answered(300, 0, 5_000);
  expect(roundTrip.ms).toBe(200);
});

test('is never less than a millisecond', () => {
  const roundTrip = new RoundTrip();
  roundTrip.answered(0, 0, 0);
  expect(roundTrip.ms).toBe(1);
});
