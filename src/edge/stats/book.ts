import * as v from 'valibot';
import type { Price, Statistics } from '../../model/statistics.ts';
import type { EdgeEvent } from '../edge-event.ts';
import type { PublishedFile } from '../published-file.ts';
import type { DaySums, FileSums, Span } from '../records/day-sums.ts';
import type { Records } from '../records/records.ts';
import { reckon } from './reckon.ts';

const FILES_SHOWN = 1000;
const EVERYTHING: Span = { from: null, to: null, infoHash: null };
const PRICE_SETTING = 'price';

/** A price for each GB that is no typing error, and a currency by its three letters. */
export const PRICE = v.strictObject({
  perGB: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_000_000)),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'a currency has three capital letters')),
});

/** The questions that the statistics answer. */
export type Book = {
  /** Keeps the sizes of files that events are about, so that they are known when the files are published no more. */
  readonly learn: (events: readonly EdgeEvent[]) => Promise<void>;
  readonly statistics: (span: Span) => Promise<Statistics>;
  readonly eachDayAndFile: (span: Span) => AsyncIterable<DaySums & FileSums>;
  readonly price: () => Promise<Price | null>;
  readonly setPrice: (price: Price) => Promise<void>;
  readonly isOriginSeen: () => Promise<boolean>;
};

export type BookOptions = {
  readonly records: Records;
  readonly catalogue: {
    readonly files: () => readonly PublishedFile[];
    readonly find: (infoHash: string) => PublishedFile | null;
  };
};

export function createBook({ records, catalogue }: BookOptions): Book {
  let described = '';
  const known = new Set<string>();
  /** Sums need the sizes of files, so the records learn of new ones before they are asked. */
  const describe = async () => {
    const files = catalogue.files();
    const now = JSON.stringify(files.map(({ infoHash, name, sizeBytes }) => [infoHash, name, sizeBytes]));
    if (now === described) return;
    await records.describeFiles(files);
    described = now;
    for (const { infoHash } of files) known.add(infoHash);
  };
  const isOriginSeen = async () => (await records.totals(EVERYTHING)).originAnswers > 0;
  const price = async () => {
    const kept = v.safeParse(PRICE, await records.setting(PRICE_SETTING));
    return kept.success ? kept.output : null;
  };
  return {
    price,
    learn: async (events) => {
      if (events.some(({ infoHash }) => !known.has(infoHash) && catalogue.find(infoHash) !== null)) await describe();
    },
    setPrice: (chosen) => records.keepSetting(PRICE_SETTING, chosen),
    isOriginSeen,
    statistics: async (span) => {
      await describe();
      const totals = await records.totals(span);
      return reckon(span, {
        totals,
        days: await records.days(span),
        files: await records.files(span, FILES_SHOWN),
        speeds: await records.speeds(span),
        price: await price(),
        isOriginSeen: totals.originAnswers > 0 || (await isOriginSeen()),
      });
    },
    eachDayAndFile: async function* (span) {
      await describe();
      yield* records.eachDayAndFile(span);
    },
  };
}
