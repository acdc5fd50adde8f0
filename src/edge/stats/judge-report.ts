import type { DeliveryReport } from '../../model/delivery-report.ts';
import type { PublishedFile } from '../published-file.ts';

/** Ten gigabits a second: faster than any line that a browser has. */
const MAX_BYTES_PER_S = 1.25e9;
/** Only verified bytes are reported, but a piece may have come once more after a fault. */
const WASTE = 1.02;

/**
 * Says why a report cannot be true, or null when it can. It cannot tell a modest lie from the truth: therefore nothing
 * that is paid for is reckoned from reports.
 */
export function impossibleBecause(report: DeliveryReport, file: PublishedFile): string | null {
  const { cohort, result, originBytes, peerBytes, uploadedBytes, seconds } = report;
  const downloadedBytes = originBytes + peerBytes;
  if (downloadedBytes > file.sizeBytes * WASTE + file.pieceLengthBytes) return 'more bytes than the file has';
  if (Math.max(downloadedBytes, uploadedBytes) > seconds * MAX_BYTES_PER_S) return 'faster than any line';
  if (result === 'completed' && downloadedBytes < file.sizeBytes) return 'completed with fewer bytes than the file has';
  if (cohort === 'control' && peerBytes > 0) return 'bytes from peers in a delivery without peers';
  return null;
}
