/** Where a page keeps how it looked: small values as JSON. What cannot be kept or read is as if it had never been. */
export type Memory = {
  /** What was written under this name: anything, for it may be of an older version, or null. */
  readonly read: (name: string) => unknown;
  readonly write: (name: string, value: unknown) => void;
};
