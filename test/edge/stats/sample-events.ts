import type { EdgeEvent } from '../../../src/edge/edge-event.ts';
import type { PublishedFile } from '../../../src/edge/published-file.ts';

export const DAY_MS = 86_400_000;

export const publishedFile = (number: number, name: string, sizeBytes: number): PublishedFile => ({
  infoHash: number.toString(16).padStart(40, '0'),
  name,
  sizeBytes,
  pieceLengthBytes: 262_144,
  path: encodeURIComponent(name),
  localPath: null,
});

/** One answer of the origin. */
export const sent = (atMs: number, { infoHash }: PublishedFile, bytes: number, whole = false): EdgeEvent => ({
  type: 'origin',
  atMs,
  infoHash,
  bytes,
  whole,
  lineId: null,
});

export const begun = (atMs: number, { infoHash }: PublishedFile): EdgeEvent => ({ type: 'started', atMs, infoHash });
export const finished = (atMs: number, { infoHash }: PublishedFile): EdgeEvent => ({
  type: 'completed',
  atMs,
  infoHash,
});

/** A proven report of a whole delivery. */
export const reported = (
  atMs: number,
  { infoHash, sizeBytes }: PublishedFile,
  cohort: 'mixed' | 'control',
  peerShare: number,
  seconds: number,
): EdgeEvent => {
  const peerBytes = Math.floor(sizeBytes * peerShare);
  const bytes = { originBytes: sizeBytes - peerBytes, peerBytes, uploadedBytes: peerBytes };
  const worth = { proven: true, isTimed: true };
  return { type: 'report', atMs, infoHash, cohort, result: 'completed', ...bytes, seconds, ...worth };
};
