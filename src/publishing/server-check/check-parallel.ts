import { ask, type CheckPorts, NoReplyError, type Stretch } from './ask.ts';
import type { Finding } from './finding.ts';

/** As many as the extension has at one host at the most, and one. */
const CONNECTIONS = 4;
const PART_BYTES = 1_048_576;

/**
 * Asks for several parts at once, as visitors will, and measures what comes. The rate is that of all together, from the
 * first request to the last byte: it is the lower of what the server gives and what this computer's connection takes.
 */
export async function checkParallel(
  url: string,
  lengthBytes: number,
  ports: CheckPorts,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Finding> {
  const startMs = ports.nowMs();
  const answers = await Promise.all(
    stretchesOf(lengthBytes).map(async (stretch) => {
      try {
        return await ask({ url, stretch, maxBytes: PART_BYTES }, ports, signal, timeoutMs);
      } catch (error) {
        if (error instanceof NoReplyError) return null;
        throw error;
      }
    }),
  );
  const seconds = Math.max(ports.nowMs() - startMs, 1) / 1000;
  const refusals = answers.filter((reply) => reply === null || (reply.status !== 206 && reply.status !== 200));
  const connections = answers.length;
  if (refusals.length > 0) {
    return { code: 'parallel-refused', connections, refused: refusals.length, status: refusals[0]?.status ?? 0 };
  }
  const bytes = answers.reduce((sum, reply) => sum + (reply?.body.length ?? 0), 0);
  return { code: 'parallel', connections, bytesPerS: Math.round(bytes / seconds) };
}

/** Parts that begin at equal distances, each at most 1 MiB. */
function stretchesOf(lengthBytes: number): Stretch[] {
  const count = Math.min(CONNECTIONS, lengthBytes);
  const stride = Math.floor(lengthBytes / count);
  return Array.from({ length: count }, (_, nth) => {
    const startByte = nth * stride;
    return { startByte, endByte: Math.min(startByte + PART_BYTES, lengthBytes) };
  });
}
