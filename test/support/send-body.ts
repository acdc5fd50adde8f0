import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { OriginBehaviour } from './origin-behaviour.ts';

const CHUNK_BYTES = 256 * 1024;
/** A throttled connection sends so many times a second, so that its flow is even. */
const CHUNKS_PER_S = 50;
const ASKED_AGAIN_AFTER_MS = 20;

/** When a throttled connection may send again, in milliseconds of `performance.now()`. */
const freeAt = new WeakMap<Socket, number>();

export type Sending = {
  /** Where the body begins in its file. */
  readonly fileByte: number;
  readonly behaviour: OriginBehaviour;
  /** Whether the path behaves again as a correct server does: then the rest goes as fast as it can. */
  readonly isLifted: () => boolean;
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
};

/**
 * Sends a body in chunks, at the pace and up to the accident that `behaviour` names, and reports each chunk once the
 * kernel has taken it. Resolves when the body or the connection has ended; rejects when `signal` aborts.
 * The head must be written already.
 */
export async function sendBody(
  response: ServerResponse,
  body: Uint8Array,
  { fileByte, behaviour, isLifted, signal, onSent }: Sending,
): Promise<void> {
  const accident = behaviour.breaks && behaviour.breaks.afterBytes < body.length ? behaviour.breaks : null;
  const endByte = accident && accident.how !== 'short' ? accident.afterBytes : body.length;
  for (let startByte = 0; startByte < endByte; ) {
    const rateBytesPerS = isLifted() ? undefined : behaviour.rateBytesPerS;
    const chunkBytes = rateBytesPerS ? Math.max(1, Math.ceil(rateBytesPerS / CHUNKS_PER_S)) : CHUNK_BYTES;
    const untilWithheld = await bytesBeforeWithheld(fileByte + startByte, behaviour, isLifted, signal);
    const chunk = body.subarray(startByte, Math.min(startByte + Math.min(chunkBytes, untilWithheld), endByte));
    startByte += chunk.length;
    if (rateBytesPerS) await waitForTurn(response, chunk.length / rateBytesPerS, signal);
    await writeChunk(response, chunk);
    onSent(chunk.length);
  }
  switch (accident?.how) {
    case 'stall':
      return wait(2 ** 31 - 1, undefined, { signal, ref: false });
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'truncate':
      response.socket?.end();
      return;
    default:
      response.end();
  }
}

/** How many bytes may go from here on; waits as long as that is none. */
async function bytesBeforeWithheld(
  atByte: number,
  { withholds }: OriginBehaviour,
  isLifted: () => boolean,
  signal: AbortSignal,
): Promise<number> {
  if (withholds === undefined || atByte >= withholds.endByte) return Number.POSITIVE_INFINITY;
  while (atByte >= withholds.startByte && !isLifted()) await wait(ASKED_AGAIN_AFTER_MS, undefined, { signal });
  return isLifted() ? Number.POSITIVE_INFINITY : withholds.startByte - atByte;
}

/** Books the connection for `takesS` seconds after what it is booked for already. */
async function waitForTurn({ socket }: ServerResponse, takesS: number, signal: AbortSignal): Promise<void> {
  if (!socket) return;
  const now = performance.now();
  const startsAt = Math.max(freeAt.get(socket) ?? now, now);
  freeAt.set(socket, startsAt + takesS * 1000);
  await wait(startsAt + takesS * 1000 - now, undefined, { signal });
}

function writeChunk(response: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
