import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import type { PolicyWords } from '../choose-policy.ts';
import { CompetitorPage } from '../competitor-page.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import { MIB, type SourcePlan, startSources } from '../sources.ts';
import type { Workplace } from '../workplace.ts';

const MB = 1_000_000;
/** The policy is chosen while only the address of the .torrent is known, so that no byte goes by before it holds. */
const TIME_TO_CHOOSE_MS = 3_000;
const RATES = { originBytesPerS: 8 * MB, peers: 4, peerBytesPerS: 2 * MB, torrentAfterMs: TIME_TO_CHOOSE_MS } as const;
const LEAST_OFFLOAD_PERCENT = 97;

type Notes = { readonly policy: PolicyWords; readonly speeds: number[]; readonly offload: number[] };

/** Peers that are together as fast as the origin: what is left to the origin, and what sparing it costs. */
export function measureSpare(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, settle } = workplace;
  const plan: SourcePlan = { ...RATES, lengthBytes: (options.isQuick ? 32 : 80) * MIB };
  return workplace.withLab(async (lab) => {
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);
    const competitor = await CompetitorPage.open(workplace, lab, name);

    const ours = async (policy: PolicyWords, wanted: SourcePlan) => {
      const sources = await startSources(lab, wanted);
      const meanwhile = async () => {
        if (sources.torrentSentAtMs() !== null) throw new Error('the policy was chosen when bytes could go by already');
      };
      const run = { ...sources.run, torrentUrl: sources.magnet, policy, meanwhile };
      const { clickedAtMs, verifiedMs, peerBytes } = await runOurTransfer(browser, list, run).finally(sources.end);
      const elapsedMs = clickedAtMs + verifiedMs - (sources.torrentSentAtMs() ?? Number.NaN);
      return { megabytesPerS: wanted.lengthBytes / 1_000 / elapsedMs, percent: (100 * peerBytes) / wanted.lengthBytes };
    };
    const originAlone = async () => {
      const sources = await startSources(lab, { ...plan, peers: 0 });
      const { bytes, elapsedMs } = await competitor.plainFetch(sources.url).finally(sources.end);
      return bytes / 1_000 / elapsedMs;
    };
    const warmUp = {
      name: 'ours',
      sample: async () => void (await ours('Balanced', { ...plan, lengthBytes: 8 * MIB })),
    };
    await interleave([warmUp], 1, settle);

    const plainly: number[] = [];
    const newNotes = (policy: PolicyWords): Notes => ({ policy, speeds: [], offload: [] });
    const [sparing, balanced] = [newNotes('Spare the origin'), newNotes('Balanced')];
    const contenderOf = ({ policy, speeds, offload }: Notes) => ({
      name: policy,
      sample: async () => {
        const { megabytesPerS, percent } = await ours(policy, plan);
        speeds.push(megabytesPerS);
        offload.push(percent);
      },
    });
    const plain = { name: 'the origin alone', sample: async () => void plainly.push(await originAlone()) };
    await interleave([contenderOf(sparing), contenderOf(balanced), plain], options.repeat, settle);
    const other = { what: 'the origin alone, plain fetch', samples: plainly };
    const offloadOf = ({ policy, offload }: Notes, least: number | null) => {
      const our = { what: 'from peers', samples: offload };
      const target = least === null ? null : { atLeast: least };
      return measurement({ row: 'spare', browser: name, case: policy, unit: '%', ours: our, target });
    };
    const speedOf = ({ policy, speeds }: Notes, least: number | null) => {
      const our = { what: 'all verified', samples: speeds };
      const target = least === null ? null : { atLeast: least };
      return measurement({ row: 'spare', browser: name, case: policy, unit: 'MB/s', ours: our, other, target });
    };
    return [
      offloadOf(sparing, LEAST_OFFLOAD_PERCENT),
      speedOf(sparing, null),
      speedOf(balanced, 1),
      offloadOf(balanced, null),
    ];
  });
}
