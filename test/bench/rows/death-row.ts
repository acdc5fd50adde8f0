import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import { interleave } from '../interleave.ts';
import { lostSeconds, lostSinceDeath } from '../lost-seconds.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import { MIB, type SourcePlan, type Sources, startSources, sumOfRates } from '../sources.ts';
import type { Workplace } from '../workplace.ts';

const MB = 1_000_000;
const RATES = { originBytesPerS: 8 * MB, peers: 4, peerBytesPerS: MB } as const;
const LIMIT_S = 1;

type Accident = {
  readonly name: string;
  readonly happen: (sources: Sources) => Promise<unknown>;
  readonly lostBytesPerS: number;
  /** Null for what says nothing when it happens: nobody can know it at once. */
  readonly limitS: number | null;
};
const twoOf = (sources: Sources) => sources.peers.slice(0, 2);
const ACCIDENTS: readonly Accident[] = [
  {
    name: 'the origin is killed',
    happen: async ({ origin }) => origin.kill(),
    lostBytesPerS: RATES.originBytesPerS,
    limitS: LIMIT_S,
  },
  {
    name: 'two peers are killed',
    happen: (sources) => Promise.all(twoOf(sources).map((peer) => peer.leave())),
    lostBytesPerS: 2 * RATES.peerBytesPerS,
    limitS: LIMIT_S,
  },
  {
    name: 'two peers fall silent',
    happen: (sources) => Promise.all(twoOf(sources).map((peer) => peer.throttleUpload(0))),
    lostBytesPerS: 2 * RATES.peerBytesPerS,
    limitS: null,
  },
];

/** A source dies in the middle: the seconds that ours takes longer than one that had known. */
export function measureDeath(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, settle } = workplace;
  const plan: SourcePlan = { ...RATES, lengthBytes: (options.isQuick ? 48 : 64) * MIB };
  const { lengthBytes } = plan;
  const rateBefore = sumOfRates(plan);
  const killAfterMs = (lengthBytes / rateBefore / 2) * 1_000;
  return workplace.withLab(async (lab) => {
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);

    const ours = async ({ happen, lostBytesPerS }: Accident) => {
      const sources = await startSources(lab, plan);
      let killedAtMs = 0;
      const meanwhile = async () => {
        await wait(killAfterMs);
        killedAtMs = Date.now();
        await happen(sources);
      };
      const { clickedAtMs, verifiedMs, progress } = await runOurTransfer(browser, list, {
        ...sources.run,
        meanwhile,
      }).finally(sources.end);
      const verifiedAtMs = clickedAtMs + verifiedMs;
      if (killedAtMs >= verifiedAtMs) throw new Error('the transfer was over before the accident');
      const times = { startedAtMs: clickedAtMs, killedAtMs, verifiedAtMs };
      const death = { lengthBytes, rateBefore, rateAfter: rateBefore - lostBytesPerS, ...times };
      return { inAll: lostSeconds(death), sinceDeath: lostSinceDeath(death, progress) };
    };

    const warmUp = async () => {
      const sources = await startSources(lab, { ...plan, lengthBytes: 8 * MIB });
      await runOurTransfer(browser, list, sources.run).finally(sources.end);
    };
    await interleave([{ name: 'ours', sample: warmUp }], 1, settle);

    const lost = ACCIDENTS.map((accident) => ({ accident, inAll: [] as number[], sinceDeath: [] as number[] }));
    const contenders = lost.map(({ accident, inAll, sinceDeath }) => ({
      name: accident.name,
      sample: async () => {
        const seconds = await ours(accident);
        inAll.push(seconds.inAll);
        sinceDeath.push(seconds.sinceDeath);
      },
    }));
    await interleave(contenders, options.repeat, settle);
    return lost.flatMap(({ accident, inAll, sinceDeath }) => {
      const common = { row: 'death', browser: name, case: accident.name, unit: 's' } as const;
      const target = accident.limitS === null ? null : { atMost: accident.limitS };
      return [
        measurement({ ...common, ours: { what: 'lost against one that knew', samples: inAll }, target }),
        measurement({
          ...common,
          ours: { what: 'lost since the death, by verified bytes', samples: sinceDeath },
          target: null,
        }),
      ];
    });
  });
}
