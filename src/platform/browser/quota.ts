import type { Failure } from '../../model/failure.ts';

/** Bytes that the browser says we may still store. */
export async function freeBytes(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return Math.max(quota - usage, 0);
}

/** What the disk threw, as the user is told. Chrome and Firefox name a full disk in two ways. */
export function storeFailure(error: unknown): Failure {
  const carried = error instanceof Error && 'failure' in error ? (error.failure as Failure) : null;
  if (carried !== null) return carried;
  if (isDiskFull(error)) return { code: 'disk-full', neededBytes: 0, freeBytes: 0 };
  return { code: 'store-failed', reason: String(error) };
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof DOMException &&
  (error.name === 'QuotaExceededError' ||
    error.name === 'NS_ERROR_FILE_NO_DEVICE_SPACE' ||
    /space/i.test(error.message));
