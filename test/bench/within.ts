/**
 * Waits for something, but not for ever: one that hangs costs its own row and not the whole bench.
 * @throws {Error} that names it, after `limitMs`.
 */
export async function within<T>(limitMs: number, what: string, job: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([job, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
