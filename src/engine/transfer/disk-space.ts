import type { Failure } from '../../model/failure.ts';
import type { Depot } from '../store/depot.ts';
import { TransferError } from './transfer-error.ts';

/** Kept free on the disk beyond what a transfer needs. */
const SPARE_DISK_BYTES = 64 * 1_048_576;

/** @throws {TransferError} when the disk has no room for these bytes. */
export async function checkSpace(depot: Depot, missingBytes: number): Promise<void> {
  const freeBytes = await depot.freeBytes();
  const neededBytes = missingBytes + SPARE_DISK_BYTES;
  if (freeBytes < neededBytes) throw new TransferError({ code: 'disk-full', neededBytes, freeBytes });
}

/** The disk says only that it is full; the user is told how much is missing. */
export async function withFigures(failure: Failure, depot: Depot, leftBytes: number): Promise<Failure> {
  if (failure.code !== 'disk-full') return failure;
  const freeBytes = await depot.freeBytes().catch(() => 0);
  return { code: 'disk-full', freeBytes, neededBytes: leftBytes + SPARE_DISK_BYTES };
}
