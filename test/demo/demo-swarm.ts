import type { Lab } from '../support/lab.ts';
import { type MadeTorrent, makeTorrent, type TorrentInput } from '../support/make-torrent.ts';
import type { OriginServer } from '../support/origin-server.ts';
import { sha256Hex } from '../support/payload.ts';
import { type DemoLink, demoPage } from './page.ts';
import { riverPicture } from './river-picture.ts';

export type DemoFile = { readonly name: string; readonly sha256: string };
export type DemoSwarm = {
  readonly pageUrl: string;
  /** What the first link of the page brings. */
  readonly mainFile: DemoFile;
};

const PIECE_LENGTH_BYTES = 2 ** 18;
/** Each source is slow enough that the other has its part, and quick enough that nobody waits long. */
const PEER_BYTES_PER_S = 2 * 2 ** 20;
const ORIGIN_BYTES_PER_S_AND_CONNECTION = 2 * 2 ** 20;

/** Starts all that the demo page links to: a tracker, a peer for each torrent, an honest web server and one that lies. */
export async function startDemoSwarm(lab: Lab): Promise<DemoSwarm> {
  const tracker = await lab.tracker();
  const swarm = await lab.swarm();
  const origin = await lab.origin();
  const liar = await lab.anotherOrigin();
  const slow = { rateBytesPerS: ORIGIN_BYTES_PER_S_AND_CONNECTION };
  origin.behave('*', slow);

  const share = async (name: string, content: TorrentInput['content'], server: OriginServer, folder = '') => {
    const files = content instanceof Uint8Array ? [{ path: [name], bytes: content }] : content;
    for (const { path, bytes } of files) server.serve(`/files/${folder}${path.join('/')}`, bytes);
    const urlList = [folder === '' ? `${server.url}/files/${encodeURIComponent(name)}` : `${server.url}/files/`];
    const announce = [tracker.wsUrl];
    const torrent = makeTorrent({ name, content, pieceLengthBytes: PIECE_LENGTH_BYTES, announce, urlList });
    await swarm.seed({ torrent, trackers: announce, uploadBytesPerS: PEER_BYTES_PER_S });
    return { torrent, magnet: torrent.magnet({ webSeeds: urlList }) };
  };
  const linkTo = ({ payload }: MadeTorrent, href: string, seed: number): DemoLink => {
    const pictureUrl = `/picture-${seed}.bmp`;
    origin.serve(pictureUrl, riverPicture(seed, 480, 360), 'image/bmp');
    return { href, pictureUrl, lengthBytes: payload.length };
  };

  const river = await share('River in the evening.bmp', riverPicture(1, 3264, 2448), origin);
  const brook = await share('Brook at noon.bmp', riverPicture(2, 2048, 1536), origin);
  const pictures = [3, 4, 5, 6].map((seed) => ({ path: [`${seed - 2}.bmp`], bytes: riverPicture(seed, 1024, 768) }));
  const readMe = new TextEncoder().encode('Four rivers, painted for the demo of Rivulet.\n');
  const folder = [...pictures, { path: ['Read me.txt'], bytes: readMe }];
  const rivers = await share('Four small rivers', folder, origin, 'Four small rivers/');
  const muddy = await share('Muddy river.bmp', riverPicture(7, 2048, 1536), liar);
  const lies = { startByte: PIECE_LENGTH_BYTES, endByte: 2 * PIECE_LENGTH_BYTES };
  liar.behave('*', { ...slow, lies });
  origin.serve('/brook.torrent', brook.torrent.torrentBytes);
  origin.serve('/rivers.torrent', rivers.torrent.torrentBytes);

  const links = {
    main: linkTo(river.torrent, river.magnet, 1),
    torrentFile: linkTo(brook.torrent, '/brook.torrent', 2),
    folder: linkTo(rivers.torrent, '/rivers.torrent', 3),
    liar: linkTo(muddy.torrent, muddy.magnet, 7),
  };
  origin.servePage('/', demoPage(links));
  const mainFile = { name: river.torrent.name, sha256: sha256Hex(river.torrent.payload) };
  return { pageUrl: `${origin.url}/`, mainFile };
}
