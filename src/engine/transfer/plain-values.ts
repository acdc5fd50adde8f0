/** What was read is not what it should be; the message says what, in words for whoever made the text. */
export class PlainValueError extends Error {}

export type Members = Readonly<Record<string, unknown>>;

/** @throws {PlainValueError} when a value is no object with members. */
export function members(value: unknown, what: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PlainValueError(`${what} is no object`);
  return value as Members;
}

/** A whole number from 0 to `max`. @throws {PlainValueError} */
export function whole(value: unknown, what: string, max = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > max) {
    throw new PlainValueError(`${what} is no whole number from 0 to ${max}`);
  }
  return value as number;
}

/** A finite number that is not negative. @throws {PlainValueError} */
export function amount(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new PlainValueError(`${what} is no amount`);
  return value;
}

/** @throws {PlainValueError} when it is no text or longer than `maxChars`. */
export function text(value: unknown, what: string, maxChars: number): string {
  if (typeof value !== 'string' || value.length > maxChars) {
    throw new PlainValueError(`${what} is no text of at most ${maxChars} characters`);
  }
  return value;
}

/** @throws {PlainValueError} when it is neither true nor false. */
export function truth(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw new PlainValueError(`${what} is neither true nor false`);
  return value;
}

/** @throws {PlainValueError} when it is none of `words`. */
export function oneOf<T extends string>(value: unknown, what: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new PlainValueError(`${what} is none of ${words.join(', ')}`);
  return word;
}

/** @throws {PlainValueError} when it is no list of at most `maxItems`, or `read` throws for one. */
export function list<T>(value: unknown, what: string, maxItems: number, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value) || value.length > maxItems) {
    throw new PlainValueError(`${what} is no list of at most ${maxItems}`);
  }
  return value.map(read);
}

/** @throws {PlainValueError} when it is not null and `read` throws. */
export const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === null ? null : read(value);
