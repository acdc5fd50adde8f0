import type { IncomingMessage } from 'node:http';

/**
 * The body of a request as text, or null when it is longer than `maxBytes`; the rest is not read then.
 * @throws {Error} when the client leaves before its end.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
