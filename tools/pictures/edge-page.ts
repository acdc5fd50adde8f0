import { join } from 'node:path';
import { openRecords } from '../../src/edge/records/records.ts';
import { begun, DAY_MS, finished, publishedFile, reported, sent } from '../../test/edge/stats/sample-events.ts';
import { startStatsServer } from '../../test/edge/stats/start-stats-server.ts';

const DAYS = 21;
const EPISODES = [
  publishedFile(1, 'episode-41-the-source.mp4', 1.1e9),
  publishedFile(2, 'episode-42-the-rapids.mp4', 1.4e9),
  publishedFile(3, 'field-recordings-2026.zip', 4.6e8),
];

export type EdgePage = { readonly url: string; readonly close: () => Promise<void> };

/** The page of an edge that has had visitors for three weeks, with its records in `folder`. */
export async function openEdgePage(folder: string, dashboardDir: string): Promise<EdgePage> {
  const records = await openRecords({ dataDir: join(folder, 'records') });
  const server = await startStatsServer({ records, files: () => EPISODES, dashboardDir });
  const now = Date.now();
  const events = Array.from({ length: DAYS }, (_, day) => day).flatMap((day) =>
    EPISODES.flatMap((file, nth) => {
      const atMs = now - (DAYS - day) * DAY_MS + DAY_MS / 2;
      const downloads = Math.round(6 + 5 * Math.sin((day + nth * 2) / 3) + day / 3) * (3 - nth);
      const fromPeers = Math.min(0.35 + day / 50, 0.78);
      return [
        ...Array.from({ length: downloads + 2 }, () => begun(atMs, file)),
        ...Array.from({ length: downloads }, () => finished(atMs, file)),
        sent(atMs, file, Math.round(downloads * file.sizeBytes * (1 - fromPeers))),
        ...Array.from({ length: downloads }, (_, visitor) =>
          reported(atMs, file, visitor % 20 === 19 ? 'control' : 'mixed', fromPeers, 90 + ((visitor * 37) % 60)),
        ),
      ];
    }),
  );
  await server.stats.record(events);
  const close = async () => {
    await server.close();
    await records.close();
  };
  return { url: server.url, close };
}
