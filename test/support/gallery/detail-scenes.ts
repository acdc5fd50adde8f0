import type { TransferView } from '../../../src/model/transfer-view.ts';
import {
  DETAILS,
  type DetailWorld,
  FILES,
  manyFiles,
  origin,
  peer,
  sampleRuns,
  TROUBLE,
  tracker,
  WORLD,
} from './detail-world.ts';
import { doneView, GB, metadataView, pausedView, sampleView } from './sample-view.ts';

export type DetailScene = {
  readonly view: TransferView;
  readonly world: DetailWorld;
  readonly isEngineGone: boolean;
  readonly isRightToLeft: boolean;
};

const scene = (view: TransferView, world: Partial<DetailWorld> = {}, more: Partial<DetailScene> = {}): DetailScene => ({
  view,
  world: { ...WORLD, ...world, details: { ...DETAILS, ...world.details } },
  isEngineGone: false,
  isRightToLeft: false,
  ...more,
});

const VIEW = sampleView(0, {
  name: 'Big Buck Bunny (2008)',
  files: FILES.length,
  site: 'archive.org',
  uploadedBytes: 12_400_000,
  uploadBytesPerS: 121_000,
});
const LONG = `${'averylongnamewithoutanyspace_'.repeat(6)}example.org`;

/** Details of one transfer. The key is the name of the picture. */
export const DETAIL_SCENES: Readonly<Record<string, DetailScene>> = {
  one: scene(VIEW),
  trouble: scene(
    { ...VIEW, peersConnected: 0, originsUsable: 0, peerBytesPerS: 0, originBytesPerS: 0, secondsLeft: null },
    { details: { diagnosis: TROUBLE } },
  ),
  paused: scene(pausedView(0, { policy: 'spare-origin', label: 'Linux' }), {
    details: { diagnosis: [{ code: 'paused-by-user' }] },
  }),
  done: scene(doneView(0, { isSeeding: true, uploadedBytes: 0.7 * GB }), {
    details: {
      diagnosis: [{ code: 'done' }],
      pieces: {
        count: 40,
        lengthBytes: 16_777_216,
        runs: [
          [3, 30],
          [4, 10],
        ],
        rarestCopies: null,
      },
    },
    files: FILES.map((file, nth) => ({
      ...file,
      priority: 'normal',
      hereBytes: file.lengthBytes,
      isSaved: true,
      downloadId: nth,
    })),
  }),
  empty: scene(metadataView(0), {
    details: {
      diagnosis: [{ code: 'metadata-missing' }],
      sources: { peers: [], origins: [], trackers: [] },
      pieces: null,
      speeds: {
        recent: { untilMs: 0, everyS: 1, fromPeers: [], fromOrigins: [], uploaded: [] },
        day: { untilMs: 0, everyS: 60, fromPeers: [], fromOrigins: [], uploaded: [] },
      },
      log: [],
      ledger: {
        verified: { peerBytes: 0, originBytes: 0, hereBytes: 0 },
        offload: 0,
        hosts: [],
        peers: [],
        otherHostsBytes: 0,
        otherPeersBytes: 0,
        uploadedBytes: 0,
        vouchedBytes: 0,
        wastedBytes: { duplicate: 0, 'failed-hash': 0, 'thrown-away': 0, unwanted: 0 },
      },
    },
    files: null,
  }),
  'engine-gone': scene(VIEW, {}, { isEngineGone: true }),
  'long-names': scene(
    { ...VIEW, name: `${LONG}.mkv`, label: 'A label that is as long as a label may be, and a little' },
    {
      details: {
        sources: {
          peers: [peer(0, { client: LONG.slice(0, 60) }), peer(5, { client: 'invoice\u202efdp.exe' })],
          origins: [
            origin(
              `https://${'long-name.'.repeat(6)}example.org/${LONG}`,
              {},
              { lastFault: { fault: 'wrong-length', status: null }, changedFiles: 3 },
            ),
          ],
          trackers: [
            tracker(`wss://${'tracker.'.repeat(8)}example.org/announce`, {
              state: 'failing',
              lastError: { code: 'said', text: `<b>${'Your client is not allowed here. '.repeat(4)}</b>` },
            }),
          ],
        },
      },
      files: [...FILES.slice(0, 2), { ...FILES[2], path: [LONG, LONG, `${LONG}.mkv`] } as (typeof FILES)[number]],
    },
  ),
  'right-to-left': scene({ ...VIEW, name: 'ألف ليلة وليلة – المجلد الأول' }, {}, { isRightToLeft: true }),
  'many-pieces': scene(VIEW, {
    details: { pieces: { count: 50_000, lengthBytes: 262_144, runs: sampleRuns(50_000), rarestCopies: 1 } },
  }),
  'many-files': scene({ ...VIEW, files: 20_000 }, { files: manyFiles(20_000) }),
};
