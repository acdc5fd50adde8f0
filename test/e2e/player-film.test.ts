import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PayloadServer, startPayloadServer } from '../bench/servers/start-payload-server.ts';
import type { Tab } from '../support/browser-driver.ts';
import type { MadeTorrent } from '../support/make-torrent.ts';
import { MEDIA_KINDS, mediaFile, mediaPath } from '../support/media.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';

const KIND = 'mp4Film';
const LATENCY_MS = 50;
const PIECE = 256 * KIB;
const PEERS = 3;
const PEER_TIMES_THE_BITRATE = 1.5;
/** By then most has come from peers, however long it took to meet them. */
const PLAYED_S = 15;
const LEAST_OFFLOAD = 0.6;
/** A loaded machine is slow to begin; what it plays then is no hard work. */
const TIMEOUT = { timeoutMs: 60_000 };

type Stand = {
  readonly timeS: number;
  readonly stalls: number;
  readonly source: string;
  readonly error: string | null;
};

describe.each(BROWSERS)('a film in %s', { timeout: 150_000 }, (name) => {
  let world: World;
  let film: Uint8Array;
  let bytesPerS: number;
  const origins: PayloadServer[] = [];

  beforeAll(async () => {
    film = await mediaFile(KIND);
    bytesPerS = film.length / MEDIA_KINDS[KIND].durationS;
    world = await openWorld(name, { asksFirst: true });
  }, 150_000);
  afterAll(async () => {
    await world?.close();
    await Promise.all(origins.map((origin) => origin.close()));
  });

  /** A torrent of the film at an origin that sends so many times its bitrate, all connections together; 0 is no limit. */
  async function serve(timesTheBitrate: number, announce: readonly string[] = []): Promise<MadeTorrent> {
    const contentFile = await mediaPath(KIND);
    const origin = await startPayloadServer({ rateBytesPerS: bytesPerS * timesTheBitrate, contentFile });
    origins.push(origin);
    const fileName = `${name} ${origins.length}.mp4`;
    const urlList = [origin.urlOf(film.length, LATENCY_MS, fileName)];
    const torrent = world.newTorrent(1, {
      name: fileName,
      content: film,
      pieceLengthBytes: PIECE,
      urlList,
      announce,
    });
    world.site.serve(`/${torrent.infoHash}.torrent`, torrent.torrentBytes);
    return torrent;
  }

  /** Sends a command as a screen does. */
  const send = (command: string, input: object): Promise<{ readonly ok: boolean; readonly output?: unknown }> =>
    world.browser.evaluate(
      world.list.tab,
      (command: string, input: object) =>
        chrome.runtime.sendMessage({ to: 'background', kind: 'command', command, input }),
      command,
      input,
    );

  /** Opens the film, of which nothing is here, in a player, which makes it start. */
  async function play({ infoHash }: MadeTorrent, policy: string | null = null): Promise<Tab> {
    const { browser, site } = world;
    await send('transfer.add', { text: `${site.url}/${infoHash}.torrent` });
    const isKnown = async () => {
      const { output } = await send('transfer.files', { id: infoHash });
      return (output as { files: unknown } | undefined)?.files ?? null;
    };
    await waitUntil(isKnown, { ...TIMEOUT, what: 'the film to wait for being accepted' });
    if (policy !== null) await send('transfer.set-policy', { id: infoHash, policy });
    const tab = await browser.openExtensionPage(`player.html?id=${infoHash}&file=0`);
    await browser.waitFor(tab, () => document.querySelector('video') !== null, TIMEOUT);
    await browser.evaluate(tab, () => {
      const media = document.querySelector('video') as HTMLVideoElement;
      media.muted = true; // a browser may want a click before anything sounds
      media.dataset.stalls = '0';
      media.addEventListener('waiting', () => {
        if (media.currentTime > 0 && !media.seeking) media.dataset.stalls = String(Number(media.dataset.stalls) + 1);
      });
      // As a user does, and not over the head of the rule that says when there is enough to begin.
      document.querySelector<HTMLElement>('button[aria-label="Play"]')?.click();
    });
    return tab;
  }

  const standing = (tab: Tab): Promise<Stand> =>
    world.browser.evaluate(tab, () => {
      const { currentTime, dataset, currentSrc, error } = document.querySelector('video') as HTMLVideoElement;
      const why = error ? `${error.code} ${error.message}` : null;
      return { timeS: currentTime, stalls: Number(dataset.stalls), source: currentSrc.slice(0, 5), error: why };
    });

  /** Resolves when the element has played up to this time. */
  const until = (tab: Tab, timeS: number): Promise<Stand> =>
    waitUntil(
      async () => {
        const now = await standing(tab);
        return now.timeS >= timeS || now.error !== null ? now : null;
      },
      { ...TIMEOUT, what: `the film to be at ${timeS} s` },
    );

  const leave = async (tab: Tab, { infoHash }: MadeTorrent) => {
    await world.browser.closeTab(tab);
    await send('transfer.remove', { id: infoHash, deleteData: true });
  };
  const source = name === 'chromium' ? 'chrom' : 'blob:';

  test(`of ${Math.round(48e6 / MIB)} MiB plays in the way that is best, also after a jump`, async () => {
    const torrent = await serve(20);
    const tab = await play(torrent);
    expect(await until(tab, 2)).toMatchObject({ source, error: null });
    await world.browser.evaluate(tab, () => {
      (document.querySelector('video') as HTMLVideoElement).currentTime = 200;
    });
    expect(await until(tab, 202)).toMatchObject({ source, error: null });
    await leave(tab, torrent);
  });

  test('does not stand still when its origin is little faster than it is played', async () => {
    const torrent = await serve(1.3);
    const tab = await play(torrent);
    expect(await until(tab, 15)).toMatchObject({ stalls: 0, error: null });
    await leave(tab, torrent);
  });

  test('comes from peers when its origin is to be spared, and does not stand still', async () => {
    const { lab, list } = world;
    const [tracker, swarm] = [await lab.tracker(), await lab.swarm()];
    const torrent = await serve(0, [tracker.wsUrl]);
    const seeding = { torrent, trackers: [], isTrusted: true, uploadBytesPerS: PEER_TIMES_THE_BITRATE * bytesPerS };
    const peers = await Promise.all(Array.from({ length: PEERS }, () => swarm.seed(seeding)));
    await waitUntil(() => tracker.peerCount(torrent.infoHash) === PEERS, { ...TIMEOUT, what: 'peers at the tracker' });
    const tab = await play(torrent, 'spare-origin');
    expect(await until(tab, PLAYED_S)).toMatchObject({ stalls: 0, error: null });
    // The list lies behind the player's tab, and hears late of what has come when the machine is busy.
    const { peerBytes, originBytes } = await list.until(
      torrent.infoHash,
      (row) => row.peerBytes + row.originBytes > (PLAYED_S * bytesPerS) / 2,
    );
    expect(peerBytes / (peerBytes + originBytes)).toBeGreaterThan(LEAST_OFFLOAD);
    await leave(tab, torrent);
    await Promise.all(peers.map((peer) => peer.leave()));
  });
});
