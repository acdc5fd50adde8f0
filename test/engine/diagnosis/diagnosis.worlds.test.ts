import { afterEach, expect, test } from 'vitest';
import type { TransferId } from '../../../src/model/ids.ts';
import type { Finding } from '../../../src/model/transfer-details.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

// What a diagnosis says of whole engines in simulated worlds.
const MIB = 1_048_576;
const KIB = 1_024;
const TRACKER = 'wss://tracker.test/announce';
const COUNTER = 'https://counts.test/announce';
const ORIGIN = { urlList: ['http://origin.test/'] };
const single = await smallTorrent({ content: 4 * MIB, announce: [TRACKER], ...ORIGIN });
const peersOnly = await smallTorrent({ seed: 2, content: 4 * MIB, announce: [TRACKER, COUNTER] });
const udpOnly = await smallTorrent({ seed: 3, content: 4 * MIB, announce: ['udp://a.test:1', COUNTER] });
const files = Object.fromEntries(Array.from({ length: 40 }, (_, file) => [`${file}.bin`, 128 * KIB]));
const forty = await smallTorrent({ seed: 4, name: 'forty', content: files, padsFiles: true, ...ORIGIN });

afterEach(giveTimersBack);

const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;
const add = async (world: EngineWorld, torrent: SmallTorrent, afterMs = 60_000) => {
  await world.do(world.engine.setSettings({ sharing: 'share' }));
  await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  await world.clock.pass(afterMs);
};
const found = async (world: EngineWorld, torrent: SmallTorrent): Promise<readonly Finding[]> => {
  const details = await world.do(world.engine.details.of(idOf(torrent), ['diagnosis']));
  return details?.diagnosis ?? [];
};
const originOf = (torrent: SmallTorrent, rateBytesPerS = 20 * KIB) => {
  const world = new EngineWorld();
  world.store.serve(torrent, 'origin.test');
  const server = world.store.web.server('origin.test');
  server.rateBytesPerS = rateBytesPerS;
  return { world, server };
};

test('seeds are counted that no browser can reach', async () => {
  const world = new EngineWorld();
  const hash = Buffer.from(udpOnly.info.infoHash, 'hex').toString('latin1');
  const server = world.store.web.server('counts.test');
  server.answer = ({ url }) => {
    const path = `${new URL(url).pathname}${new URL(url).search}`;
    server.files.set(path, new Uint8Array(Buffer.from(`d5:filesd20:${hash}d8:completei12eeee`, 'latin1')));
    return {};
  };
  await add(world, udpOnly);
  expect(await found(world, udpOnly)).toEqual([{ code: 'no-browser-trackers', udp: 1, http: 1 }]);
  await world.clock.pass(1_000);
  expect(await found(world, udpOnly)).toEqual([{ code: 'seeds-without-webrtc', seeds: 12 }]);
});

test('nobody is there, this computer is offline, or it has no WebRTC', async () => {
  const world = new EngineWorld();
  await add(world, peersOnly);
  expect(await found(world, peersOnly)).toEqual([{ code: 'seeds-unreachable', seeds: 1 }]);
  world.webRtc = 'missing';
  expect(await found(world, peersOnly)).toEqual([{ code: 'webrtc-blocked', why: 'missing' }]);
  world.isOnline = false;
  expect(await found(world, peersOnly)).toEqual([{ code: 'offline' }]);
});

test('peers are there and choke', async () => {
  const world = new EngineWorld();
  for (const name of ['ann', 'bob']) world.peer(peersOnly, name, { isChoking: true });
  await add(world, peersOnly);
  expect(await found(world, peersOnly)).toEqual([{ code: 'peers-choke', peers: 2 }]);
  await world.do(world.engine.setSettings({ sharing: 'download-only' }));
  expect(await found(world, peersOnly)).toEqual([{ code: 'peers-choke', peers: 2 }, { code: 'download-only' }]);
});

test('peers lack a piece, and there is no other source', async () => {
  const world = new EngineWorld();
  const all = Array.from({ length: peersOnly.info.pieceCount }, (_, piece) => piece);
  world.peer(peersOnly, 'ann', { pieces: all.slice(3) });
  await add(world, peersOnly);
  expect(await found(world, peersOnly)).toEqual([{ code: 'peers-lack-pieces', pieces: 3 }]);
});

test('an origin that is slow, one that ignores ranges, and one that is busy', async () => {
  const slow = originOf(single);
  await add(slow.world, single, 15_000);
  expect(await found(slow.world, single)).toEqual([
    { code: 'origin-slow', host: 'origin.test', bytesPerS: expect.closeTo(20 * KIB, -4) },
  ]);
  const whole = originOf(single);
  whole.server.answer = () => ({ ignoresRange: true });
  await add(whole.world, single, 15_000);
  expect(await found(whole.world, single)).toEqual([{ code: 'origin-ignores-ranges', host: 'origin.test' }]);
  const busy = originOf(single);
  busy.server.answer = () => ({ status: 503, headers: { 'retry-after': '100' } });
  await add(busy.world, single, 40_000);
  expect(await found(busy.world, single)).toContainEqual({
    code: 'origin-fault',
    host: 'origin.test',
    fault: 'busy',
    status: 503,
    retryInS: expect.closeTo(60, -1),
  });
});

test('3 of 40 files have changed since the torrent was made', async () => {
  const { world, server } = originOf(forty, 100 * KIB);
  for (const path of [...server.files.keys()].filter((name) => /\/(3|7|9)\.bin$/.test(name))) {
    server.files.set(path, new Uint8Array(1_000));
  }
  await add(world, forty, 35_000);
  expect(await found(world, forty)).toContainEqual({ code: 'files-changed', affected: 3, of: 40, host: 'origin.test' });
});

test('the disk is nearly full, a limit is reached, and it is paused', async () => {
  const { world } = originOf(single, 200 * KIB);
  await add(world, single, 12_000);
  expect(await found(world, single)).toEqual([{ code: 'all-well', boundBy: 'origin' }]);
  await world.do(world.engine.setSettings({ downBytesPerS: 150_000 }));
  expect(await found(world, single)).toEqual([{ code: 'limit-reached', limit: 'download', bytesPerS: 150_000 }]);
  await world.do(world.engine.setSettings({ downBytesPerS: null }));
  world.store.disk.roomBytes = 64 * MIB;
  expect(await found(world, single)).toMatchObject([{ code: 'disk-nearly-full' }]);
  await world.do(world.engine.pause(idOf(single)));
  expect(await found(world, single)).toEqual([{ code: 'paused-by-user' }]);
});

test('an address whose .torrent is not here yet has details too', async () => {
  const world = new EngineWorld();
  world.torrentLatencyMs = 60_000;
  const { id } = await world.do(world.engine.addLink('http://site.test/some.torrent'));
  const details = await world.do(world.engine.details.of(id, ['sources', 'pieces', 'diagnosis', 'log']));
  expect(details).toMatchObject({
    sources: { peers: [], origins: [], trackers: [] },
    pieces: null,
    diagnosis: [{ code: 'looking' }],
    log: [{ what: 'added' }],
  });
});
