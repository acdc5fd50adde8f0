import { TransferList } from '../../test/e2e/transfer-list.ts';
import type { BrowserDriver } from '../../test/support/browser-driver.ts';
import type { Lab } from '../../test/support/lab.ts';
import { makeTorrent } from '../../test/support/make-torrent.ts';
import { riverFilm } from './river-film.ts';
import { openSharp, type SharpPage } from './sharp-picture.ts';

const KB = 1_000;
const SUBTITLES =
  '1\n00:00:00,000 --> 00:01:40,000\nFrom here on the river is slow,\nand nobody has counted its bends.\n';

/** Opens a player in which a film plays while it arrives, from a peer and from an origin. */
export async function playRiver(lab: Lab, browser: BrowserDriver): Promise<SharpPage> {
  const film = await riverFilm();
  const origin = await lab.origin();
  const { wsUrl } = await lab.tracker();
  const content = [
    { path: ['Part 1 – Headwater.mp4'], bytes: film },
    { path: ['Part 1 – Headwater.en.srt'], bytes: new TextEncoder().encode(SUBTITLES) },
    { path: ['Part 2 – The valley.mp4'], bytes: film },
  ];
  const torrent = makeTorrent({
    name: 'A river, in two parts',
    content,
    pieceLengthBytes: 2 ** 17,
    announce: [wsUrl],
    urlList: [`${origin.url}/films/`],
  });
  for (const { path, bytes } of content) {
    const place = `/films/A river, in two parts/${path[0]}`;
    origin.serve(place, bytes);
    origin.behave(place, { rateBytesPerS: 300 * KB });
  }
  const swarm = await lab.swarm();
  await swarm.seed({ torrent, trackers: [wsUrl], uploadBytesPerS: 200 * KB, isTrusted: true });
  origin.serve('/river.torrent', torrent.torrentBytes);
  const list = await TransferList.open(browser);
  await list.add(`${origin.url}/river.torrent`);
  await list.until(torrent.infoHash, ({ buttons }) => buttons.includes('Play'), { timeoutMs: 60_000 });
  const player = await openSharp(browser, `player.html?id=${torrent.infoHash}&file=0`);
  const hasPlayed = () => (document.querySelector('video')?.currentTime ?? 0) > 8;
  await browser.waitFor(player.tab, hasPlayed, { timeoutMs: 120_000 });
  const write: SharpPage['write'] = async (file) => {
    await browser.evaluate(player.tab, keepAwake);
    await player.write(file);
  };
  return { ...player, write };
}

/** Runs in the page: its controls stay as long as the pointer moves. */
function keepAwake(): void {
  setInterval(() => {
    document.querySelector('.stage')?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  }, 500);
}
