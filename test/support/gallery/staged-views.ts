import type { FilePriority, FileView } from '../../../src/model/file-view.ts';
import type { FileIndex, TransferId } from '../../../src/model/ids.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import { GB, metadataView, sampleView } from './sample-view.ts';

const MB = 1_000_000;

const file = (index: number, path: string, lengthBytes: number, priority: FilePriority = 'normal'): FileView => ({
  index: index as FileIndex,
  path: path.split('/'),
  lengthBytes,
  priority,
  hereBytes: 0,
  isSaved: false,
});

const SEASON = [
  file(0, 'Season 1/Episode 1.mkv', 480 * MB),
  file(1, 'Season 1/Episode 2.mkv', 512 * MB, 'first'),
  file(2, 'Season 1/Episode 10.mkv', 498 * MB),
  file(3, 'Season 2/Episode 1.mkv', 530 * MB, 'skip'),
  file(4, 'Season 2/Subtitles/English.srt', 84_000, 'skip'),
  file(5, 'Season 2/Subtitles/العربية.srt', 91_000, 'skip'),
  file(6, 'Readme.txt', 1_200),
];
const SHADY = [
  file(0, 'Holiday.mp4 .exe', 2 * MB),
  file(1, 'invoice\u202efdp.exe', 90_000),
  file(2, 'Setup.msi', 60 * MB),
  file(3, `${'A film with a name that does not end '.repeat(4)}.mkv`, 52 * GB),
];
const MANY = Array.from({ length: 12_000 }, (_, nth) => file(nth, `shard-${nth % 40}/part-${nth}.bin`, 4 * MB));

/** An entry that waits for the user's word. */
const staged = (nth: number, change: Partial<TransferView>): TransferView =>
  sampleView(nth, {
    isStaged: true,
    state: { phase: 'choosing' },
    verified: { peerBytes: 0, originBytes: 0, hereBytes: 0 },
    site: 'archive.example',
    ...change,
  });

const sumOf = (files: readonly FileView[]) => files.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);

export const SEASON_VIEW = staged(20, {
  name: 'A series in the public domain',
  sizeBytes: sumOf(SEASON),
  files: SEASON.length,
  peersConnected: 7,
  originsUsable: 2,
});
export const SHADY_VIEW = staged(21, {
  name: `Holiday ${'with a very long name '.repeat(5)}`,
  sizeBytes: sumOf(SHADY),
  files: SHADY.length,
  peersConnected: 0,
  originsUsable: 0,
  problems: [
    { code: 'no-browser-source', udpTrackers: 4, httpTrackers: 1 },
    { code: 'local-addresses-left-out', hosts: ['192.168.1.1'] },
  ],
});
export const MANY_VIEW = staged(22, { name: 'open-data-2026', sizeBytes: sumOf(MANY), files: MANY.length });
export const UNKNOWN_VIEW = metadataView(23, { isStaged: true, site: 'archive.example' });

const FILES: ReadonlyMap<TransferId, readonly FileView[]> = new Map([
  [SEASON_VIEW.id, SEASON],
  [SHADY_VIEW.id, SHADY],
  [MANY_VIEW.id, MANY],
]);

export const filesOfScene = (id: TransferId): readonly FileView[] | null => FILES.get(id) ?? null;
