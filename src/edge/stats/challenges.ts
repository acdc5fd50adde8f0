/** Good for ten minutes: reading three pieces again takes less, and a list of nonces to be sold is worth nothing. */
const GOOD_FOR_MS = 10 * 60_000;
const MAX_OPEN = 20_000;
const PIECES = 3;
const NONCE_BYTES = 16;

export type Challenge = { readonly nonce: string; readonly infoHash: string; readonly pieces: readonly number[] };

export type Challenges = {
  /** Chooses pieces by chance, and remembers what was asked. When very many are open the oldest is forgotten. */
  readonly ask: (infoHash: string, pieceCount: number) => Challenge;
  /** The challenge of a nonce, once; null when it was never given, was taken, or is too old. */
  readonly take: (nonce: string) => Challenge | null;
};

/** `random` gives so many bytes by chance. Challenges live in memory: those of before a restart are answered with 409. */
export function createChallenges(now: () => number, random: (bytes: number) => Uint8Array): Challenges {
  const open = new Map<string, Challenge & { readonly until: number }>();
  const forgetOld = () => {
    for (const [nonce, { until }] of open) {
      if (until > now() && open.size < MAX_OPEN) return; // they are in the order of their ends
      open.delete(nonce);
    }
  };
  return {
    ask: (infoHash, pieceCount) => {
      forgetOld();
      const challenge = { nonce: hex(random(NONCE_BYTES)), infoHash, pieces: choosePieces(pieceCount, random) };
      open.set(challenge.nonce, { ...challenge, until: now() + GOOD_FOR_MS });
      return challenge;
    },
    take: (nonce) => {
      const found = open.get(nonce);
      open.delete(nonce);
      return found === undefined || found.until <= now() ? null : found;
    },
  };
}

/** Different pieces, each as likely as any other to about one in four billion. */
function choosePieces(pieceCount: number, random: (bytes: number) => Uint8Array): number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(PIECES, pieceCount)) {
    const bytes = random(6);
    chosen.add(bytes.reduce((value, byte) => value * 256 + byte, 0) % pieceCount);
  }
  return [...chosen];
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
