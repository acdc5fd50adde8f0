import * as v from 'valibot';
import type { FileIndex, TransferId } from '../model/ids.ts';
import { MAX_LINK_CHARS, MAX_TORRENT_FILE_BYTES, MAX_TORRENT_FILES } from '../model/limits.ts';

/** A host name with its port. */
export const MAX_HOST_CHARS = 261;
const MAX_BASE64_CHARS = Math.ceil(MAX_TORRENT_FILE_BYTES / 3) * 4;

/** Text of which the engine says what it is. */
export const text = v.pipe(v.string(), v.maxLength(MAX_LINK_CHARS), v.regex(/\S/, 'empty'));

export const base64 = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_BASE64_CHARS));

export const id = v.pipe(
  v.string(),
  v.maxLength(100),
  v.regex(/^(?:[0-9a-f]{40}|adding-[0-9A-Za-z-]+)$/, 'no transfer id'),
  v.transform((value) => value as TransferId),
);

export const fileIndex = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(MAX_TORRENT_FILES - 1),
  v.transform((value) => value as FileIndex),
);

/** A limit of bytes a second; null is none. */
export const rate = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(1e12)));

export const webAddress = v.pipe(
  v.string(),
  v.maxLength(MAX_LINK_CHARS),
  v.check((value) => /^https?:/i.test(value) && URL.canParse(value), 'no web address'),
  v.transform((value) => new URL(value)),
  v.check(({ username, password }) => username === '' && password === '', 'an address with a login'),
  v.transform((url) => {
    url.hash = '';
    return url.href;
  }),
);

/** A reader that refuses what does not fit whole. */
export function reader<T>(schema: v.GenericSchema<unknown, T>): (raw: unknown) => T {
  return (raw) => {
    if (Array.isArray(raw)) throw new TypeError('a list'); // For valibot an empty list is an object without members.
    return v.parse(schema, raw, { abortEarly: true });
  };
}
