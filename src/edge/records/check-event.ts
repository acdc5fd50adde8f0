import type { EdgeEvent } from '../edge-event.ts';

const INFO_HASH = /^[0-9a-f]{40}$/;
/** 1970 to 9999: what both databases write as a date. */
const MAX_AT_MS = 253_402_300_799_000;

/**
 * Refuses an event that no database could keep, before it shares a batch with others.
 * @throws {RangeError}
 */
export function checkEvent(event: EdgeEvent): void {
  if (!INFO_HASH.test(event.infoHash)) throw new RangeError(`not an info hash: ${event.infoHash}`);
  if (!Number.isSafeInteger(event.atMs) || event.atMs < 0 || event.atMs > MAX_AT_MS)
    throw new RangeError(`not a time: ${event.atMs}`);
  for (const bytes of bytesOf(event))
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`not a number of bytes: ${bytes}`);
  if (event.type === 'report' && !(event.seconds > 0 && event.seconds < 1e9))
    throw new RangeError(`not a time that a delivery takes: ${event.seconds}`);
}

function bytesOf(event: EdgeEvent): number[] {
  if (event.type === 'origin') return [event.bytes];
  return event.type === 'report' ? [event.originBytes, event.peerBytes, event.uploadedBytes] : [];
}
