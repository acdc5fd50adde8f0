import * as v from 'valibot';
import type { DeliveryReport } from '../../model/delivery-report.ts';

const MAX_SECONDS = 90 * 86_400;
const hexDigits = (count: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${count}}$`)));
const byteCount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const REPORT = v.strictObject({
  infoHash: hexDigits(40),
  cohort: v.picklist(['mixed', 'control']),
  result: v.picklist(['completed', 'failed', 'cancelled']),
  originBytes: byteCount,
  peerBytes: byteCount,
  uploadedBytes: byteCount,
  seconds: v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(MAX_SECONDS)),
  proof: v.nullable(v.strictObject({ nonce: hexDigits(32), digest: hexDigits(64) })),
});

/** Reads what a stranger sent as a report, or says in words what is wrong with it. */
export function parseReport(text: string): DeliveryReport | { readonly wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: 'the report is not JSON' };
  }
  const parsed = v.safeParse(REPORT, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return { wrong: `${v.getDotPath(issue) ?? 'the report'}: ${issue.message}` };
}
