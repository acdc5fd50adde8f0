import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input, Reply } from '../../src/model/commands.ts';
import { DETAIL_PARTS, type TransferDetails } from '../../src/model/transfer-details.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';

/** What an extension page is told that asks for everything about a transfer; null before there is such a transfer. */
async function detailsOf({ browser, list }: World, id: string): Promise<TransferDetails | null> {
  const input = { id, parts: DETAIL_PARTS } as unknown as Input<'transfer.details'>;
  const message = { to: 'background', kind: 'command', command: 'transfer.details', input };
  const text = await browser.evaluate(
    list.tab,
    async (sent: string) => JSON.stringify(await chrome.runtime.sendMessage(JSON.parse(sent))),
    JSON.stringify(message),
  );
  const reply = JSON.parse(text) as Reply<'transfer.details'>;
  if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
  return reply.output.details;
}

/** Waits until the details say something. */
const untilTold = <Told>(
  world: World,
  id: string,
  told: (details: TransferDetails) => Told | null | false | undefined,
) =>
  waitUntil(
    async () => {
      const details = await detailsOf(world, id);
      return details !== null && told(details);
    },
    { timeoutMs: 30_000 },
  );

/** Tells a tracker of a seed that no browser can reach, as other programs do. */
async function announceSeed(httpUrl: string, infoHash: string, peer: number): Promise<void> {
  const query = `info_hash=${infoHash.replace(/../g, '%$&')}&peer_id=-XX0000-00000000000${peer}&port=688${peer}`;
  await fetch(`${httpUrl}?${query}&uploaded=0&downloaded=0&left=0&compact=1&event=started`);
}

describe.each(BROWSERS)('the details of a transfer in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  test('show its peer, its origin, its trackers, and the seeds that another program has', async () => {
    const { lab, list, site } = world;
    const [tracker, dead, swarm] = await Promise.all([lab.tracker(), lab.anotherTracker(), lab.swarm()]);
    const counting = await lab.anotherTracker();
    await dead.close();
    const torrent = world.newTorrent(16 * MIB, { announce: [tracker.wsUrl, dead.wsUrl, counting.httpUrl] });
    for (const peer of [1, 2, 3]) await announceSeed(counting.httpUrl, torrent.infoHash, peer);
    site.serve('/details.bin', torrent.payload);
    site.behave('/details.bin', { rateBytesPerS: 100 * KIB });
    const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl], uploadBytesPerS: 200 * KIB });
    const trackers = [tracker.wsUrl, dead.wsUrl, counting.httpUrl, 'udp://127.0.0.1:9'];
    await world.clickLink(torrent.magnet({ trackers, webSeeds: [`${site.url}/details.bin`] }));

    await list.until(torrent.infoHash, ({ peerBytes, originBytes }) => peerBytes > 0 && originBytes > 0);
    const { sources, pieces, speeds, log, ledger, diagnosis } = await untilTold(world, torrent.infoHash, (details) => {
      const [, failing, http] = details.sources?.trackers ?? [];
      return (
        failing?.state === 'failing' &&
        http?.seeds === 3 &&
        (details.speeds?.recent.fromPeers.length ?? 0) > 2 &&
        details
      );
    });

    expect(sources?.peers).toEqual([
      expect.objectContaining({ has: 1, isChokingUs: false, isChokedByUs: true, isInteresting: true, upBytes: 0 }),
    ]);
    expect(sources?.peers[0]?.client).toMatch(/\S/);
    expect(sources?.peers[0]?.downBytes).toBeGreaterThan(0);
    expect(sources?.origins).toMatchObject([{ health: { state: 'usable', faults: {} }, lastFault: null }]);
    expect(sources?.trackers).toMatchObject([
      { kind: 'websocket', state: 'working', lastError: null },
      { kind: 'websocket', state: 'failing', lastError: { code: 'unreachable' } },
      { kind: 'http', state: 'counts-only', seeds: 3, peers: 0 },
      { kind: 'udp', state: 'not-in-browsers', seeds: null },
    ]);
    expect(sources?.trackers[0]?.lastAnswerAtMs).toBeGreaterThan(Date.now() - 600_000);
    expect(pieces?.runs.reduce((sum, [, count]) => sum + count, 0)).toBe(pieces?.count);
    expect(Math.max(...(speeds?.recent.fromPeers ?? []))).toBeGreaterThan(0);
    expect(Math.max(...(speeds?.recent.fromOrigins ?? []))).toBeGreaterThan(0);
    expect(log?.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['added', 'metadata', 'started', 'peer-joined']),
    );
    expect(ledger?.hosts).toMatchObject([{ host: new URL(site.url).host }]);
    expect(diagnosis?.map(({ code }) => code)).not.toContain('nobody-there');
    await seeder.leave();
  });

  test('say that the only tracker is dead', async () => {
    const { lab } = world;
    const dead = await lab.anotherTracker();
    await dead.close();
    const torrent = world.newTorrent(MIB, { announce: [dead.wsUrl] });
    await world.clickLink(torrent.magnet());
    const isFound = ({ diagnosis }: TransferDetails) =>
      diagnosis?.some((finding) => finding.code === 'trackers-dead' && finding.dead === 1 && finding.of === 1);
    expect(await untilTold(world, torrent.infoHash, isFound)).toBe(true);
  });
});

test('a Firefox without WebRTC is told so', async () => {
  const world = await openWorld('firefox', { firefoxPreferences: { 'media.peerconnection.enabled': false } });
  try {
    const tracker = await world.lab.tracker();
    const torrent = world.newTorrent(MIB, { announce: [tracker.wsUrl] });
    await world.clickLink(torrent.magnet());
    const isFound = ({ diagnosis }: TransferDetails) => diagnosis?.find(({ code }) => code === 'webrtc-blocked');
    expect(await untilTold(world, torrent.infoHash, isFound)).toEqual({ code: 'webrtc-blocked', why: 'missing' });
  } finally {
    await world.close();
  }
});
