import { afterAll, beforeAll, describe } from 'vitest';
import { hostilePage } from './links/hostile-page.ts';
import { linkCapture } from './links/link-capture.ts';
import { NAMES_OF_THIS_MACHINE, serverAnswers } from './links/server-answers.ts';
import { waysIn } from './links/ways-in.ts';
import { BROWSERS, openWorld, type World } from './open-world.ts';

/** All of this is about how links become transfers: one browser is enough for it, and starting one takes longer than a test. */
describe.each(BROWSERS)('in %s,', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, { namesOfThisMachine: NAMES_OF_THIS_MACHINE });
  }, 120_000);
  afterAll(() => world?.close());
  const worldOf = () => world;

  // First, because it needs transfers that run; the others leave many that never find anybody.
  serverAnswers(worldOf);
  linkCapture(worldOf);
  waysIn(worldOf);
  hostilePage(worldOf);
});
