import type { Policy } from './policy.ts';

/** How long a transfer may wait for peers, by a publisher's word: counted from the click, or by the rate. */
export type PublisherPatience = { readonly withinS: number } | { readonly leastBytesPerS: number };

/** What a publisher wishes for a delivery: a default, which the user may change. Null: the patience of everybody. */
export type PublisherPolicy = { readonly policy: Policy; readonly patience: PublisherPatience | null };

/** What a link means that says nothing, or nothing that can be understood: no publisher's typing error slows a user. */
export const FASTEST: PublisherPolicy = { policy: 'fastest', patience: null };

/** A publisher may not rule the origins out: the link would be worth less than without us. */
const NAMES: ReadonlySet<string> = new Set<Policy>(['fastest', 'balanced', 'peers-off', 'spare-origin']);
/** Thirty days; nobody waits longer for a file. */
const MAX_WITHIN_S = 2_592_000;
const MAX_LEAST_BYTES_PER_S = 1_000_000_000;

/**
 * Reads the attribute `data-rivulet-policy`: the name of a policy, and for `spare-origin` one patience, in any case and
 * with blanks anywhere: `spare-origin; within=900` (seconds from the click) or `spare-origin; least=2000000` (bytes a
 * second). Everything else, a word too many or a number out of bounds too, is {@link FASTEST}. Pure; never throws.
 */
export function readPublisherPolicy(text: string): PublisherPolicy {
  const [name = '', ...words] = text.split(';').map((part) => part.trim().toLowerCase());
  // A semicolon at the end is no word.
  const named = words.filter((word) => word !== '');
  if (!NAMES.has(name) || named.length > 1) return FASTEST;
  const policy = name as Policy;
  const [word] = named;
  if (word === undefined) return { policy, patience: null };
  const patience = policy === 'spare-origin' ? readPatience(word) : null;
  return patience === null ? FASTEST : { policy, patience };
}

function readPatience(word: string): PublisherPatience | null {
  const [, key, digits] = /^(within|least)\s*=\s*(\d{1,10})$/.exec(word) ?? [];
  const amount = Number(digits);
  if (key === 'within' && amount >= 1 && amount <= MAX_WITHIN_S) return { withinS: amount };
  return key === 'least' && amount >= 1 && amount <= MAX_LEAST_BYTES_PER_S ? { leastBytesPerS: amount } : null;
}
