import { within } from './within.ts';

/** One who takes samples. What a sample is, is the contender's own matter: it keeps it. */
export type Contender = { readonly name: string; readonly sample: () => Promise<void> };

const SAMPLE_LIMIT_MS = 90_000;

/**
 * Lets contenders take turns, so that whatever else the machine does hits all of them alike. Each round begins with
 * another one, because the first of a round meets the quietest disk.
 * @throws {Error} that names the contender, when one fails or takes longer than any sample can be worth.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
  between: () => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(round + turn) % contenders.length];
      if (contender === undefined) continue;
      await between();
      const t = Date.now();
      await within(SAMPLE_LIMIT_MS, contender.name, contender.sample()).catch((cause) => {
        throw new Error(`${contender.name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      });
      if (process.env.BENCH_TRACE) console.error('   ', contender.name, Date.now() - t);
    }
  }
}
