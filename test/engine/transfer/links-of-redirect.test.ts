import { afterEach, expect, test } from 'vitest';
import { linksOfRedirect } from '../../../src/engine/transfer/links-of-redirect.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const ORIGIN = 'http://origin.test/file.bin';
const LINK =
  '<http://slow.test/file.bin>; rel=duplicate; pri=1; geo=de, <http://fast.test/file.bin>; rel="duplicate"; pri=2, ' +
  '<http://192.168.1.1/file.bin>; rel=duplicate, <http://origin.test/t>; rel=describedby';

afterEach(giveTimersBack);

/** A transfer whose only origin redirects to a mirror, a slow one; another mirror is fast. */
async function redirected(content: number | Record<string, number> = 2_000_000) {
  const file = await smallTorrent({ content, urlList: [ORIGIN] });
  const world = new EngineWorld();
  const { web } = world.store;
  for (const host of ['slow', 'fast']) world.store.serve(file, `${host}.test`);
  web.server('slow.test').rateBytesPerS = 20_000;
  web.server('origin.test').answer = ({ url }) => ({ redirectTo: `http://slow.test${new URL(url).pathname}` });
  const { id } = await world.do(world.engine.addTorrent(file.made.torrentBytes));
  await world.clock.pass(3_000);
  const asked = (host: string) => web.server(host).requests.length;
  return { world, id, asked };
}

test('mirrors that are named with a redirect join the download that asked', async () => {
  const { world, id, asked } = await redirected();
  expect(asked('fast.test')).toBe(0);
  linksOfRedirect(world.engine.transfers, ORIGIN, LINK);
  await world.until(id, 'done');
  expect(asked('fast.test')).toBeGreaterThan(0);
  expect(asked('192.168.1.1')).toBe(0);
});

test.each([
  ['that a mirror names in its turn', 'http://slow.test/file.bin', 2_000_000],
  ['of another file there', 'http://origin.test/other.bin', 2_000_000],
  ['of one file of a folder', 'http://origin.test/file.bin/file.bin/a', { a: 500_000, b: 500_000 }],
])('mirrors %s are not believed', async (_name, url, content) => {
  const { world, asked } = await redirected(content);
  linksOfRedirect(world.engine.transfers, url, LINK);
  await world.clock.pass(10_000);
  expect(asked('fast.test')).toBe(0);
});

test('a transfer that asks nobody just now hears nothing', async () => {
  const { world, id, asked } = await redirected();
  await world.do(world.engine.pause(id));
  linksOfRedirect(world.engine.transfers, ORIGIN, LINK);
  await world.clock.pass(10_000);
  expect(asked('fast.test')).toBe(0);
});
