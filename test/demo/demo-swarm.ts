import type { Lab } from '../support/lab.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { sha256Hex } from '../support/payload.ts';
import { demoPage } from './page.ts';
import { riverPicture } from './river-picture.ts';

export type DemoFile = { readonly name: string; readonly lengthBytes: number; readonly sha256: string };
export type DemoSwarm = {
  readonly pageUrl: string;
  /** What the first link of the page brings. */
  readonly mainFile: DemoFile;
};

const MiB = 2 ** 20;
const PIECE_LENGTH_BYTES = MiB / 4;
/** Each source is slow enough that the other has its part, and quick enough that nobody waits long. */
const PEER_BYTES_PER_S = 2 * MiB;
const ORIGIN_BYTES_PER_S_AND_CONNECTION = 2 * MiB;

/** Starts everything that the demo page links to: a tracker, a peer per torrent, an honest web server and a liar. */
export async function startDemoSwarm(lab: Lab): Promise<DemoSwarm> {
  const [tracker, swarm, origin, liar] = [
    await lab.tracker(),
    await lab.swarm(),
    await lab.origin(),
    await lab.anotherOrigin(),
  ];
  for (const server of [origin, liar]) server.behave('*', { rateBytesPerS: ORIGIN_BYTES_PER_S_AND_CONNECTION });
  const trackers = [tracker.wsUrl];
  const common = { pieceLengthBytes: PIECE_LENGTH_BYTES, announce: trackers };

  const river = riverPicture(1, 3264, 2448);
  const riverTorrent = makeTorrent({ ...common, name: 'River in the evening.bmp', content: river });
  origin.serve(`/files/${riverTorrent.name}`, river);

  const brook = riverPicture(2, 2048, 1536);
  const brookName = 'Brook at noon.bmp';
  const brookTorrent = makeTorrent({
    ...common,
    name: brookName,
    content: brook,
    urlList: [`${origin.url}/files/${encodeURIComponent(brookName)}`],
  });
  origin.serve(`/files/${brookName}`, brook);
  origin.serve('/brook.torrent', brookTorrent.torrentBytes);

  const folderName = 'Four small rivers';
  const small = [3, 4, 5, 6].map((seed) => riverPicture(seed, 1024, 768));
  const folder = small.map((bytes, nth) => ({ path: [`River ${nth + 1}.bmp`], bytes }));
  const readMe = { path: ['Read me.txt'], bytes: new TextEncoder().encode('Four rivers, painted for this demo.\n') };
  const folderTorrent = makeTorrent({
    ...common,
    name: folderName,
    content: [...folder, readMe],
    urlList: [`${origin.url}/files/`],
  });
  for (const { path, bytes } of [...folder, readMe]) origin.serve(`/files/${folderName}/${path[0]}`, bytes);
  origin.serve('/rivers.torrent', folderTorrent.torrentBytes);

  const muddy = riverPicture(7, 2048, 1536);
  const muddyTorrent = makeTorrent({ ...common, name: 'Muddy river.bmp', content: muddy });
  liar.serve(`/files/${muddyTorrent.name}`, muddy);
  liar.behave(`/files/${muddyTorrent.name}`, {
    rateBytesPerS: ORIGIN_BYTES_PER_S_AND_CONNECTION,
    lies: { startByte: PIECE_LENGTH_BYTES, endByte: 2 * PIECE_LENGTH_BYTES },
  });

  for (const torrent of [riverTorrent, brookTorrent, folderTorrent, muddyTorrent]) {
    await swarm.seed({ torrent, trackers, uploadBytesPerS: PEER_BYTES_PER_S });
  }
  const addressOf = (server: { readonly url: string }, name: string) =>
    `${server.url}/files/${encodeURIComponent(name)}`;
  origin.servePage(
    '/',
    demoPage({
      main: {
        href: riverTorrent.magnet({ webSeeds: [addressOf(origin, riverTorrent.name)] }),
        lengthBytes: river.length,
      },
      torrentFile: { href: '/brook.torrent', lengthBytes: brook.length },
      folder: { href: '/rivers.torrent', lengthBytes: folderTorrent.payload.length },
      liar: {
        href: muddyTorrent.magnet({ webSeeds: [addressOf(liar, muddyTorrent.name)] }),
        lengthBytes: muddy.length,
      },
    }),
  );
  return {
    pageUrl: `${origin.url}/`,
    mainFile: { name: riverTorrent.name, lengthBytes: river.length, sha256: sha256Hex(river) },
  };
}
