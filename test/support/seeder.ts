import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { transformWithOxc } from 'vite';
import { launchChromium } from './chromium.ts';
import type { MadeTorrent } from './make-torrent.ts';
import { startOriginServer } from './origin-server.ts';
import { pageExpression, readPageOutcome } from './page-script.ts';
import type { SwarmPeerInPage, SwarmPeerPlan, SwarmPeerStats } from './swarm-page.ts';
import { waitUntil } from './wait-until.ts';

export type SeedOptions = {
  readonly torrent: MadeTorrent;
  /** WebSocket trackers to announce to, besides those in the torrent. */
  readonly trackers: readonly string[];
  /** Pieces that this peer has; all when left out. */
  readonly holds?: readonly number[];
  /** Pieces that this peer sends with every bit wrong. */
  readonly lies?: readonly number[];
  /** All pieces count as right from the beginning; else webtorrent hashes them first, as it does in a user's hands. */
  readonly isTrusted?: boolean;
  /** No limit when left out. */
  readonly uploadBytesPerS?: number;
};
export type LeechOptions = {
  /** A magnet link makes the leecher ask its peers for the metadata. */
  readonly torrent: MadeTorrent | { readonly magnet: string };
  readonly trackers: readonly string[];
  readonly uploadBytesPerS?: number;
};
export type SwarmPeer = {
  readonly stats: () => Promise<SwarmPeerStats>;
  /** Null lifts the limit. */
  readonly throttleUpload: (bytesPerS: number | null) => Promise<void>;
  /** Replaces the set of pieces that are sent wrongly. */
  readonly lieAbout: (pieces: readonly number[]) => Promise<void>;
  /** Of the bytes this peer holds, in the order of pieces. */
  readonly payloadSha256: () => Promise<string>;
  readonly untilDone: (options?: { readonly timeoutMs?: number }) => Promise<void>;
  /** Closes the page: the wires end as when a user closes a tab. */
  readonly leave: () => Promise<void>;
};
export type SwarmBrowser = {
  /** Joins a swarm as a peer that has bytes and wants none; resolves when it is ready to serve. */
  readonly seed: (options: SeedOptions) => Promise<SwarmPeer>;
  /** Joins a swarm as a peer that has nothing and wants all. */
  readonly leech: (options: LeechOptions) => Promise<SwarmPeer>;
  readonly close: () => Promise<void>;
};

/**
 * Starts a plain Chromium that is home to real webtorrent peers, each in a page of its own: peers in one page would
 * share a WebSocket to the tracker, which then takes them for one. Browsers rather than Node, because webtorrent in
 * Node seldom gets a data channel open when it is a browser that makes the offer. Browsers gather WebRTC candidates on
 * the interface of the default route only: the machine needs one, though no packet of the lab leaves it.
 */
export async function startSwarmBrowser(): Promise<SwarmBrowser> {
  const server = await startOriginServer();
  await servePeerPage(server);
  const chromium = await launchChromium();
  let peerCount = 0;

  const join = async (files: Readonly<Record<string, Uint8Array>>, plan: (folder: string) => SwarmPeerPlan) => {
    peerCount += 1;
    const folder = `/peer-${peerCount}`;
    for (const [name, bytes] of Object.entries(files)) server.serve(`${folder}/${name}`, bytes);
    const page = await chromium.newPage();
    await page.goto(`${server.url}/peer.html`);
    await call(page, 'join', plan(folder));
    for (const name of Object.keys(files)) server.remove(`${folder}/${name}`);
    return peerIn(page);
  };
  return {
    seed: ({ torrent, trackers, holds = null, lies = [], isTrusted = false, uploadBytesPerS = -1 }) =>
      join({ torrent: torrent.torrentBytes, payload: torrent.payload }, (folder) => ({
        torrentUrl: `${folder}/torrent`,
        magnet: null,
        payloadUrl: `${folder}/payload?pieceLengthBytes=${torrent.pieceLengthBytes}`,
        pieceCount: torrent.pieceCount,
        isTrusted,
        trackers,
        holds,
        lies,
        uploadBytesPerS,
      })),
    leech: ({ torrent, trackers, uploadBytesPerS = -1 }) => {
      const hasFile = 'torrentBytes' in torrent;
      return join(hasFile ? { torrent: torrent.torrentBytes } : {}, (folder) => ({
        torrentUrl: hasFile ? `${folder}/torrent` : null,
        magnet: hasFile ? null : torrent.magnet,
        payloadUrl: null,
        pieceCount: 0,
        isTrusted: false,
        trackers,
        holds: null,
        lies: [],
        uploadBytesPerS,
      }));
    },
    close: async () => {
      await chromium.close();
      await server.close();
    },
  };
}

function peerIn(page: Page): SwarmPeer {
  const stats = () => call(page, 'stats');
  return {
    stats,
    throttleUpload: (bytesPerS) => call(page, 'throttleUpload', bytesPerS ?? -1),
    lieAbout: (pieces) => call(page, 'lieAbout', pieces),
    payloadSha256: () => call(page, 'payloadSha256'),
    untilDone: async ({ timeoutMs = 30_000 } = {}) => {
      await waitUntil(async () => (await stats()).isDone, { timeoutMs, what: 'a leecher to have all pieces' });
    },
    leave: () => page.close(),
  };
}

/** Calls one function of the peer in a page. */
async function call<Name extends keyof SwarmPeerInPage>(
  page: Page,
  name: Name,
  ...args: Parameters<SwarmPeerInPage[Name]>
): Promise<Awaited<ReturnType<SwarmPeerInPage[Name]>>> {
  const run = (method: Name, values: unknown[]) => {
    const { swarmPeer } = window as unknown as { swarmPeer: Record<string, (...given: unknown[]) => unknown> };
    return swarmPeer[method]?.(...values);
  };
  const outcome = await page.evaluate<string>(pageExpression(run, [name, args]));
  return readPageOutcome<Awaited<ReturnType<SwarmPeerInPage[Name]>>>(outcome);
}

async function servePeerPage(server: Awaited<ReturnType<typeof startOriginServer>>): Promise<void> {
  const pageScript = fileURLToPath(new URL('swarm-page.ts', import.meta.url));
  const library = new URL('../../node_modules/webtorrent/dist/webtorrent.min.js', import.meta.url);
  const { code } = await transformWithOxc(readFileSync(pageScript, 'utf8'), pageScript, { lang: 'ts' });
  server.serve('/webtorrent.min.js', readFileSync(library));
  server.serve('/swarm-page.js', new TextEncoder().encode(code));
  server.servePage(
    '/peer.html',
    '<!doctype html><title>Peer</title><script type="module" src="/swarm-page.js"></script>',
  );
}
