import { afterEach, describe, expect, test } from 'vitest';
import { bytesOfMark } from '../../../src/engine/store/journal.ts';
import { lengthOfPiece } from '../../../src/engine/torrent/piece-length.ts';
import { DownloadWorld } from '../../support/simulation/download-world.ts';
import type { WebAnswer } from '../../support/simulation/memory-web.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const torrent = await smallTorrent({ content: 6 * MIB + 12_345, pieceLengthBytes: 131_072 });
const folder = await smallTorrent({
  name: 'folder',
  content: { 'a.bin': 700_000, 'empty.txt': 0, 'b.bin': 1_000_000, 'c.bin': 400_000 },
  pieceLengthBytes: 65_536,
  padsFiles: true,
});

afterEach(giveTimersBack);

/** Verified bytes by kind of source, as the marks say. */
function bytesBy({ verified, torrent: { info } }: DownloadWorld): { peer: number; origin: number } {
  let [peer, origin] = [0, 0];
  for (const { piece, mark } of verified) {
    const split = bytesOfMark(mark, lengthOfPiece(info, piece));
    peer += split.peerBytes;
    origin += split.originBytes;
  }
  return { peer, origin };
}

async function expectWhole(world: DownloadWorld): Promise<void> {
  expect(world.failures).toEqual([]);
  expect(world.verified.map(({ piece }) => piece as number).sort((a, b) => a - b)).toEqual([
    ...Array(world.torrent.info.pieceCount).keys(),
  ]);
  expect(await world.isOnDisk()).toBe(true);
}

const worldOf = (of: SmallTorrent = torrent) => new DownloadWorld(of);
const lieOnce = (pieces: readonly number[], pieceLength: number) => {
  const left = new Set(pieces);
  return (): WebAnswer => ({
    alter: (bytes, startByte) => {
      for (const piece of left) {
        const at = piece * pieceLength - startByte;
        if (at < 0 || at >= bytes.length) continue;
        bytes[at] = (bytes[at] ?? 0) ^ 0xff;
        left.delete(piece);
      }
    },
  });
};

describe('from an origin alone', () => {
  test('everything comes, at nearly its rate, each byte once', async () => {
    const world = worldOf();
    const server = world.origin('cdn', { rateBytesPerS: 2 * MIB });
    expect(await world.complete()).toBeLessThan(3.1 * 1.25 + 1);
    await expectWhole(world);
    expect(bytesBy(world)).toEqual({ peer: 0, origin: torrent.info.lengthBytes });
    expect(server.sentBytes).toBeLessThan(torrent.info.lengthBytes * 1.02 + 65_536);
  });

  test('a folder with padding and empty files comes too', async () => {
    const world = worldOf(folder);
    world.origin('cdn');
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
  });

  test('one that answers every range with the whole file is read from its start', async () => {
    const world = worldOf();
    world.origin('cdn', { answer: () => ({ ignoresRange: true }) });
    expect(await world.complete()).toBeLessThan(5);
    await expectWhole(world);
  });

  test('one that is busy is left alone as long as it asks, and then goes on', async () => {
    const world = worldOf();
    const begin = world.clock.nowMs();
    const server = world.origin('cdn', {
      answer: ({ atMs }) => (atMs < begin + 5_000 ? { status: 503, headers: { 'retry-after': '30' } } : null),
    });
    const tookS = await world.complete();
    expect(tookS).toBeGreaterThan(30);
    expect(tookS).toBeLessThan(34);
    expect(server.requests.filter(({ atMs }) => atMs < begin + 29_000).length).toBeLessThanOrEqual(3);
    await expectWhole(world);
  });

  test('one that refuses some connections is not pressed while the others stream', async () => {
    const world = worldOf();
    let count = 0;
    const server = world.origin('cdn', {
      rateBytesPerS: MIB,
      answer: () => {
        count += 1;
        return count % 3 === 1 ? null : { status: 503, headers: { 'retry-after': '4' } };
      },
    });
    expect(await world.complete()).not.toBeNull();
    // How many requests it takes is the scheduler's choice; that none comes while it has been told to wait is not.
    for (const [count, { atMs }] of server.requests.entries()) {
      if (count % 3 === 0) continue; // that one was served
      expect(server.requests.filter((later) => later.atMs > atMs && later.atMs < atMs + 4_000)).toEqual([]);
    }
    await expectWhole(world);
  });

  test('one whose connections break goes on where they broke', async () => {
    const world = worldOf();
    const server = world.origin('cdn', { answer: () => ({ breaksAfterBytes: 600_000 }) });
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
    expect(server.sentBytes).toBeLessThan(torrent.info.lengthBytes * 1.25);
  });

  test('one that lies once is asked again and forgiven', async () => {
    const world = worldOf();
    world.origin('cdn', { answer: lieOnce([7], 131_072) });
    expect(await world.complete()).not.toBeNull();
    expect(world.download.origins[0]?.health.lies).toBe(1);
    await expectWhole(world);
  });

  test('one that lies twice is dropped, and not asked again', async () => {
    const world = worldOf();
    const server = world.origin('cdn', { answer: lieOnce([7, 20], 131_072) });
    expect(await world.complete(60)).toBeNull();
    expect(world.download.origins[0]?.isDropped).toBe(true);
    const asked = server.requests.length;
    await world.clock.pass(600_000);
    expect(server.requests.length).toBe(asked);
  });

  test('one that lies in two files of several is dropped', async () => {
    const world = worldOf(folder);
    const server = world.origin('cdn');
    for (const name of ['a.bin', 'b.bin']) {
      server.files.set(`/folder/${name}`, new Uint8Array(server.files.get(`/folder/${name}`)?.length ?? 0));
    }
    expect(await world.complete(60)).toBeNull();
    expect(world.download.origins[0]?.isDropped).toBe(true);
    const asked = server.requests.length;
    await world.clock.pass(600_000);
    expect(server.requests.length).toBe(asked);
  });

  test('one that lies in one file of several brings all others', async () => {
    const world = worldOf(folder);
    const server = world.origin('cdn', { rateBytesPerS: MIB });
    server.files.set('/folder/b.bin', new Uint8Array(1_000_000));
    expect(await world.complete(20)).toBeNull();
    expect(world.download.origins[0]).toMatchObject({ isDropped: false, health: { lies: 0 } });
    const b = folder.info.files.find(({ path }) => path[0] === 'b.bin');
    const missing = [...world.download.board.map.states].flatMap((state, piece) => (state === 3 ? [] : [piece]));
    const first = Math.floor((b?.startByte ?? 0) / 65_536);
    expect(missing).toEqual(Array.from({ length: Math.ceil(1_000_000 / 65_536) }, (_, at) => first + at));
    expect(server.sentBytes).toBeLessThan(folder.info.lengthBytes);
  });

  test('one that lacks a file of several brings all others soon', async () => {
    const world = worldOf(folder);
    const server = world.origin('cdn', { rateBytesPerS: MIB });
    server.files.delete('/folder/b.bin');
    expect(await world.complete(20)).toBeNull();
    const [a, b, c] = ['a.bin', 'b.bin', 'c.bin'].map((name) => folder.info.files.find(({ path }) => path[0] === name));
    const isThere = (byte: number) => world.download.board.map.states[Math.floor(byte / 65_536)] === 3;
    expect(isThere((a?.startByte ?? 0) + 1)).toBe(true);
    expect(isThere((b?.startByte ?? 0) + 1)).toBe(false);
    expect(isThere((c?.startByte ?? 0) + 1)).toBe(true);
    expect(server.requests.filter(({ url }) => url.endsWith('b.bin')).length).toBeLessThanOrEqual(3);
  });
});

describe('from peers alone', () => {
  test('everything comes, and their rates add up', async () => {
    const world = worldOf();
    for (const name of ['a', 'b', 'c', 'd']) world.peer(name, { rateBytesPerS: 500_000 });
    expect(await world.complete()).toBeLessThan((torrent.info.lengthBytes / 2_000_000) * 1.3 + 1);
    await expectWhole(world);
    expect(bytesBy(world)).toEqual({ peer: torrent.info.lengthBytes, origin: 0 });
  });

  test('peers with different halves complete each other', async () => {
    const world = worldOf();
    const pieces = [...Array(torrent.info.pieceCount).keys()];
    world.peer('even', { pieces: pieces.filter((piece) => piece % 2 === 0) });
    world.peer('odd', { pieces: pieces.filter((piece) => piece % 2 === 1) });
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
  });

  test('a peer that gets its pieces while we watch brings them', async () => {
    const world = worldOf();
    const peer = world.peer('leecher', { pieces: [] });
    await world.begin();
    for (let piece = 0; piece < torrent.info.pieceCount; piece++)
      world.clock.after(piece * 100, () => peer.gets(piece));
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
  });

  test('nothing is asked of a peer that chokes, and all of it when it stops', async () => {
    const world = worldOf();
    const peer = world.peer('a', { isChoking: true });
    await world.begin();
    await world.clock.pass(10_000);
    expect(peer.sentBytes).toBe(0);
    peer.choke(false);
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
  });

  test('a peer that chokes and unchokes all the time loses nothing', async () => {
    const world = worldOf();
    const peer = world.peer('a', { rateBytesPerS: 2_000_000 });
    await world.begin();
    const stop = world.clock.every(300, () => peer.choke(!peer.isChoking));
    expect(await world.complete()).not.toBeNull();
    stop();
    await expectWhole(world);
  });

  test('a peer that dies in the middle is replaced by the others', async () => {
    const world = worldOf();
    const dying = world.peer('a', { rateBytesPerS: 1_000_000 });
    world.peer('b', { rateBytesPerS: 500_000 });
    await world.begin();
    world.clock.after(2_000, () => dying.drop());
    expect(await world.complete()).toBeLessThan(20);
    await expectWhole(world);
  });

  test('a peer that falls silent is not waited for', async () => {
    const world = worldOf();
    world.peer('silent', { silentAfterBlocks: 20 });
    world.peer('b', { rateBytesPerS: 1_000_000 });
    expect(await world.complete()).toBeLessThan(20);
    await expectWhole(world);
  });

  test('a peer that lies always is named and dropped, and the others bring it all', async () => {
    const world = worldOf();
    const liar = world.peer('liar', { liesAbout: () => true });
    world.peer('b');
    world.peer('c');
    expect(await world.complete()).not.toBeNull();
    expect([...world.download.lyingPeers.keys()]).toEqual(['liar']);
    expect(liar.isConnected).toBe(false);
    await expectWhole(world);
  });

  test('the only peer, which has one wrong piece, is asked again and then dropped', async () => {
    const world = worldOf();
    const liar = world.peer('liar', { liesAbout: (piece) => piece === 5 });
    expect(await world.complete(60)).toBeNull();
    expect(world.download.board.left).toBe(1);
    expect(world.download.lyingPeers).toEqual(new Map([['liar', 2]]));
    expect(liar.isConnected).toBe(false);
    world.peer('honest');
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
  });

  test('when they leave in the middle of a piece, the next one to come finishes it', async () => {
    const world = worldOf();
    const first = world.peer('a', { rateBytesPerS: 300_000 });
    await world.begin();
    await world.clock.pass(3_000);
    first.drop();
    await world.clock.pass(30_000);
    world.peer('b');
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
  });
});

describe('from both', () => {
  test('everything comes, from both, at nearly the sum of their rates', async () => {
    const world = worldOf();
    world.origin('cdn', { rateBytesPerS: MIB });
    world.peer('a', { rateBytesPerS: MIB });
    expect(await world.complete()).toBeLessThan((6 / 2) * 1.25 + 1);
    const { peer, origin } = bytesBy(world);
    expect(Math.min(peer, origin)).toBeGreaterThan(torrent.info.lengthBytes / 4);
    await expectWhole(world);
  });

  test('slow peers do not hold back a fast origin', async () => {
    const world = worldOf();
    world.origin('cdn', { rateBytesPerS: 4 * MIB });
    for (const name of ['a', 'b', 'c']) world.peer(name, { rateBytesPerS: 20_000, roundTripMs: 400 });
    expect(await world.complete()).toBeLessThan(1.5 * 1.25 + 1.5);
    await expectWhole(world);
  });

  test('a slow origin does not hold back fast peers', async () => {
    const world = worldOf();
    world.origin('cdn', { rateBytesPerS: 30_000 });
    for (const name of ['a', 'b']) world.peer(name, { rateBytesPerS: 2 * MIB });
    expect(await world.complete()).toBeLessThan(1.5 * 1.25 + 1.5);
    await expectWhole(world);
  });

  test('when all peers leave in the middle of large pieces, the origin finishes what they had begun', async () => {
    const large = await smallTorrent({ content: 16 * MIB, pieceLengthBytes: 2 * MIB });
    const world = worldOf(large);
    const server = world.origin('cdn', { rateBytesPerS: 2 * MIB });
    server.answer = ({ atMs }) => (atMs < begin + 3_000 ? { isUnreachable: true } : null);
    const begin = world.clock.nowMs();
    const peers = ['a', 'b', 'c'].map((name) => world.peer(name, { rateBytesPerS: 200_000 }));
    await world.begin();
    world.clock.after(3_000, () => {
      for (const peer of peers) peer.drop();
    });
    expect(await world.complete(60)).not.toBeNull();
    await expectWhole(world);
  });

  test('an origin that lied about a piece is asked again when the peers that could bring it are gone', async () => {
    const world = worldOf();
    world.origin('cdn', { rateBytesPerS: MIB, answer: lieOnce([3], 131_072) });
    const peer = world.peer('a', { pieces: [0], rateBytesPerS: 10_000 });
    await world.begin();
    await world.clock.pass(4_000);
    peer.drop();
    expect(await world.complete(60)).not.toBeNull();
    await expectWhole(world);
  });

  test('of a piece that several sources spoilt, the liar is found', async () => {
    const world = worldOf();
    world.origin('cdn', { rateBytesPerS: 200_000 });
    world.peer('honest', { rateBytesPerS: 300_000 });
    world.peer('liar', { rateBytesPerS: 300_000, liesAbout: (piece) => piece % 9 === 0 });
    expect(await world.complete()).not.toBeNull();
    expect([...world.download.lyingPeers.keys()].filter((name) => name !== 'liar')).toEqual([]);
    expect(world.download.origins[0]?.health.lies).toBe(0);
    await expectWhole(world);
  });

  test('an origin that is a web page by now does no harm', async () => {
    const world = worldOf();
    world.origin('parked', {
      answer: () => ({ status: 200, headers: { 'content-type': 'text/html', 'content-length': '500' } }),
    });
    world.peer('a');
    expect(await world.complete()).not.toBeNull();
    await expectWhole(world);
  });

  test('what is fetched twice stays within its allowance', async () => {
    const world = worldOf();
    world.origin('cdn', { rateBytesPerS: 500_000 });
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
      world.peer(name, { rateBytesPerS: 30_000 * 4 ** index, roundTripMs: 100 });
    }
    expect(await world.complete()).not.toBeNull();
    expect(world.wastedBytes).toBeLessThan(torrent.info.lengthBytes * 0.01 + 262_144 + 131_072);
    await expectWhole(world);
  });
});

test('a full disk is told, and nothing more is asked for once it is stopped', async () => {
  const world = worldOf();
  const server = world.origin('cdn', { rateBytesPerS: MIB });
  world.store.disk.roomBytes = 2 * MIB;
  expect(await world.complete()).toBeNull();
  expect(world.failures[0]?.code).toBe('disk-full');
  world.download.stop();
  await world.clock.pass(100);
  const sent = server.sentBytes;
  await world.clock.pass(60_000);
  expect(server.sentBytes).toBe(sent);
});

test('a download that is stopped takes its requests back from peers', async () => {
  const world = worldOf();
  const peer = world.peer('a', { rateBytesPerS: 100_000 });
  await world.begin();
  await world.clock.pass(2_000);
  world.download.stop();
  const sent = peer.sentBytes;
  await world.clock.pass(60_000);
  expect(peer.sentBytes - sent).toBeLessThanOrEqual(16_384);
});

test('what was verified is found again', async () => {
  const first = worldOf();
  first.peer('a', { pieces: [0, 1, 2, 10, 11] });
  expect(await first.complete(10)).toBeNull();
  await first.isOnDisk();
  const again = await first.store.open(torrent.info);
  expect([...again.session.marks].filter((mark) => mark > 0)).toHaveLength(5);
});
