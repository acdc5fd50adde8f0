/** How many of something each key has open now. */
export type OpenCounts = {
  /** Counts one more, or returns false when the key has `most` already. */
  readonly enter: (key: string) => boolean;
  readonly leave: (key: string) => void;
};

/** Its size is that of what is open, so it needs no bound of its own. */
export function makeOpenCounts(most: number): OpenCounts {
  const counts = new Map<string, number>();
  return {
    enter: (key) => {
      const count = counts.get(key) ?? 0;
      if (count >= most) return false;
      counts.set(key, count + 1);
      return true;
    },
    leave: (key) => {
      const left = (counts.get(key) ?? 0) - 1;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    },
  };
}
