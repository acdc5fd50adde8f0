import { afterEach, describe, expect, test } from 'vitest';
import { DownloadWorld } from '../../support/simulation/download-world.ts';
import type { WebServer } from '../../support/simulation/memory-web.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const first = await smallTorrent({ seed: 1, name: 'first.bin', content: 8 * MIB, pieceLengthBytes: 131_072 });
const second = await smallTorrent({ seed: 2, name: 'second.bin', content: 8 * MIB, pieceLengthBytes: 131_072 });

afterEach(giveTimersBack);

/** Two downloads of one engine whose only origins are at the same host. */
function neighbours(traits: Partial<WebServer> = {}) {
  const a = new DownloadWorld(first);
  const b = new DownloadWorld(second, a);
  a.origin('cdn', traits);
  return { a, b, server: b.origin('cdn', traits) };
}
const bothComplete = (a: DownloadWorld, b: DownloadWorld, limitS: number) =>
  a.clock.runUntil(() => a.isComplete && b.isComplete, limitS * 1_000);
const verifiedBytes = (world: DownloadWorld) => world.verified.length * 131_072;

describe('two downloads from one host', () => {
  test('have three requests at a time between them, for a moment one more, and lose no time by it', async () => {
    const { a, b, server } = neighbours({ rateBytesPerS: 2 * MIB, latencyMs: 80 });
    await a.begin();
    await b.begin();
    expect(await bothComplete(a, b, (16 / 2) * 1.15 + 1)).toBe(true);
    expect(server.mostOpen).toBe(4);
    expect(server.sentBytes).toBeLessThan(16 * MIB * 1.02 + 131_072);
    expect([await a.isOnDisk(), await b.isOnDisk()]).toEqual([true, true]);
  });

  test('both move, whichever began', async () => {
    const { a, b } = neighbours({ rateBytesPerS: MIB, latencyMs: 80 });
    await a.begin();
    await a.clock.pass(2_000);
    await b.begin();
    await a.clock.pass(7_000);
    expect(verifiedBytes(b)).toBeGreaterThan(MIB);
    expect(verifiedBytes(a)).toBeGreaterThan(MIB);
    expect(await bothComplete(a, b, 30)).toBe(true);
  });

  test('send one request until the host has answered', async () => {
    const { a, b, server } = neighbours({ latencyMs: 5_000 });
    await a.begin();
    await b.begin();
    await a.clock.pass(4_900);
    expect(server.mostOpen).toBe(1);
    await a.clock.pass(5_000);
    expect(server.mostOpen).toBe(3);
  });

  test('both leave it alone when it has told one of them that it is busy', async () => {
    const { a, b, server } = neighbours({ rateBytesPerS: MIB });
    await a.begin();
    await b.begin();
    await a.clock.pass(3_000);
    const busyAtMs = a.clock.nowMs();
    server.answer = ({ atMs }) => (atMs < busyAtMs + 25_000 ? { status: 429, headers: { 'retry-after': '40' } } : null);
    await a.clock.runUntil(() => server.requests.some(({ atMs }) => atMs > busyAtMs), 20_000);
    const refusedAtMs = server.requests.at(-1)?.atMs ?? 0;
    await a.clock.pass(39_000);
    // What was on its way when the first refusal came was refused as well, and then nothing came for forty seconds.
    const later = server.requests.filter(({ atMs }) => atMs > refusedAtMs + 100);
    expect(later.filter(({ atMs }) => atMs < refusedAtMs + 38_900)).toEqual([]);
    expect(b.download.origins[0]?.healthView(a.clock.nowMs()).state).toBe('resting');
    expect(await bothComplete(a, b, 60)).toBe(true);
    const [probe, next] = server.requests.filter(({ atMs }) => atMs > refusedAtMs + 39_000);
    expect((next?.atMs ?? 0) - (probe?.atMs ?? 0)).toBeGreaterThanOrEqual(20);
  });

  test('one that is stopped gives its places to the other', async () => {
    const { a, b, server } = neighbours({ rateBytesPerS: 300_000 });
    await a.begin();
    await a.clock.pass(2_000);
    expect(server.open).toBe(3);
    await b.begin();
    a.download.stop();
    await a.clock.pass(2_000);
    expect(server.open).toBe(3);
    expect(verifiedBytes(b)).toBeGreaterThan(0);
  });

  test('one that has nothing left to ask for does not keep the other from it', async () => {
    const { a, b, server } = neighbours({ rateBytesPerS: 500_000 });
    b.peer('seed', { rateBytesPerS: 4 * MIB });
    await a.begin();
    await b.begin();
    expect(await b.complete(30)).not.toBeNull();
    await a.clock.pass(2_000);
    expect(server.open).toBe(3);
  });
});

test('several origins of one download at one host share its three requests, and the one before a run ends', async () => {
  const world = new DownloadWorld(first);
  const server = world.origin('cdn', { rateBytesPerS: MIB });
  world.origin('cdn');
  expect(await world.complete()).not.toBeNull();
  expect(server.mostOpen).toBe(4);
});

describe('a host that answers few requests at a time, and others with 503', () => {
  const admitting = (server: WebServer, requests: number, headers: Record<string, string>) => {
    server.answer = () => (server.open > requests ? { status: 503, headers } : null);
  };

  test.each([
    ['one, and asks the others for a rest', 1, { 'retry-after': '4' }, 8 + 4.5],
    ['one', 1, {}, 8 + 0.5],
    ['two', 2, {}, 8 + 0.5],
  ])('%s: it is found out, and used as well as it can be', async (_name, requests, headers, limitS) => {
    const world = new DownloadWorld(first);
    const server = world.origin('cdn', { rateBytesPerS: MIB, latencyMs: 20 });
    admitting(server, requests, headers);
    expect(await world.complete()).toBeLessThan(limitS);
    expect(world.download.origins[0]?.healthView(world.clock.nowMs()).faults.busy).toBeLessThanOrEqual(2);
    expect(await world.isOnDisk()).toBe(true);
  });

  test('with many small files, too', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.jpg`, 200_000]));
    const world = new DownloadWorld(await smallTorrent({ name: 'folder', content: files }));
    const server = world.origin('cdn', { rateBytesPerS: MIB, latencyMs: 20 });
    admitting(server, 1, { 'retry-after': '4' });
    expect(await world.complete()).toBeLessThan(8 + 4.5 + 40 * 0.02);
    expect(world.download.origins[0]?.healthView(world.clock.nowMs()).faults.busy).toBeLessThanOrEqual(3);
    expect(await world.isOnDisk()).toBe(true);
  });

  test('is tried with more later, and then used with more', async () => {
    const world = new DownloadWorld(first);
    const server = world.origin('cdn', { rateBytesPerS: 100_000, latencyMs: 20 });
    const startedAtMs = world.clock.nowMs();
    server.answer = ({ atMs }) =>
      atMs < startedAtMs + 30_000 && server.open > 1 ? { status: 503, headers: { 'retry-after': '1' } } : null;
    await world.begin();
    await world.clock.pass(55_000);
    expect(server.open).toBe(1);
    await world.clock.pass(20_000);
    expect(server.open).toBe(3);
  });
});

describe('origins that redirect to one host', () => {
  const ORIGINS = ['a.test', 'b.test', 'c.test', 'd.test', 'e.test'];

  /** Each origin sends everybody to the same machine. */
  function network(world: DownloadWorld): WebServer {
    for (const host of ORIGINS) {
      const origin = world.origin(host);
      origin.answer = ({ url }) => ({ redirectTo: `http://big.test${new URL(url).pathname}` });
    }
    world.store.serve(world.torrent, 'big.test');
    return Object.assign(world.store.web.server('big.test'), { rateBytesPerS: 500_000, latencyMs: 40 });
  }
  /** Bodies that are being sent for longer than it takes to see that there are too many. */
  const mostStreams = async (world: DownloadWorld, server: WebServer, forMs: number) => {
    let most = 0;
    for (let ms = 0; ms < forMs; ms += 500) {
      await world.clock.pass(500);
      most = Math.max(most, server.open);
    }
    return most;
  };

  test('have three runs at a time there between them, and lose nothing by it', async () => {
    const world = new DownloadWorld(first);
    const server = network(world);
    await world.begin();
    expect(await mostStreams(world, server, 8_000)).toBeLessThanOrEqual(4); // with a run that succeeds another
    expect(await world.complete()).toBeLessThan((8 * MIB) / 500_000 + 1 - 8);
    expect(server.sentBytes).toBeLessThan(8 * MIB * 1.05);
    expect(await world.isOnDisk()).toBe(true);
  });

  test('leave it alone, all of them, when it has told one that it is busy', async () => {
    const world = new DownloadWorld(first);
    const server = network(world);
    await world.begin();
    await world.clock.pass(3_000);
    const busyAtMs = world.clock.nowMs();
    server.answer = ({ atMs }) => (atMs < busyAtMs + 25_000 ? { status: 429, headers: { 'retry-after': '40' } } : null);
    await world.clock.runUntil(() => server.requests.some(({ atMs }) => atMs > busyAtMs), 20_000);
    const refusedAtMs = server.requests.at(-1)?.atMs ?? 0;
    await world.clock.pass(39_000);
    const later = server.requests.filter(({ atMs }) => atMs > refusedAtMs + 100);
    expect(later.filter(({ atMs }) => atMs < refusedAtMs + 38_900)).toEqual([]);
    expect(await world.complete()).not.toBeNull();
    expect(await world.isOnDisk()).toBe(true);
  });
});

describe('mirrors that an origin names in its answers', () => {
  const LINKS =
    '<http://m1.test/first.bin>; rel=duplicate; pri=1, </f.meta4>; rel=describedby, <http://m2.test/first.bin>; rel="duplicate"';
  const named = (world: DownloadWorld, link = LINKS) => {
    world.origin('cdn.test', { rateBytesPerS: MIB / 2, answer: () => ({ headers: { link } }) });
    for (const host of ['m1.test', 'm2.test']) world.store.serve(first, host);
  };

  test('become origins of the running download and make it faster', async () => {
    const world = new DownloadWorld(first);
    named(world);
    for (const host of ['m1.test', 'm2.test']) world.store.web.server(host).rateBytesPerS = 2 * MIB;
    expect(await world.complete()).toBeLessThan(8 / 2);
    expect(world.download.origins.map(({ host, mirrorOf }) => [host, mirrorOf])).toEqual([
      ['cdn.test', null],
      ['m1.test', 'http://cdn.test/'],
      ['m2.test', 'http://cdn.test/'],
    ]);
    expect(await world.isOnDisk()).toBe(true);
  });

  test('whose bytes are wrong are dropped, and nothing of them is kept', async () => {
    const world = new DownloadWorld(first);
    named(world);
    const liar = world.store.web.server('m1.test');
    liar.answer = () => ({ alter: (bytes) => void bytes.fill(0) });
    expect(await world.complete()).not.toBeNull();
    const view = world.download.origins.find(({ host }) => host === 'm1.test')?.healthView(world.clock.nowMs());
    expect(view).toMatchObject({ state: 'dropped', dropped: { reason: 'wrong-bytes' } });
    expect(view?.dropped?.pieces.length).toBeGreaterThanOrEqual(2);
    expect(await world.isOnDisk()).toBe(true);
  });

  test('that have a file of another length give nothing', async () => {
    const world = new DownloadWorld(first);
    named(world);
    world.store.web.server('m1.test').files.set('/first.bin', second.payload.subarray(1));
    expect(await world.complete()).not.toBeNull();
    const view = world.download.origins.find(({ host }) => host === 'm1.test')?.healthView(world.clock.nowMs());
    expect(view).toMatchObject({ bytes: 0, faults: { 'wrong-length': 1 } });
    expect(await world.isOnDisk()).toBe(true);
  });

  test('name no further mirrors', async () => {
    const world = new DownloadWorld(first);
    named(world, '<http://m1.test/first.bin>; rel=duplicate');
    world.store.web.server('m1.test').answer = () => ({
      headers: { link: '<http://m2.test/first.bin>; rel=duplicate' },
    });
    expect(await world.complete()).not.toBeNull();
    expect(world.store.web.server('m1.test').requests.length).toBeGreaterThan(0);
    expect(world.store.web.server('m2.test').requests).toEqual([]);
  });

  test('are not looked for on a local network', async () => {
    const world = new DownloadWorld(first);
    named(world, '<http://192.168.1.1/first.bin>; rel=duplicate, <http://127.0.0.1/first.bin>; rel=duplicate');
    expect(await world.complete()).not.toBeNull();
    expect(world.download.origins).toHaveLength(1);
  });
});

test('requests, bytes and faults of an origin are counted as they are', async () => {
  const world = new DownloadWorld(first);
  const server = world.origin('cdn', { rateBytesPerS: MIB });
  server.answer = ({ earlier }) => (earlier === 1 ? { status: 500 } : null);
  expect(await world.complete()).not.toBeNull();
  const view = world.download.origins[0]?.healthView(world.clock.nowMs());
  expect(view).toMatchObject({ requests: server.requests.length, faults: { 'server-error': 1 } });
  expect(view?.bytes).toBeGreaterThanOrEqual(8 * MIB);
  expect(view?.bytes).toBeLessThanOrEqual(server.sentBytes);
});
