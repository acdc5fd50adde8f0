import type { FileIndex } from '../model/ids.ts';
import type { BytesHere, PlayerId } from '../model/player.ts';

/** Bytes that are waited for and read at a time. */
const BLOCK_BYTES = 1_048_576;
/** A page whose engine has gone says soon to the new one that it plays. */
const UNKNOWN_PAUSE_MS = 250;
const MAX_TRIES = 40;

/** The file of a transfer that an element asks for. */
export type StreamedFile = {
  readonly infoHash: string;
  readonly file: FileIndex;
  readonly storeFile: string;
  readonly player: PlayerId;
  readonly type: string;
  readonly lengthBytes: number;
};

export type StreamPorts = {
  /** `player.await` of the commands. */
  readonly awaitBytes: (file: StreamedFile, startByte: number, endByte: number) => Promise<BytesHere>;
  readonly pause: (ms: number) => Promise<void>;
  readonly read: (file: StreamedFile, startByte: number, endByte: number) => Promise<Uint8Array>;
};

/** The file that an address of `streamUrl` names; null when it is none. */
export function streamedFile(url: string): StreamedFile | null {
  const { pathname, searchParams } = new URL(url);
  const [, infoHash, storeFile = '', file] = /^\/stream\/([0-9a-f]{40})\/(file-(\d{1,7}))$/.exec(pathname) ?? [];
  const lengthBytes = Number(searchParams.get('length') ?? Number.NaN);
  const player = searchParams.get('player') ?? '';
  const type = searchParams.get('type') ?? '';
  if (infoHash === undefined || !Number.isSafeInteger(lengthBytes) || lengthBytes < 0) return null;
  if (!/^[0-9a-f-]{8,64}$/.test(player) || !/^(?:audio|video)\/[\w.+-]+$/.test(type)) return null;
  return { infoHash, storeFile, file: Number(file) as FileIndex, player: player as PlayerId, type, lengthBytes };
}

/**
 * Answers an element that plays a file as a server would that has all of it: bytes that are not here yet are waited for.
 * An open range is answered to its end: Chromium (seen in 156) gives a file up when an answer of an extension is cut short.
 * @see RFC 9110 §14 (ranges), §15.3.7 (206), §15.5.17 (416).
 */
export function answerStream(request: Request, ports: StreamPorts): Response {
  const file = streamedFile(request.url);
  if (file === null) return new Response(null, { status: 404 });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } });
  }
  const headers = new Headers({
    'Content-Type': file.type,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
  });
  const range = rangeOf(request.headers.get('range'), file.lengthBytes);
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${file.lengthBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { startByte, endByte } = range ?? { startByte: 0, endByte: file.lengthBytes };
  headers.set('Content-Length', String(endByte - startByte));
  if (range !== null) headers.set('Content-Range', `bytes ${startByte}-${endByte - 1}/${file.lengthBytes}`);
  const body = request.method === 'HEAD' ? null : bodyOf(file, startByte, endByte, ports);
  return new Response(body, { status: range === null ? 200 : 206, headers });
}

type Range = { readonly startByte: number; readonly endByte: number };

/** The bytes that a Range header asks for; null when it is none that a server must understand (RFC 9110 §14.2). */
function rangeOf(header: string | null, lengthBytes: number): Range | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const startByte = Math.max(lengthBytes - Number(last), 0);
    return startByte < lengthBytes ? { startByte, endByte: lengthBytes } : 'unsatisfiable';
  }
  const startByte = Number(first);
  if (last !== '' && Number(last) < startByte) return null;
  if (startByte >= lengthBytes) return 'unsatisfiable';
  const endByte = last === '' ? lengthBytes : Number(last) + 1;
  return { startByte, endByte: Math.min(endByte, lengthBytes) };
}

/** The bytes of a file, block by block as they are wanted. Whoever cancels it waits for nothing more. */
function bodyOf(
  file: StreamedFile,
  startByte: number,
  endByte: number,
  ports: StreamPorts,
): ReadableStream<Uint8Array> {
  let at = startByte;
  let isCancelled = false;
  let tries = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        while (!isCancelled && at < endByte) {
          const here = await ports.awaitBytes(file, at, Math.min(at + BLOCK_BYTES, endByte));
          if (isCancelled) return;
          if (here.state === 'waiting') continue;
          if (here.state === 'unknown' && tries < MAX_TRIES) {
            tries += 1; // the engine has been started anew, and the page is about to say that it plays
            await ports.pause(UNKNOWN_PAUSE_MS);
            continue;
          }
          if (here.state !== 'here') return controller.error(new TypeError('nothing more comes'));
          const bytes = await ports.read(file, at, Math.min(here.endByte, endByte));
          if (isCancelled) return;
          at += bytes.length;
          controller.enqueue(bytes);
          break;
        }
        if (!isCancelled && at >= endByte) controller.close();
      },
      cancel: () => {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
}
