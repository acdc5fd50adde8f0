import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MadeTorrent } from '../support/make-torrent.ts';
import type { Tracker } from '../support/tracker.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, MIB, openWorld, type World } from './open-world.ts';

/** `rivulet seed`, as it is built, and a real browser that takes all from it: there is no other peer and no origin. */
describe.each(BROWSERS)('what is seeded from Node arrives in %s', (name) => {
  let world: World;
  let tracker: Tracker;
  let seeder: ChildProcess | null = null;
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-seed-'));

  beforeAll(async () => {
    world = await openWorld(name);
    tracker = await world.lab.tracker();
  }, 180_000);
  afterEach(() => seeder?.kill('SIGKILL'));
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts seeding a folder; `said` is what it has printed and told so far. */
  function startSeeding(...options: readonly string[]) {
    const child = spawn('node', ['bin/rivulet.js', 'seed', folder, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    seeder = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    const ended = once(child, 'exit');
    return { child, ended, said: () => said };
  }

  function lay(torrent: MadeTorrent, bytes: Uint8Array = torrent.payload): void {
    writeFileSync(join(folder, torrent.name), bytes);
    writeFileSync(join(folder, `${torrent.name}.torrent`), torrent.torrentBytes);
  }

  test('whole, and nobody counts the seeder as a download', { timeout: 180_000 }, async () => {
    const { list, site, newTorrent, clickLink } = world;
    const torrent = newTorrent(3 * MIB, { announce: [tracker.wsUrl] });
    const changed = newTorrent(MIB, { announce: [tracker.wsUrl] });
    lay(torrent);
    lay(changed, changed.payload.toReversed());
    const { child, ended, said } = startSeeding();
    await waitUntil(() => tracker.announces.some(({ infoHash }) => infoHash === torrent.infoHash), {
      timeoutMs: 60_000,
      what: 'the seeder to announce',
    });
    expect(said()).toContain(`Seeding ${torrent.name} (3.1 MB) at ${tracker.wsUrl}`);
    await waitUntil(() => said().includes(`Passed over ${changed.name}: it is not what its .torrent describes`));

    site.serve('/seeded.torrent', torrent.torrentBytes);
    const begunMs = performance.now();
    await clickLink(`${site.url}/seeded.torrent`);
    const row = await list.untilDone(torrent.infoHash, { timeoutMs: 90_000 });
    expect(row).toMatchObject({ state: 'done', peerBytes: 3 * MIB, originBytes: 0 });
    console.info(`${name}: ${((performance.now() - begunMs) / 1000).toFixed(1)} s`);
    expect(said()).toContain(`${torrent.name}: Rivulet came, 1 now`);

    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(said()).toMatch(/Sent 3\.\d MB to one peer\.\n$/);
    const announces = tracker.announces.filter(({ infoHash }) => infoHash === torrent.infoHash);
    const own = announces.filter(({ peerId }) => peerId === announces[0]?.peerId);
    expect(own.map(({ event, leftBytes }) => [event, leftBytes]).slice(0, -1)).toEqual([['start', 0]]);
    expect(own.at(-1)?.event).toBe('stop');
    expect(tracker.announces.filter(({ infoHash }) => infoHash === changed.infoHash)).toEqual([]);
  });

  test('to whoever came before the seeder too', { timeout: 180_000 }, async () => {
    const { list, site, newTorrent, clickLink } = world;
    const torrent = newTorrent(MIB, { announce: [tracker.wsUrl] });
    site.serve('/early.torrent', torrent.torrentBytes);
    await clickLink(`${site.url}/early.torrent`);
    await waitUntil(() => tracker.peerCount(torrent.infoHash) === 1, { what: 'the visitor to wait for peers' });
    lay(torrent);
    startSeeding('--up', '5M');
    const row = await list.untilDone(torrent.infoHash, { timeoutMs: 90_000 });
    expect(row).toMatchObject({ state: 'done', peerBytes: MIB, originBytes: 0 });
  });
});
