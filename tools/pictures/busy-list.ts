import type { TransferId } from '../../src/model/ids.ts';
import { TransferList } from '../../test/e2e/transfer-list.ts';
import type { BrowserDriver } from '../../test/support/browser-driver.ts';
import type { Lab } from '../../test/support/lab.ts';
import { makeTorrent, type TorrentInput } from '../../test/support/make-torrent.ts';
import { pseudoRandomBytes } from '../../test/support/payload.ts';
import { waitUntil } from '../../test/support/wait-until.ts';

const MB = 1_000_000;
/** A machine with other work is many times slower. */
const PATIENT = { timeoutMs: 240_000 };
const FILM_NAME = 'The Long River (2026) 4K.mkv';

type Sources = { readonly peerBytesPerS: number | null; readonly originBytesPerS: number | null };

export type BusyList = {
  /** The large transfer that is half here. */
  readonly film: TransferId;
  /** Has it come so slowly from now on that it is there for minutes. */
  readonly slowDown: () => Promise<void>;
};

/** Fills the list with real transfers of every good kind: running, paused and done, from peers and from origins. */
export async function fillBusyList(lab: Lab, browser: BrowserDriver): Promise<BusyList> {
  const tracker = await lab.tracker();
  const origin = await lab.origin();
  const swarm = await lab.swarm();
  const list = await TransferList.open(browser);
  await list.startAtOnce();

  const add = async (name: string, content: TorrentInput['content'], { peerBytesPerS, originBytesPerS }: Sources) => {
    const isFolder = !(content instanceof Uint8Array);
    const files = isFolder ? content : [{ path: [name], bytes: content }];
    for (const { path, bytes } of files) {
      const place = `/files/${isFolder ? `${name}/` : ''}${path.join('/')}`;
      origin.serve(place, bytes);
      origin.behave(
        place,
        originBytesPerS === null ? { failsWith: { status: 404 } } : { rateBytesPerS: originBytesPerS },
      );
    }
    const announce = peerBytesPerS === null ? [] : [tracker.wsUrl];
    const urlList = originBytesPerS === null ? [] : [`${origin.url}/files/`];
    const pieceLengthBytes = name === FILM_NAME ? 2 ** 19 : 2 ** 18; // its map is shown whole
    const torrent = makeTorrent({ name, content, pieceLengthBytes, announce, urlList });
    const seeding =
      peerBytesPerS !== null && swarm.seed({ torrent, trackers: announce, uploadBytesPerS: peerBytesPerS });
    const seeder = (await seeding) || null;
    origin.serve(`/${torrent.infoHash}.torrent`, torrent.torrentBytes);
    await list.add(`${origin.url}/${torrent.infoHash}.torrent`);
    return { id: torrent.infoHash, torrent, seeder };
  };
  const bytes = (seed: number, lengthBytes: number) => pseudoRandomBytes(seed, lengthBytes);
  const folder = (seed: number, names: readonly string[], lengthBytes: number) =>
    names.map((name, nth) => ({ path: [name], bytes: bytes(seed + nth, lengthBytes) }));

  const manual = await add('Handbook of hydrology.pdf', bytes(1, 18.2 * MB), {
    peerBytesPerS: null,
    originBytesPerS: 40 * MB,
  });
  await list.untilDone(manual.id, PATIENT);
  const sounds = await add('Field recordings, summer 2026.zip', bytes(2, 46.5 * MB), {
    peerBytesPerS: 24 * MB,
    originBytesPerS: 12 * MB,
  });
  await list.untilDone(sounds.id, PATIENT);
  const sheets = Array.from({ length: 12 }, (_, nth) => `Sheet ${nth + 1}.tif`);
  const maps = await add('River maps 1890–1914', folder(20, sheets, 6.1 * MB), {
    peerBytesPerS: 5 * MB,
    originBytesPerS: 5 * MB,
  });
  await list.until(maps.id, ({ percent }) => percent >= 38, PATIENT);
  await list.press(maps.id, 'Pause');
  await list.until(maps.id, ({ state }) => state === 'paused', PATIENT);
  const talks = await add('Open lectures on water, season 2', folder(50, ['1.mp4', '2.mp4', '3.mp4'], 48 * MB), {
    peerBytesPerS: null,
    originBytesPerS: 1.6 * MB,
  });
  const film = await add(FILM_NAME, bytes(80, 240 * MB), {
    peerBytesPerS: 4.5 * MB,
    originBytesPerS: 3.5 * MB,
  });
  await list.until(talks.id, ({ percent }) => percent >= 10, PATIENT);
  await list.until(film.id, ({ percent }) => percent >= 38, PATIENT);
  // Somebody else wants the recordings, and only this browser has them now.
  await sounds.seeder?.leave();
  const friend = await swarm.leech({ torrent: sounds.torrent, trackers: [tracker.wsUrl] });
  await waitUntil(async () => (await friend.stats()).progress > 0.1, { ...PATIENT, what: 'an upload' });
  return {
    film: film.id as TransferId,
    slowDown: async () => {
      await film.seeder?.throttleUpload(0.3 * MB);
      origin.behave(`/files/${FILM_NAME}`, { rateBytesPerS: 0.2 * MB });
    },
  };
}
