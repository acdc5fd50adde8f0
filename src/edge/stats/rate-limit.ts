import { createHash } from 'node:crypto';

const DAY_MS = 86_400_000;
const MAX_KNOWN = 100_000;

/** Says whether somebody may ask once more. */
export type RateLimit = (address: string) => boolean;

export type RateLimitOptions = {
  /** How many times at once, after a pause. */
  readonly burst: number;
  readonly perHour: number;
};

/**
 * Limits how often one address may ask. Addresses are kept only in memory, and there only as hashes with a
 * salt that is thrown away every day. An IPv6 line has a /64 to choose
 * from and counts as one. When very many are known, all are forgotten: memory stays bounded.
 */
export function createRateLimit(
  now: () => number,
  random: (bytes: number) => Uint8Array,
  { burst, perHour }: RateLimitOptions,
): RateLimit {
  const refillPerMs = perHour / 3_600_000;
  let salt = random(16);
  let saltUntil = now() + DAY_MS;
  const known = new Map<string, { left: number; atMs: number }>();
  return (address) => {
    const at = now();
    if (at >= saltUntil || known.size >= MAX_KNOWN) {
      known.clear();
      salt = random(16);
      saltUntil = at + DAY_MS;
    }
    const key = createHash('sha256').update(salt).update(lineOf(address)).digest('base64').slice(0, 16);
    const old = known.get(key) ?? { left: burst, atMs: at };
    const left = Math.min(burst, old.left + (at - old.atMs) * refillPerMs);
    known.set(key, { left: left < 1 ? left : left - 1, atMs: at });
    return left >= 1;
  };
}

/** The part of an address that one customer has. */
function lineOf(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined || !address.includes(':')) return v4 ?? address;
  const [head = '', tail] = address.split('::');
  const front = head.split(':').filter((group) => group !== '');
  const back = (tail ?? '').split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(missing).fill('0'), ...back].slice(0, 4).join(':');
}
