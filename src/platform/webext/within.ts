/**
 * Waits for `work`, but no longer than `limitMs`; then it resolves to `whenLate`, and what the work does later is
 * ignored. Rejects as `work` does.
 */
export async function within<T>(limitMs: number, work: Promise<T>, whenLate: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(whenLate), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
