import { gzipSync } from 'node:zlib';
import type { OriginBehaviour } from './origin-behaviour.ts';

export type ServedFile = {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly etag: string;
  readonly lastModified: string;
};
export type OriginAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};
type FileRequest = { readonly range: string | null; readonly ifRange: string | null };
type ByteRange = { readonly startByte: number; readonly endByte: number };

/**
 * What a server says when it is asked for a file that it has, honestly or as `behaviour` wants it.
 * There are never CORS headers. Several ranges in one request get the whole file, as RFC 9110 allows.
 * @see RFC 9110 sections 13.1.5 (If-Range), 14 (ranges), 15.5.17 (416).
 */
export function answerWithFile(file: ServedFile, request: FileRequest, behaviour: OriginBehaviour): OriginAnswer {
  const { bytes } = file;
  const headers = {
    'content-type': file.contentType,
    ...(behaviour.ignoresRanges ? {} : { 'accept-ranges': 'bytes' }),
    ...(behaviour.omitsValidators ? {} : { etag: file.etag, 'last-modified': file.lastModified }),
  };
  const isFresh = request.ifRange === null || request.ifRange === file.etag || request.ifRange === file.lastModified;
  const asked = behaviour.ignoresRanges || !isFresh ? 'whole' : parseRange(request.range, bytes.length);
  if (asked === 'unsatisfiable') {
    const refusal = { ...headers, 'content-range': `bytes */${bytes.length}` };
    return encode({ status: 416, headers: refusal, body: new Uint8Array(0) }, behaviour);
  }
  if (asked === 'whole') {
    const whole = { startByte: 0, endByte: bytes.length };
    return encode({ status: 200, headers, body: readBytes(bytes, whole, behaviour) }, behaviour);
  }
  const { startByte, endByte } = shift(asked, bytes.length, behaviour.shiftsRangeByBytes ?? 0);
  const partial = { ...headers, 'content-range': `bytes ${startByte}-${endByte - 1}/${bytes.length}` };
  return encode(
    { status: 206, headers: partial, body: readBytes(bytes, { startByte, endByte }, behaviour) },
    behaviour,
  );
}

/** Reads a Range header; what is not one well-formed range counts as none (RFC 9110, 14.2). */
function parseRange(header: string | null, lengthBytes: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return 'whole';
  if (first === '') {
    const startByte = Math.max(lengthBytes - Number(last), 0);
    return startByte < lengthBytes ? { startByte, endByte: lengthBytes } : 'unsatisfiable';
  }
  const startByte = Number(first);
  const endByte = last === '' ? lengthBytes : Math.min(Number(last) + 1, lengthBytes);
  if (last !== '' && Number(last) < startByte) return 'whole';
  return startByte < lengthBytes ? { startByte, endByte } : 'unsatisfiable';
}

function shift({ startByte, endByte }: ByteRange, lengthBytes: number, byBytes: number): ByteRange {
  const shifted = Math.min(startByte + byBytes, lengthBytes - 1);
  return { startByte: shifted, endByte: Math.min(endByte + byBytes, lengthBytes) };
}

function readBytes(bytes: Uint8Array, { startByte, endByte }: ByteRange, { lies }: OriginBehaviour): Uint8Array {
  const body = bytes.subarray(startByte, endByte);
  if (!lies || lies.startByte >= endByte || lies.endByte <= startByte) return body;
  const isLie = (at: number) => at >= lies.startByte && at < lies.endByte;
  return body.map((byte, index) => (isLie(startByte + index) ? byte ^ 0xff : byte));
}

function encode(answer: OriginAnswer, { gzips, breaks }: OriginBehaviour): OriginAnswer {
  const { status, headers } = answer;
  const whole = gzips ? gzipSync(answer.body) : answer.body;
  const body = breaks?.how === 'short' ? whole.subarray(0, breaks.afterBytes) : whole;
  const length = { 'content-length': String(body.length) };
  return { status, headers: { ...headers, ...length, ...(gzips ? { 'content-encoding': 'gzip' } : {}) }, body };
}
