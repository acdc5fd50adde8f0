import { randomUUID } from 'node:crypto';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import type { OriginServer } from '../../support/origin-server.ts';
import { CompetitorPage } from '../competitor-page.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import { makeVirtualTorrent } from '../servers/virtual-file.ts';
import type { Workplace } from '../workplace.ts';

const KIB = 1_024;
const MIB = 1_048_576;
const CASES = [
  { latencyMs: 0, pieceLengthBytes: MIB },
  { latencyMs: 50, pieceLengthBytes: MIB },
  { latencyMs: 50, pieceLengthBytes: 256 * KIB },
] as const;
type Case = (typeof CASES)[number];

/** What ours is held to, in proportion to a plain fetch to disk. Stock loses a round trip for each of its requests. */
const LEAST_OF_PLAIN = 0.9;
const leastOfStock = ({ latencyMs }: Case): number => (latencyMs === 0 ? 2 : 4);

/** One origin and no peers: ours against a plain fetch to disk, one that hashes, and webtorrent's own web seeds. */
export function measureOrigin(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, payload, settle } = workplace;
  const [lengthBytes, stockBytes, stockLimitMs] = options.isQuick
    ? [128 * MIB, 16 * MIB, 3_000]
    : [512 * MIB, 48 * MIB, 5_000];
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);
    const competitor = await CompetitorPage.open(workplace, lab, name);

    const serve = (wanted: Case, length: number) => serveTorrent(workplace, site, wanted, length);
    const ours = (wanted: Case, length: number) => runOurTransfer(browser, list, serve(wanted, length));
    const plain = ({ latencyMs }: Case, length: number) =>
      competitor.plainFetch(payload.urlOf(length, latencyMs, `${randomUUID()}.bin`));
    const hashed = ({ latencyMs, pieceLengthBytes }: Case, length: number) =>
      competitor.hashedFetch(payload.urlOf(length, latencyMs, `${randomUUID()}.bin`), pieceLengthBytes);
    const stock = (wanted: Case, length: number) =>
      competitor.stockDownload(serve(wanted, length).torrentUrl, stockLimitMs);

    // Everybody once, unmeasured: code is compiled, connections and directories are made.
    const warmUp = [
      { name: 'ours', sample: async () => void (await ours(CASES[0], 32 * MIB)) },
      { name: 'plain fetch', sample: async () => void (await plain(CASES[0], 32 * MIB)) },
      { name: 'hashed fetch', sample: async () => void (await hashed(CASES[0], 32 * MIB)) },
      { name: 'stock', sample: async () => void (await stock(CASES[0], 8 * MIB)) },
    ];
    await interleave(warmUp, 1, settle);

    const measurements: Measurement[] = [];
    for (const wanted of options.isQuick ? [CASES[0], CASES[2]] : CASES) {
      const verified: number[] = [];
      const saved: number[] = [];
      const plainly: number[] = [];
      const withHash: number[] = [];
      const stockly: number[] = [];
      const contenders = [
        {
          name: 'ours',
          sample: async () => {
            const { verifiedMs, doneMs } = await ours(wanted, lengthBytes);
            verified.push(megabytesPerS(lengthBytes, verifiedMs));
            saved.push(megabytesPerS(lengthBytes, doneMs));
          },
        },
        {
          name: 'plain fetch',
          sample: async () => {
            const { bytes, elapsedMs } = await plain(wanted, lengthBytes);
            if (bytes !== lengthBytes) throw new Error(`the plain fetch got ${bytes} bytes`);
            plainly.push(megabytesPerS(bytes, elapsedMs));
          },
        },
        {
          name: 'hashed fetch',
          sample: async () => {
            const { bytes, elapsedMs } = await hashed(wanted, lengthBytes);
            if (bytes !== lengthBytes) throw new Error(`the hashed fetch got ${bytes} bytes`);
            withHash.push(megabytesPerS(bytes, elapsedMs));
          },
        },
        {
          name: 'stock webtorrent',
          sample: async () => {
            const { verifiedBytes, elapsedMs } = await stock(wanted, stockBytes);
            stockly.push(megabytesPerS(verifiedBytes, elapsedMs));
          },
        },
      ];
      await interleave(contenders, options.repeat, settle);
      const label = `${wanted.latencyMs} ms, ${wanted.pieceLengthBytes / KIB} KiB pieces`;
      const common = { row: 'origin', browser: name, case: label, unit: 'MB/s' } as const;
      const toVerified = { what: 'all verified', samples: verified };
      const toSaved = { what: 'saved in Downloads', samples: saved };
      const fetched = { what: 'plain fetch to disk', samples: plainly };
      const hashedly = { what: 'plain fetch + SHA-1 to disk', samples: withHash };
      const seeded = { what: 'stock webtorrent', samples: stockly };
      measurements.push(
        measurement({ ...common, ours: toVerified, other: fetched, target: { atLeast: LEAST_OF_PLAIN } }),
        measurement({ ...common, ours: toVerified, other: hashedly, target: null }),
        measurement({ ...common, ours: toVerified, other: seeded, target: { atLeast: leastOfStock(wanted) } }),
        measurement({ ...common, ours: toSaved, other: fetched, target: null }),
      );
    }
    return measurements;
  });
}

/** A torrent that nobody has seen before, with the payload server as its only source. */
function serveTorrent({ payload }: Workplace, site: OriginServer, wanted: Case, lengthBytes: number) {
  const { latencyMs, pieceLengthBytes } = wanted;
  const name = `${randomUUID()}.bin`;
  const urlList = [payload.urlOf(lengthBytes, latencyMs, name)];
  const torrent = makeVirtualTorrent({ name, lengthBytes, pieceLengthBytes, urlList });
  const path = `/${torrent.infoHash}.torrent`;
  site.serve(path, torrent.torrentBytes);
  site.behave(path, { latencyMs });
  return { infoHash: torrent.infoHash, torrentUrl: `${site.url}${path}`, lengthBytes };
}

const megabytesPerS = (bytes: number, elapsedMs: number): number => bytes / 1_000 / elapsedMs;
