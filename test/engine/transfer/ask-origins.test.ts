import { afterEach, expect, test } from 'vitest';
import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import { type AskOriginsPorts, askOrigins } from '../../../src/engine/transfer/ask-origins.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';
import { MemoryWeb } from '../../support/simulation/memory-web.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack, VirtualClock } from '../../support/simulation/virtual-clock.ts';

const { info } = await smallTorrent({ name: 'folder', content: { small: 10, large: 2_000 } });
const origins = (...hosts: string[]) => hosts.map((host) => `http://${host}/` as OriginUrl);

afterEach(giveTimersBack);

class Asking {
  readonly clock = new VirtualClock();
  readonly web = new MemoryWeb(this.clock);
  readonly hostLimits = new HostLimits();
  readonly abort = new AbortController();
  answers = 0;
  cameBytes = 0;

  /** A server that has the file at as many addresses as a test wants. */
  serve(host: string, ...folders: string[]) {
    const server = this.web.server(host);
    for (const folder of ['', ...folders]) server.files.set(`${folder}/folder/large`, new Uint8Array(2_000));
    return server;
  }

  ask(of: readonly OriginUrl[]): Promise<void> {
    const ports: AskOriginsPorts = {
      fetch: this.web.fetch,
      clock: this.clock,
      hostLimits: this.hostLimits,
      signal: this.abort.signal,
      onAnswer: () => {
        this.answers += 1;
      },
      onCame: (bytes) => {
        this.cameBytes += bytes;
      },
    };
    return askOrigins(info, of, ports);
  }
}

test('a host is asked for one thing at a time, whoever asks, and hosts do not wait for each other', async () => {
  const world = new Asking();
  const shared = world.serve('shared.test', '/x', '/y');
  const other = world.serve('other.test');
  const asked = Promise.all([
    world.ask(origins('shared.test', 'shared.test/x', 'other.test')),
    world.ask(origins('shared.test', 'shared.test/y')),
  ]);
  await world.clock.pass(50);
  expect(other.requests).toHaveLength(1);
  await world.clock.untilSettled(asked);
  expect(world.answers).toBe(5);
  expect([shared.requests.length, shared.mostOpen]).toEqual([4, 1]);
  expect(world.cameBytes).toBe(shared.sentBytes + other.sentBytes);
});

test('a host that we fetch from at its limit is asked when there is room', async () => {
  const world = new Asking();
  const server = world.serve('busy.test');
  const download = {};
  expect(world.hostLimits.take('busy.test', download, world.clock.nowMs())).toBe(true);
  const asked = world.ask(origins('busy.test'));
  await world.clock.pass(5_000);
  expect(server.requests).toHaveLength(0);
  world.hostLimits.give('busy.test', download);
  await world.clock.untilSettled(asked);
  expect(world.answers).toBe(1);
  // And its place is free again.
  expect(world.hostLimits.room('busy.test', download, world.clock.nowMs())).toBe(1);
});

test('a host that wants to be left alone is, also by what waits for its turn', async () => {
  const world = new Asking();
  const server = world.serve('tired.test', '/x');
  server.answer = ({ url }) => (url.includes('/x/') ? null : { status: 429, headers: { 'retry-after': '60' } });
  const began = world.clock.nowMs();
  await world.clock.untilSettled(world.ask(origins('tired.test', 'tired.test/x')));
  expect(server.requests.map(({ atMs }) => Math.floor((atMs - began) / 60_000))).toEqual([0, 1]);
  expect(world.answers).toBe(1);
});

test('nobody is asked any more when the user has spoken', async () => {
  const world = new Asking();
  const server = world.serve('slow.test', '/x');
  server.latencyMs = 5_000;
  const asked = world.ask(origins('slow.test', 'slow.test/x'));
  await world.clock.pass(6_000); // the second is on its way
  world.abort.abort();
  await world.clock.untilSettled(asked);
  await world.clock.pass(20_000);
  expect(server.requests).toHaveLength(1);
  expect(world.answers).toBe(1);
  expect(world.hostLimits.room('slow.test', {}, world.clock.nowMs())).toBe(1);
});
