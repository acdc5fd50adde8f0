export type NamedBytes = { readonly name: string; readonly bytes: number };

/** Bytes by name, bounded: those that have no place by name are summed in `othersBytes`. Plain data. */
export type Tally = { readonly named: readonly NamedBytes[]; readonly othersBytes: number };

export const EMPTY_TALLY: Tally = { named: [], othersBytes: 0 };

/**
 * The tally with more bytes for one name. When `maxNames` names have a place, a new one takes that of the smallest, if it
 * brings at least as much at once: whoever brings much stays, and no byte is ever lost from the sum.
 */
export function withBytes(tally: Tally, name: string, bytes: number, maxNames: number): Tally {
  const { named, othersBytes } = tally;
  if (named.some((entry) => entry.name === name)) {
    return {
      named: named.map((entry) => (entry.name === name ? { name, bytes: entry.bytes + bytes } : entry)),
      othersBytes,
    };
  }
  if (named.length < maxNames) return { named: [...named, { name, bytes }], othersBytes };
  const smallest = named.reduce((least, entry) => (entry.bytes < least.bytes ? entry : least));
  if (bytes < smallest.bytes) return { named, othersBytes: othersBytes + bytes };
  const staying = named.filter((entry) => entry !== smallest);
  return { named: [...staying, { name, bytes }], othersBytes: othersBytes + smallest.bytes };
}
