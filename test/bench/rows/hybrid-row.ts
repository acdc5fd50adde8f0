import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import { CompetitorPage } from '../competitor-page.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import { MIB, type SourcePlan, type Sources, startSources, sumOfRates } from '../sources.ts';
import type { Workplace } from '../workplace.ts';

const MB = 1_000_000;
const RATES = { originBytesPerS: 8 * MB, peers: 4, peerBytesPerS: MB } as const;
const STOCK_LIMIT_MS = 30_000;

/** One origin and four slower peers: ours against their sum, the origin alone, and webtorrent with all of them. */
export function measureHybrid(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, settle } = workplace;
  const plan: SourcePlan = { ...RATES, lengthBytes: (options.isQuick ? 48 : 112) * MIB };
  return workplace.withLab(async (lab) => {
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);
    const competitor = await CompetitorPage.open(workplace, lab, name);
    const withSources = async <T>(wanted: SourcePlan, job: (sources: Sources) => Promise<T>): Promise<T> => {
      const sources = await startSources(lab, wanted);
      return job(sources).finally(sources.end);
    };
    const ours = (wanted: SourcePlan) => withSources(wanted, ({ run }) => runOurTransfer(browser, list, run));
    const originAlone = (wanted: SourcePlan) =>
      withSources({ ...wanted, peers: 0 }, ({ url }) => competitor.plainFetch(url));
    const stock = (wanted: SourcePlan) =>
      withSources(wanted, ({ run }) => competitor.stockDownload(run.torrentUrl, STOCK_LIMIT_MS));

    const little = { ...plan, lengthBytes: 8 * MIB };
    const warmUp = [
      { name: 'ours', sample: async () => void (await ours(little)) },
      { name: 'stock webtorrent', sample: async () => void (await stock(little)) },
    ];
    await interleave(warmUp, 1, settle);

    const [together, alone, stockly]: [number[], number[], number[]] = [[], [], []];
    const megabytesPerS = (bytes: number, elapsedMs: number) => bytes / 1_000 / elapsedMs;
    const offload: number[] = [];
    const contenders = [
      {
        name: 'ours',
        sample: async () => {
          const { verifiedMs, peerBytes } = await ours(plan);
          together.push(megabytesPerS(plan.lengthBytes, verifiedMs));
          offload.push((100 * peerBytes) / plan.lengthBytes);
        },
      },
      {
        name: 'the origin alone',
        sample: async () => {
          const { bytes, elapsedMs } = await originAlone(plan);
          alone.push(megabytesPerS(bytes, elapsedMs));
        },
      },
      {
        name: 'stock webtorrent',
        sample: async () => {
          const { verifiedBytes, elapsedMs } = await stock(plan);
          stockly.push(megabytesPerS(verifiedBytes, elapsedMs));
        },
      },
    ];
    await interleave(contenders, options.repeat, settle);
    const common = { row: 'hybrid', browser: name, case: 'origin 8 MB/s, 4 peers of 1 MB/s' } as const;
    const against = (what: string, samples: readonly number[], atLeast: number) => {
      const our = { what: 'all verified', samples: together };
      return measurement({ ...common, unit: 'MB/s', ours: our, other: { what, samples }, target: { atLeast } });
    };
    return [
      against('all sources together', [sumOfRates(plan) / MB], 0.93),
      against('the origin alone, plain fetch', alone, 1),
      against('stock webtorrent', stockly, 1),
      measurement({ ...common, unit: '%', ours: { what: 'from peers', samples: offload }, target: null }),
    ];
  });
}
