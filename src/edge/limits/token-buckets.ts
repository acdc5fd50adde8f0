/** How many at once, and how many again each second. */
export type Allowance = { readonly burst: number; readonly perS: number };

/** Says for a key whether `cost` more is within its allowance now, and takes it if so. */
export type Buckets = {
  readonly take: (key: string, cost?: number) => boolean;
  /** Keys that are remembered now. */
  readonly size: () => number;
};

type Bucket = { tokens: number; atMs: number };

/**
 * Token buckets by key, such as an address. At most `maxKeys` are remembered: a full bucket is worth nothing and is
 * forgotten first, then whoever was silent longest. A stranger with many addresses can therefore make the edge forget
 * somebody's spent allowance, but never make it grow.
 */
export function makeBuckets({ burst, perS }: Allowance, now: () => number, maxKeys = 50_000): Buckets {
  // In the order of last use: a Map iterates in the order of insertion, and a used key is put in again.
  const buckets = new Map<string, Bucket>();

  const makeRoom = (atMs: number) => {
    const fullAfterMs = (burst / perS) * 1000;
    for (const [key, bucket] of buckets) {
      if (buckets.size < maxKeys && atMs - bucket.atMs < fullAfterMs) return;
      buckets.delete(key);
    }
  };

  return {
    take: (key, cost = 1) => {
      const atMs = now();
      const known = buckets.get(key);
      const refilled = known === undefined ? burst : known.tokens + (Math.max(0, atMs - known.atMs) / 1000) * perS;
      const tokens = Math.min(burst, refilled);
      const isAllowed = tokens >= cost;
      if (known === undefined) makeRoom(atMs);
      else buckets.delete(key);
      buckets.set(key, { tokens: isAllowed ? tokens - cost : tokens, atMs });
      return isAllowed;
    },
    size: () => buckets.size,
  };
}
