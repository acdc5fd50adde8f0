import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

export type RawAnswer = {
  readonly status: number;
  /** Each header line by itself, as it came: `fetch` joins those of one name. Names in lower case. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
};

/** Fetches an address without touching its path, and keeps the lines of the answer's head apart. */
export async function fetchRaw(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
  const [answer] = (await once(get(url, { headers }), 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const lines: [string, string][] = [];
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    lines.push([(answer.rawHeaders[at] ?? '').toLowerCase(), answer.rawHeaders[at + 1] ?? '']);
  }
  return { status: answer.statusCode ?? 0, lines, body: Buffer.concat(chunks) };
}
