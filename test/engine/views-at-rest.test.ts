import { afterEach, expect, test } from 'vitest';
import type { TransferId } from '../../src/model/ids.ts';
import { NO_LIMITS } from '../../src/model/transfer-limits.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const [first, second] = await Promise.all([1, 2].map((seed) => smallTorrent({ seed, content: 300_000 })));

afterEach(giveTimersBack);

/** Two transfers that are paused. */
async function restingWorld() {
  const world = new EngineWorld();
  const ids: TransferId[] = [];
  for (const torrent of [first, second]) {
    const { id } = await world.do(world.engine.addLink(torrent?.made.magnet() ?? ''));
    await world.do(world.engine.pause(id));
    ids.push(id);
  }
  return { world, ids: ids as [TransferId, TransferId] };
}
/** Those whose view is another object than before. */
const renewed = (world: EngineWorld, before: ReturnType<EngineWorld['engine']['views']>) =>
  world.engine.views().filter((view) => !before.includes(view));

test('what rests has the very same view for as long as nothing of it changes, whatever the clock says', async () => {
  const { world } = await restingWorld();
  const before = world.engine.views();
  await world.clock.pass(60_000);
  expect(renewed(world, before)).toEqual([]);
});

test.each<[string, (world: EngineWorld, ids: [TransferId, TransferId]) => Promise<unknown>, object[]]>([
  [
    'its own record',
    (world, [id]) => world.engine.remember(id, { label: 'new', limits: NO_LIMITS }),
    [{ label: 'new', queuePlace: 1 }],
  ],
  [
    'its place in the queue',
    (world, [id, next]) => world.engine.limits.queue.move([next], id),
    [{ queuePlace: 2 }, { queuePlace: 1 }],
  ],
  ['that it may run', (world, [id]) => world.engine.resume(id), [{ state: { phase: 'fetching-metadata' } }]],
])('%s makes a new one', async (_, change, expected) => {
  const { world, ids } = await restingWorld();
  const before = world.engine.views();
  await world.do(change(world, ids));
  expect(renewed(world, before)).toMatchObject(expected);
});
