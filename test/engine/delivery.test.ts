import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { readFlightLog } from '../../src/engine/transfer/read-flight-log.ts';
import type { DeliveryReport } from '../../src/model/delivery-report.ts';
import type { TransferId } from '../../src/model/ids.ts';
import type { PublishedLink } from '../../src/model/published-link.ts';
import { readPublisherPolicy } from '../../src/model/publisher-policy.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import type { WebAnswer } from '../support/simulation/memory-web.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const FILE = 'https://cdn.example/file.bin';
const TORRENT = 'https://cdn.example/file.bin.torrent';
const EDGE = 'https://edge.example/of/mine';
const torrent = await smallTorrent({ content: 2 * MIB + 99, announce: ['wss://tracker.example/announce'] });
const folder = await smallTorrent({ seed: 3, name: 'folder', content: { 'a.bin': 40_000 } });
const other = await smallTorrent({ seed: 4, content: 3 * MIB });
const inward = await smallTorrent({
  seed: 5,
  content: 100_000,
  announce: ['ws://192.168.0.1:8000', 'wss://tracker.example', 'ws://[::1]/', 'ws://printer.local/'],
  urlList: ['http://127.0.0.1:631/file.bin', 'https://mirror.example/file.bin', 'http://169.254.169.254/file.bin'],
});
const { infoHash, lengthBytes } = torrent.info;
const id = infoHash as string as TransferId;

afterEach(giveTimersBack);

const linkOf = (more: Partial<PublishedLink> & { readonly policyText?: string } = {}): PublishedLink => {
  const { policyText = 'fastest', ...rest } = more;
  return {
    fileUrl: FILE,
    torrentUrl: TORRENT,
    policy: readPublisherPolicy(policyText),
    reportUrl: null,
    name: null,
    ...rest,
  };
};

/** A publisher's site with the file and its torrent, and a swarm with one whole peer. */
function published({ of = torrent, originBytesPerS = 200_000 }: { of?: SmallTorrent; originBytesPerS?: number } = {}) {
  const world = new EngineWorld();
  const server = world.store.web.server('cdn.example');
  server.files.set('/file.bin', of.payload);
  server.rateBytesPerS = originBytesPerS;
  world.serveTorrent(TORRENT, of);
  world.peer(of, 'abcdefghijkl-1', { rateBytesPerS: 300_000 });
  return { world, server };
}

const click = (world: EngineWorld, link: PublishedLink, url: string | null = 'https://news.example/') =>
  world.do(
    world.engine.deliver(link, {
      url,
      isApart: false,
      clickedAtMs: world.clock.nowMs(),
      giveUpAtMs: world.clock.nowMs() + 3_000,
    }),
  );

const shares = (world: EngineWorld) => world.do(world.engine.setSettings({ sharing: 'share' }));

describe("a click on a publisher's link", () => {
  test('is a transfer from the file’s own address and from peers, once the user shares', async () => {
    const { world } = published();
    await shares(world);
    expect(await click(world, linkOf())).toEqual({ way: 'transfer', added: { id, wasThere: false, isStaged: false } });
    const { verified } = await world.until(id, 'done');
    expect(verified.originBytes).toBeGreaterThan(100_000);
    expect(verified.peerBytes).toBeGreaterThan(100_000);
    expect(verified.originBytes + verified.peerBytes).toBe(lengthBytes);
    expect(world.torrentRequests).toEqual([{ url: TORRENT, withCookies: false }]);
    expect(Buffer.compare(world.downloads.files.get('file.bin') ?? new Uint8Array(), torrent.payload)).toBe(0);
    expect(world.notified).toEqual([id]);
  });

  test.each(['not-asked', 'download-only'] as const)(
    'is no consent: with sharing "%s" no swarm is met, and the origin is not spared',
    async (sharing) => {
      const { world, server } = published();
      await world.do(world.engine.setSettings({ sharing }));
      await click(world, linkOf({ policyText: 'spare-origin; within=900' }));
      expect(world.view(id)).toMatchObject({ policy: 'spare-origin', delivery: { alone: 'not-sharing' } });
      const startedAtMs = world.clock.nowMs();
      const { verified } = await world.until(id, 'done');
      expect(verified).toEqual({ peerBytes: 0, originBytes: lengthBytes, hereBytes: 0 });
      expect((world.clock.nowMs() - startedAtMs) / 1_000).toBeLessThan((lengthBytes / server.rateBytesPerS) * 1.2);
      expect(world.swarm.sessions).toEqual([]);
    },
  );

  test('lets peers join what runs as soon as the user agrees, and leave when they take it back', async () => {
    const { world } = published({ originBytesPerS: 50_000 });
    await click(world, linkOf());
    await world.clock.pass(3_000);
    expect(world.swarm.sessions).toEqual([]);
    await shares(world);
    await world.clock.pass(1_000);
    expect(world.view(id)).toMatchObject({ peersConnected: 1, delivery: { alone: null } });
    await world.do(world.engine.setSettings({ sharing: 'download-only' }));
    expect(world.swarm.current(infoHash)).toBeNull();
    const { peerBytes } = world.view(id).verified;
    const { verified } = await world.until(id, 'done');
    expect(peerBytes + 16_384 * 4).toBeGreaterThanOrEqual(verified.peerBytes);
  });

  test('keeps the rule over a restart', async () => {
    const { world } = published({ originBytesPerS: 50_000 });
    await click(world, linkOf());
    await world.clock.pass(2_000);
    await world.restart();
    await world.clock.pass(2_000);
    expect(world.swarm.sessions).toEqual([]);
    expect(world.view(id).delivery?.alone).toBe('not-sharing');
  });

  test('has the publisher’s policy and patience, which the user may change', async () => {
    const { world } = published();
    await shares(world);
    const clickedAtMs = world.clock.nowMs();
    await click(world, linkOf({ policyText: 'spare-origin; within=900' }));
    expect(world.view(id)).toMatchObject({ policy: 'spare-origin', delivery: { patience: { withinS: 900 } } });
    const { header } = readFlightLog(world.engine.flightLog(id) ?? '');
    expect(header).toMatchObject({
      policy: 'spare-origin',
      patience: { type: 'deadline', atMs: clickedAtMs + 900_000 },
    });
    await world.do(world.engine.setPatience(id, 'least-2-mb'));
    expect(world.view(id)).toMatchObject({ patience: 'least-2-mb', delivery: { patience: null } });
    await world.do(world.engine.setPolicy(id, 'peers-off'));
    expect(world.view(id).policy).toBe('peers-off');
    expect(world.swarm.current(infoHash)).toBeNull();
  });

  test('saves the file under the link’s name on a page of its own site', async () => {
    const { world } = published();
    await click(world, linkOf({ name: 'Episode 42' }), 'https://cdn.example/');
    expect(world.view(id).name).toBe('Episode 42.bin');
    expect((await world.until(id, 'done')).problems).toEqual([]);
    expect([...world.downloads.files.keys()]).toEqual(['Episode 42.bin']);
  });

  test('twice at once is one transfer', async () => {
    const { world } = published();
    const page = {
      url: null,
      isApart: false,
      clickedAtMs: world.clock.nowMs(),
      giveUpAtMs: world.clock.nowMs() + 3_000,
    };
    const both = Promise.all([world.engine.deliver(linkOf(), page), world.engine.deliver(linkOf(), page)]);
    const [first, second] = await world.do(both);
    expect(second).toEqual(first);
    expect(world.engine.views()).toHaveLength(1);
    expect(world.torrentRequests).toHaveLength(1);
  });

  test('goes on with one that was paused, and the magnet of the same makes it the user’s own', async () => {
    const { world } = published();
    await click(world, linkOf());
    await world.do(world.engine.pause(id));
    expect(await click(world, linkOf())).toMatchObject({ way: 'transfer', added: { wasThere: true, isStaged: false } });
    expect(world.view(id).state.phase).not.toBe('paused');
    await world.do(world.engine.addLink(torrent.made.magnet()));
    await world.clock.pass(1_000);
    expect(world.view(id).delivery).toBeNull();
    expect(world.swarm.current(infoHash)).not.toBeNull();
  });

  test('on one that was taken off the list brings it back, without a swarm before the user agrees', async () => {
    const { world } = published({ originBytesPerS: 100_000 });
    await world.do(world.engine.addLink(torrent.made.magnet({ webSeeds: [FILE] })));
    world.swarm.knows(infoHash, torrent.info.infoBytes);
    await world.until(id, 'downloading');
    await world.clock.pass(2_000);
    await world.do(world.engine.remove(id, false));
    expect(await click(world, linkOf())).toMatchObject({
      way: 'transfer',
      added: { wasThere: false, isStaged: false },
    });
    await world.clock.pass(500);
    expect(world.swarm.current(infoHash)).toBeNull();
    expect((await world.until(id, 'done')).verified.originBytes).toBeGreaterThan(0);
  });
});

describe('the file is downloaded as any other', () => {
  /** Nothing is left of a click that became no transfer. */
  async function expectPlain(world: EngineWorld, link = linkOf(), url: string | null = 'https://news.example/') {
    expect(await click(world, link, url)).toEqual({ way: 'plain' });
    expect(world.engine.views()).toEqual([]);
    expect(await world.records.all()).toEqual([]);
    expect(world.swarm.sessions).toEqual([]);
  }

  test.each<[string, Partial<PublishedLink>]>([
    ['when there is no torrent', { torrentUrl: 'https://cdn.example/none.torrent' }],
    ['when the torrent is on another site', { torrentUrl: 'https://news.example/file.bin.torrent' }],
    ['when the torrent is named without https', { fileUrl: 'http://cdn.example/file.bin' }],
    ['when the file is not there', { fileUrl: 'https://cdn.example/none.bin' }],
    ['when the file’s address is that of a folder', { fileUrl: 'https://cdn.example/' }],
  ])('%s', async (_name, link) => {
    const { world, server } = published();
    server.files.set('/', torrent.payload);
    world.serveTorrent('https://news.example/file.bin.torrent', torrent);
    await expectPlain(world, linkOf(link));
  });

  test.each<[string, SmallTorrent]>([
    ['when the torrent is of a file of another length', other],
    ['when the torrent is of a folder', folder],
  ])('%s', async (_name, of) => {
    const { world } = published();
    world.serveTorrent(TORRENT, of);
    await expectPlain(world);
  });

  test('when the torrent cannot be read', async () => {
    const { world } = published();
    world.torrents.set(TORRENT, { ok: true, bytes: new TextEncoder().encode('d4:infoi1ee') });
    await expectPlain(world);
  });

  test.each(['https://evil.example/x.torrent', 'http://cdn.example/x.torrent', 'http://127.0.0.1/x.torrent'])(
    'when the torrent’s address leads to %s',
    async (movedTo) => {
      const { world } = published();
      world.torrents.set(TORRENT, { ok: true, bytes: torrent.made.torrentBytes, movedTo });
      await expectPlain(world);
    },
  );

  test.each([
    ['the torrent', 20_000, 20],
    ['the file’s server', 100, 20_000],
  ])('when %s does not answer within 1.5 s', async (_name, torrentLatencyMs, latencyMs) => {
    const { world, server } = published();
    world.torrentLatencyMs = torrentLatencyMs;
    server.latencyMs = latencyMs;
    const startedAtMs = world.clock.nowMs();
    await expectPlain(world);
    expect(world.clock.nowMs() - startedAtMs).toBeLessThan(1_600);
  });

  test('when the engine had no time left after its start', async () => {
    const { world } = published();
    const page = { url: null, isApart: false, clickedAtMs: world.clock.nowMs(), giveUpAtMs: world.clock.nowMs() + 50 };
    expect(await world.do(world.engine.deliver(linkOf(), page))).toEqual({ way: 'plain' });
    expect(world.engine.views()).toEqual([]);
  });

  test('when there is no room for a second copy', async () => {
    const { world } = published();
    world.store.disk.roomBytes = lengthBytes;
    await expectPlain(world);
  });

  test('when its address is too long for an origin', async () => {
    const { world, server } = published();
    const long = `/${'x'.repeat(8_000)}`;
    server.files.set(long, torrent.payload);
    await expectPlain(world, linkOf({ fileUrl: `https://cdn.example${long}` }));
  });

  test('when a transfer of it has failed', async () => {
    const { world } = published();
    await click(world, linkOf());
    await world.until(id, 'downloading');
    world.store.disk.roomBytes = 0;
    await world.until(id, 'failed');
    world.store.disk.roomBytes = Number.POSITIVE_INFINITY;
    expect(await click(world, linkOf())).toEqual({ way: 'plain' });
  });

  test('when a public page points into the local network', async () => {
    const { world } = published();
    world.store.web.server('192.168.0.1').files.set('/file.bin', torrent.payload);
    world.serveTorrent('https://192.168.0.1/t', torrent);
    await expectPlain(world, linkOf({ fileUrl: 'https://192.168.0.1/file.bin', torrentUrl: 'https://192.168.0.1/t' }));
  });

  test('when it was saved before: whoever clicks again wants it again', async () => {
    const { world } = published();
    await click(world, linkOf());
    await world.until(id, 'done');
    expect(await click(world, linkOf())).toEqual({ way: 'plain' });
    expect(world.engine.views()).toHaveLength(1);
  });
});

describe('the sources of such a torrent', () => {
  const lan = { fileUrl: 'http://192.168.0.9/file.bin', torrentUrl: 'http://192.168.0.9/t' };

  test('lead a public page nowhere into the local network', async () => {
    const { world } = published({ of: inward });
    await click(world, linkOf());
    const [record] = await world.records.all();
    expect(record).toMatchObject({
      trackers: ['wss://tracker.example'],
      origins: [FILE, 'https://mirror.example/file.bin'],
    });
  });

  test('may lead a page of the local network there', async () => {
    const { world } = published({ of: inward });
    world.store.web.server('192.168.0.9').files.set('/file.bin', inward.payload);
    world.serveTorrent(lan.torrentUrl, inward);
    await click(world, linkOf(lan), 'http://192.168.0.9/page');
    const [record] = await world.records.all();
    expect(record?.trackers).toHaveLength(4);
    expect(record?.origins).toHaveLength(4);
  });
});

describe('reports', () => {
  const nonce = '00112233445566778899aabbccddeeff';
  const pieces = [3, 0, torrent.info.pieceCount - 1];

  /** The publisher takes reports, and the user agreed to send them. `chance` says which are compared with. */
  async function reported({ sendReports = true, chance = 0.5, answers = [] as WebAnswer[], challenge = true } = {}) {
    const { world, server } = published();
    world.chance = () => chance;
    const edge = world.store.web.server('edge.example');
    const reports: DeliveryReport[] = [];
    if (challenge) {
      const text = JSON.stringify({ nonce, pieces });
      edge.files.set(`/of/mine/api/challenge?info_hash=${infoHash}`, new TextEncoder().encode(text));
    }
    edge.answer = ({ url, init }) => {
      if (init.method !== 'POST') return null;
      expect(url).toBe(`${EDGE}/api/report`);
      expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', mode: 'no-cors' });
      reports.push(JSON.parse(String(init.body)));
      return answers.shift() ?? { status: 204 };
    };
    await world.do(world.engine.setSettings({ sharing: 'share', sendReports }));
    return { world, server, edge, reports };
  }

  test('tell how it went, with a proof from the pieces that are here', async () => {
    const { world, reports } = await reported();
    const clickedAtMs = world.clock.nowMs();
    await click(world, linkOf({ reportUrl: EDGE }));
    expect(world.view(id).delivery).toMatchObject({ alone: null, reportsTo: 'edge.example' });
    const { verified } = await world.until(id, 'done');
    const tookS = (world.clock.nowMs() - clickedAtMs) / 1_000;
    await world.clock.pass(5_000);
    const hash = createHash('sha256').update(Buffer.from(nonce, 'hex'));
    for (const piece of pieces) hash.update(torrent.pieceBytes(piece));
    expect(reports).toEqual([
      {
        infoHash,
        cohort: 'mixed',
        result: 'completed',
        originBytes: verified.originBytes,
        peerBytes: verified.peerBytes,
        uploadedBytes: 0,
        seconds: expect.closeTo(tookS, 0),
        proof: { nonce, digest: hash.digest('hex') },
      },
    ]);
    expect(verified.peerBytes).toBeGreaterThan(0);
    expect(world.view(id).delivery?.reportsTo).toBeNull();
  });

  test('have no proof where the edge asks for none, also when the copy is dropped at once', async () => {
    const { world, reports } = await reported({ challenge: false });
    await world.do(world.engine.setSettings({ sharing: 'download-only' }));
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.until(id, 'done');
    await world.clock.pass(2_000);
    expect(reports).toMatchObject([{ cohort: 'mixed', peerBytes: 0, originBytes: lengthBytes, proof: null }]);
  });

  test('prove it also for whoever does not share, before the copy goes', async () => {
    const { world, reports } = await reported();
    await world.do(world.engine.setSettings({ sharing: 'download-only' }));
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.until(id, 'done');
    await world.clock.pass(2_000);
    expect(reports[0]?.proof?.nonce).toBe(nonce);
    const [record] = await world.records.all();
    expect(record?.isStored).toBe(false);
  });

  test('are never sent by whoever has not agreed, or no longer', async () => {
    const { world, edge } = await reported({ sendReports: false });
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.do(world.engine.setSettings({ sendReports: true }));
    await world.until(id, 'done');
    await world.clock.pass(30_000);
    expect(edge.requests).toEqual([]);

    const later = await reported();
    await click(later.world, linkOf({ reportUrl: EDGE }));
    await later.world.do(later.world.engine.setSettings({ sendReports: false }));
    await later.world.until(id, 'done');
    await later.world.clock.pass(30_000);
    expect(later.edge.requests).toEqual([]);
  });

  test.each<[string, string | null, boolean]>([
    ['from a private window', 'https://news.example/', true],
    ['by http', 'http://edge.example', false],
  ])('are never sent %s', async (_name, where, isApart) => {
    const { world, edge } = await reported();
    const link = linkOf({ reportUrl: isApart ? EDGE : where });
    const page = {
      url: 'https://news.example/',
      isApart,
      clickedAtMs: world.clock.nowMs(),
      giveUpAtMs: world.clock.nowMs() + 3_000,
    };
    await world.do(world.engine.deliver(link, page));
    await world.until(id, 'done');
    await world.clock.pass(30_000);
    expect(edge.requests).toEqual([]);
  });

  test.each<[string, WebAnswer[], number]>([
    ['once more when nobody answered', [{ isUnreachable: true }], 2],
    ['no third time', [{ isUnreachable: true }, { isUnreachable: true }, { isUnreachable: true }], 2],
    ['not again when the edge refused it', [{ status: 409 }], 1],
  ])('are sent %s', async (_name, answers, expected) => {
    const { world, reports } = await reported({ answers });
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.until(id, 'done');
    await world.clock.pass(60_000);
    expect(reports).toHaveLength(expected);
    expect(new Set(reports.map((report) => JSON.stringify(report))).size).toBe(1);
  });

  test('leave pauses out of the time', async () => {
    const { world, reports } = await reported();
    const clickedAtMs = world.clock.nowMs();
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.clock.pass(1_000);
    await world.do(world.engine.pause(id));
    await world.clock.pass(500_000);
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    const tookS = (world.clock.nowMs() - clickedAtMs) / 1_000 - 500;
    await world.clock.pass(2_000);
    expect(reports[0]?.seconds).toBeGreaterThan(1);
    expect(Math.abs((reports[0]?.seconds ?? 0) - tookS)).toBeLessThan(1);
  });

  test('tell of one that the user took off the list, and of one that failed, once', async () => {
    const { world, reports } = await reported();
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.clock.pass(1_000);
    await world.do(world.engine.remove(id, true));
    await world.clock.pass(1_000);
    expect(reports).toMatchObject([{ result: 'cancelled', proof: null }]);

    const failing = await reported();
    await click(failing.world, linkOf({ reportUrl: EDGE }));
    await failing.world.until(id, 'downloading');
    failing.world.store.disk.roomBytes = 0;
    await failing.world.until(id, 'failed');
    await failing.world.do(failing.world.engine.remove(id, true));
    await failing.world.clock.pass(1_000);
    expect(failing.reports).toMatchObject([{ result: 'failed', proof: null }]);
  });

  test('of one to compare with come from the origin alone, for good', async () => {
    const { world, reports } = await reported({ chance: 0 });
    await click(world, linkOf({ reportUrl: EDGE, policyText: 'spare-origin' }));
    expect(world.view(id)).toMatchObject({ policy: 'peers-off', delivery: { alone: 'compared' } });
    const { verified } = await world.until(id, 'done');
    await world.clock.pass(5_000);
    expect(verified).toEqual({ peerBytes: 0, originBytes: lengthBytes, hereBytes: 0 });
    expect(world.swarm.sessions).toEqual([]);
    expect(reports).toMatchObject([{ cohort: 'control', peerBytes: 0, originBytes: lengthBytes }]);
  });

  test('end where the user chooses another policy for one to compare with', async () => {
    const { world, edge } = await reported({ chance: 0 });
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.do(world.engine.setPolicy(id, 'fastest'));
    expect(world.view(id)).toMatchObject({ policy: 'fastest', delivery: { alone: null, reportsTo: null } });
    expect((await world.until(id, 'done')).verified.peerBytes).toBeGreaterThan(0);
    await world.clock.pass(30_000);
    expect(edge.requests).toEqual([]);
  });

  test('to an edge that never answers hold nothing up', async () => {
    const { world, edge } = await reported();
    edge.latencyMs = 10_000_000;
    await click(world, linkOf({ reportUrl: EDGE }));
    await world.until(id, 'done');
    expect(world.notified).toEqual([id]);
    await world.do(world.engine.remove(id, false));
    expect(world.engine.views()).toEqual([]);
  });
});
