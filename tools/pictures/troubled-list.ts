import { TransferList } from '../../test/e2e/transfer-list.ts';
import type { BrowserDriver } from '../../test/support/browser-driver.ts';
import type { Lab } from '../../test/support/lab.ts';
import { makeTorrent } from '../../test/support/make-torrent.ts';
import { pseudoRandomBytes } from '../../test/support/payload.ts';

const MB = 1_000_000;
/** A machine with other work is many times slower. */
const PATIENT = { timeoutMs: 240_000 };
const PIECE_LENGTH_BYTES = 2 ** 18;

/**
 * Chromium then finds the lab behind names that a user could meet, and nothing else in the world.
 * @see https://source.chromium.org/chromium/chromium/src/+/main:net/dns/mapped_host_resolver.h
 */
export async function namesForLab(lab: Lab): Promise<string[]> {
  const { host: origin } = new URL((await lab.origin()).url);
  const { host: tracker } = new URL((await lab.tracker()).wsUrl);
  const rules = [
    `MAP example.org:80 ${origin}`,
    `MAP tracker.example.org:80 ${tracker}`,
    'MAP * ~NOTFOUND',
    'EXCLUDE 127.0.0.1',
  ];
  return [`--host-resolver-rules=${rules.join(',')}`];
}

/** Fills the list with real transfers that have something to explain. Needs {@link namesForLab}. */
export async function fillTroubledList(lab: Lab, browser: BrowserDriver): Promise<void> {
  const tracker = await lab.tracker();
  const origin = await lab.origin();
  const swarm = await lab.swarm();
  const list = await TransferList.open(browser);
  await list.startAtOnce();
  const makeFile = (seed: number, name: string, lengthBytes: number) =>
    makeTorrent({ name, content: pseudoRandomBytes(seed, lengthBytes), pieceLengthBytes: PIECE_LENGTH_BYTES });

  const survey = makeFile(1, 'Survey of the old harbour, sheet 14 of 36, hand-coloured, second edition.tif', 64 * MB);
  origin.serve('/survey.tif', survey.payload);
  const lies = { startByte: PIECE_LENGTH_BYTES, endByte: 2 * PIECE_LENGTH_BYTES };
  origin.behave('/survey.tif', { rateBytesPerS: 3 * MB, lies });
  await swarm.seed({ torrent: survey, trackers: [tracker.wsUrl], uploadBytesPerS: 2 * MB });
  const surveyLink = { trackers: [tracker.wsUrl], webSeeds: ['http://example.org/survey.tif'] };

  const letters = makeFile(2, 'Letters from the lighthouse.zip', 9 * MB);
  const concert = makeFile(3, 'Concert at the mill, 12 June.flac', 9 * MB);

  await list.add(concert.magnet({ trackers: ['udp://tracker.example.org:1337', 'udp://tracker.example.net:6969'] }));
  await list.until(concert.infoHash, ({ text }) => text.includes('UDP'), PATIENT);
  await list.add(letters.magnet({ trackers: ['ws://tracker.example.org'] }));
  await list.until(letters.infoHash, ({ text }) => text.includes('Nobody else'), PATIENT);
  await list.add('http://example.org/atlas-of-rivers.torrent');
  await list.until('atlas-of-rivers.torrent', ({ state }) => state === 'failed', PATIENT);
  await list.add(survey.magnet(surveyLink));
  await list.until(survey.infoHash, ({ text }) => text.includes('damaged'), PATIENT);
  await list.until(survey.infoHash, ({ percent }) => percent >= 35, PATIENT);
}
