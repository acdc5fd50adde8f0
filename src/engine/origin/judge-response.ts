import type { OriginFault } from '../../model/failure.ts';

/** A server may cut a range short, and is asked for the rest; but not for the sake of less than this. */
const MIN_PART_BYTES = 16_384;
const REST_UNSAID_S = 10;

/** What was asked of one file: bytes from `startByte`, not including `endByte`, of a file of `fileLengthBytes`. */
export type Asked = {
  readonly startByte: number;
  readonly endByte: number;
  readonly fileLengthBytes: number;
  /** The file itself is a web page. */
  readonly isPage: boolean;
};

/** The parts of an HTTP answer that decide whether its body can be used. */
export type Answer = {
  readonly status: number;
  readonly contentRange: string | null;
  readonly contentLength: string | null;
  readonly contentEncoding: string | null;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  /** When it was sent, by the server's own clock. */
  readonly date: string | null;
};

/** Those parts of an answer. */
export function answerOf(response: Response): Answer {
  const header = (name: string): string | null => response.headers.get(name);
  return {
    status: response.status,
    contentRange: header('content-range'),
    contentLength: header('content-length'),
    contentEncoding: header('content-encoding'),
    contentType: header('content-type'),
    retryAfter: header('retry-after'),
    date: header('date'),
  };
}

export type Judgement =
  /**
   * The body starts `skipBytes` before the asked bytes, which are to be thrown away, and is good up to `endByte` of the
   * file, not included: perhaps less than was asked for, never more.
   */
  | { readonly use: true; readonly skipBytes: number; readonly endByte: number }
  | {
      readonly use: false;
      readonly fault: OriginFault;
      /** Only of servers that are busy or broken: others mend no sooner because they say so. */
      readonly retryAfterS: number | null;
    };

/**
 * Decides whether the body of an answer holds the bytes that were asked for. ETags are not looked at: they differ
 * between the machines of one address, and the hashes of pieces tell better. A changed length is a fault.
 * @param acceptWhole Take a whole file in answer to a range, and skip to the asked bytes.
 * @param nowMs For a `Retry-After` that is a date, of a server that does not say what time it has.
 * @see RFC 9110 sections 14 and 15 (ranges, status codes), section 10.2.3 (Retry-After).
 */
export function judgeResponse(asked: Asked, answer: Answer, acceptWhole: boolean, nowMs: number): Judgement {
  const retryAfterS = retryAfterSeconds(answer, nowMs);
  const fault = (name: OriginFault): Judgement => ({
    use: false,
    fault: name,
    retryAfterS: name === 'busy' || name === 'server-error' ? retryAfterS : null,
  });
  if (answer.status !== 200 && answer.status !== 206) return fault(faultOfStatus(answer.status, retryAfterS !== null));
  if (answer.contentEncoding !== null && answer.contentEncoding.trim().toLowerCase() !== 'identity') {
    return fault('encoded'); // offsets into compressed bytes are not offsets into the file
  }
  if (answer.status === 206) return judgePart(asked, answer, fault);
  const length = readWholeNumber(answer.contentLength);
  if (length !== null && length !== asked.fileLengthBytes) return fault(isHtml(answer) ? 'web-page' : 'wrong-length');
  // Logins and error pages are often sent as a success, and mostly without a length.
  if (length === null && isHtml(answer) && !asked.isPage) return fault('web-page');
  if (asked.startByte > 0 && !acceptWhole) return fault('ignores-ranges');
  return { use: true, skipBytes: asked.startByte, endByte: asked.endByte };
}

function judgePart(asked: Asked, answer: Answer, fault: (name: OriginFault) => Judgement): Judgement {
  if (/^multipart\//i.test(answer.contentType?.trim() ?? '')) return fault('wrong-range'); // its parts have heads
  const range = readContentRange(answer.contentRange);
  if (range === null) return fault('wrong-range');
  if (range.total !== null && range.total !== asked.fileLengthBytes) return fault('wrong-length');
  if (range.start !== asked.startByte || range.end <= range.start) return fault('wrong-range');
  if (range.end > asked.fileLengthBytes) return fault('wrong-length');
  const endByte = Math.min(range.end, asked.endByte);
  if (endByte < asked.endByte && endByte - asked.startByte < MIN_PART_BYTES) return fault('wrong-range');
  return { use: true, skipBytes: 0, endByte };
}

/**
 * How long a server asks to be left alone, in seconds; null when it does not. One that is busy and says no time has this.
 * @param nowMs As for `judgeResponse`.
 */
export function restAskedFor(answer: Answer, nowMs: number): number | null {
  const retryAfterS = retryAfterSeconds(answer, nowMs);
  return faultOfStatus(answer.status, retryAfterS !== null) === 'busy' ? (retryAfterS ?? REST_UNSAID_S) : null;
}

/** The source of a `Content-Range`, with an end that is not included; null for anything but a byte range. */
export function readContentRange(value: string | null): { start: number; end: number; total: number | null } | null {
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/i.exec(value?.trim() ?? '');
  if (match === null) return null;
  const total = match[3] === '*' ? null : Number(match[3]);
  return { start: Number(match[1]), end: Number(match[2]) + 1, total };
}

/** @param isForNow It says when it may be asked again: some refuse who asks too much with 403, as GitHub does. */
function faultOfStatus(status: number, isForNow: boolean): OriginFault {
  if (status === 403 && isForNow) return 'busy';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 401 || status === 403 || status === 407 || status === 451) return 'forbidden';
  if (status === 416) return 'wrong-length';
  if (status === 429 || status === 503) return 'busy';
  return 'server-error';
}

/**
 * Seconds to wait, from a number or a date; null when there is none or it makes no sense. At most one day. "Now" makes
 * none, nor a date that is over: such servers would be asked without a rest. A date is by the server's clock: the user's
 * may be hours off.
 */
function retryAfterSeconds({ retryAfter, date }: Answer, nowMs: number): number | null {
  const sentAtMs = Date.parse(date ?? '');
  const byDate = (Date.parse(retryAfter ?? '') - (Number.isNaN(sentAtMs) ? nowMs : sentAtMs)) / 1000;
  const seconds = Math.ceil(readWholeNumber(retryAfter) ?? byDate);
  return seconds > 0 ? Math.min(seconds, 86_400) : null;
}

function readWholeNumber(value: string | null): number | null {
  return value !== null && /^\d{1,16}$/.test(value.trim()) ? Number(value) : null;
}

const isHtml = (answer: Answer): boolean => /^(text\/html|application\/xhtml)/i.test(answer.contentType ?? '');
