import { expect, test } from 'vitest';
import { urlOfOrigin } from './fluid-depot.ts';
import { FluidOrigin } from './fluid-origin.ts';
import type { FluidOriginTraits } from './fluid-world.ts';
import { steady } from './rate-trace.ts';

const STEP_S = 0.01;

/** An origin of 1000 bytes a second whose first byte takes 0.05 s. */
function originWorld(death: FluidOriginTraits['death'] = null) {
  const heard: string[] = [];
  const progress: string[] = [];
  let steps = 0;
  const now = () => steps * STEP_S;
  const traits = { name: 'cdn', rate: steady(1_000), firstByteS: 0.05, death };
  const origin = new FluidOrigin(traits, now, {
    bytes: () => undefined,
    progress: (run, firstByteMs) => {
      progress.push(`${now().toFixed(2)} ${run.positionByte.toFixed(0)} ${firstByteMs?.toFixed(0) ?? '-'}`);
    },
    ended: (run, end) => {
      const how = end.type === 'fault' ? `${end.fault} ${end.status}` : end.type;
      heard.push(`${now().toFixed(2)} run ${run.request.run} ${how} at ${run.positionByte.toFixed(0)}`);
    },
  });
  const pass = (seconds: number) => {
    for (const endStep = steps + Math.round(seconds / STEP_S); steps < endStep; ) {
      steps += 1;
      origin.send(origin.wants(STEP_S), STEP_S);
      origin.look();
    }
  };
  const start = (run: number, startByte: number, endByte: number) =>
    origin.start({ run, startByte, endByte, origin: urlOfOrigin('cdn'), fromFileStart: false });
  return { origin, heard, progress, pass, start };
}

test('streams a run after its first byte, and tells how far it is ten times a second', () => {
  const { heard, progress, pass, start } = originWorld();
  start(1, 500, 800);
  pass(1);
  expect(progress).toEqual(['0.06 510 60', '0.16 610 -', '0.26 710 -', '0.35 800 -']);
  expect(heard).toEqual(['0.35 run 1 finished at 800']);
});

test('runs share its rate equally, and what one does not need the others have', () => {
  const { heard, pass, start } = originWorld();
  start(1, 0, 100);
  start(2, 1_000, 1_300);
  pass(1);
  expect(heard).toEqual(['0.25 run 1 finished at 100', '0.45 run 2 finished at 1300']);
});

test('a run that is shortened ends earlier, at once where it is past its new end', () => {
  const { origin, heard, pass, start } = originWorld();
  const first = start(1, 0, 1_000);
  pass(0.25);
  origin.shorten(first, 300);
  pass(0.2);
  const second = start(2, 0, 1_000);
  pass(0.15);
  origin.shorten(second, 50);
  origin.stop(start(3, 0, 10));
  expect(heard).toEqual(['0.35 run 1 finished at 300', '0.60 run 2 finished at 100', '0.60 run 3 stopped at 0']);
});

test.each<[string, FluidOriginTraits['death'], string[]]>([
  [
    'closes',
    { atS: 0.5, how: 'closes' },
    ['0.50 run 1 unreachable null at 440', '1.05 run 2 unreachable null at 5000'],
  ],
  ['is busy', { atS: 0.5, how: 'busy' }, ['0.50 run 1 busy 503 at 440', '1.05 run 2 busy 503 at 5000']],
  ['stalls', { atS: 0.5, how: 'stalls' }, ['10.49 run 1 stalled null at 440', '21.00 run 2 stalled null at 5000']],
])('when it %s, runs fail as the real store says', (_how, death, expected) => {
  const { heard, pass, start } = originWorld(death);
  start(1, 0, 2_000);
  pass(1);
  start(2, 5_000, 6_000);
  pass(30);
  expect(heard).toEqual(expected);
});
