import type { ServerResponse } from 'node:http';

/** `isFinished`: the answer was sent to its end. */
export type BodyCount = { readonly bytes: number; readonly isFinished: boolean };

/**
 * Counts the bytes of an answer's body as the system takes them, and tells the sum once, when the answer has ended or was
 * broken off. A chunk that was waiting when the client left is not counted.
 */
export function countBody(response: ServerResponse, whenOver: (count: BodyCount) => void): void {
  let bytes = 0;
  let isFinished = false;
  const write = response.write.bind(response);
  // Node's streams tell of a chunk's arrival only whoever wrote it, so this stands where the file is piped to.
  response.write = (chunk: unknown, second?: unknown, third?: unknown): boolean => {
    const onWritten = [second, third].find((argument) => typeof argument === 'function');
    const encoding = typeof second === 'string' ? (second as BufferEncoding) : 'utf8';
    const lengthBytes = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : (chunk as Uint8Array).length;
    return write(chunk, encoding, (error) => {
      if (!error) bytes += lengthBytes;
      if (onWritten !== undefined) (onWritten as (error?: Error | null) => void)(error);
    });
  };
  response.once('finish', () => {
    isFinished = true;
  });
  response.once('close', () => whenOver({ bytes, isFinished }));
}
