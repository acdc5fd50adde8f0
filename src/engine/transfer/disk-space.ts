import type { Failure } from '../../model/failure.ts';
import type { Depot } from '../store/depot.ts';
import { TransferError } from './transfer-error.ts';

/** Kept free on the disk beyond what a transfer needs. */
export const SPARE_DISK_BYTES = 64 * 1_048_576;

type Space = Pick<Depot, 'freeBytes'>;

/** @throws {TransferError} `disk-full` when the browser would not let us write so many more bytes. */
export async function checkSpace(depot: Space, missingBytes: number): Promise<void> {
  const freeBytes = await depot.freeBytes();
  const neededBytes = missingBytes + SPARE_DISK_BYTES;
  if (freeBytes < neededBytes) throw new TransferError({ code: 'disk-full', neededBytes, freeBytes });
}

/** The disk says only that it is full; the user is told how much is missing. Other failures are left as they are. */
export async function withFigures(depot: Space, failure: Failure, leftBytes: number): Promise<Failure> {
  if (failure.code !== 'disk-full') return failure;
  const freeBytes = await depot.freeBytes().catch(() => 0);
  return { code: 'disk-full', freeBytes, neededBytes: leftBytes + SPARE_DISK_BYTES };
}
