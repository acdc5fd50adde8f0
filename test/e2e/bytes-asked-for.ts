import type { LoggedRequest } from '../support/origin-server.ts';

/**
 * Bytes of a file that were asked for at least once; each request must have a range. Unlike the bytes that a server has
 * sent, it tells apart what a client wants from what the network carries after it has hung up.
 */
export function bytesAskedFor(requests: readonly LoggedRequest[]): number {
  const ranges = requests.map(({ range }) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    return { startByte: Number(first), endByte: Number(last) + 1 };
  });
  ranges.sort((a, b) => a.startByte - b.startByte);
  let bytes = 0;
  let coveredTo = 0;
  for (const { startByte, endByte } of ranges) {
    bytes += Math.max(endByte - Math.max(startByte, coveredTo), 0);
    coveredTo = Math.max(coveredTo, endByte);
  }
  return bytes;
}
