const held = new Set<{ readonly object: object }>();

/**
 * Calls a method of an object and keeps the object alive until the answer is there. Chromium (seen in 156) forgets a
 * pending answer of a file system handle that nobody refers to any more: when a collection of garbage falls into that
 * moment, `await (await directory.getFileHandle(name)).createSyncAccessHandle()` waits for ever.
 */
export async function hold<T extends object, Answer>(object: T, call: (object: T) => Promise<Answer>): Promise<Answer> {
  const entry = { object };
  held.add(entry);
  try {
    return await call(object);
  } finally {
    held.delete(entry);
  }
}
