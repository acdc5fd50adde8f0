import { describe, expect, test } from 'vitest';
import { type Answer, type Asked, judgeResponse, readContentRange } from '../../../src/engine/origin/judge-response.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
/** Bytes 100 to 199 of a file of 1000. */
const ASKED: Asked = { startByte: 100, endByte: 200, fileLengthBytes: 1000, isPage: false };
const LARGE: Asked = { startByte: 0, endByte: 100_000, fileLengthBytes: 100_000, isPage: false };
const NOTHING: Answer = {
  status: 206,
  contentRange: null,
  contentLength: null,
  contentEncoding: null,
  contentType: null,
  retryAfter: null,
  date: null,
};

const PART = { contentRange: 'bytes 100-199/1000', contentLength: '100' };
const WHOLE = { status: 200, contentLength: '1000' };
const HTML = { contentType: 'text/html; charset=utf-8' };

/** The judgement as one word: `use`, `skip 100`, or the fault, with the seconds to wait behind it. */
function wordFor(answer: Partial<Answer>, acceptWhole: boolean, asked = ASKED): string {
  const judged = judgeResponse(asked, { ...NOTHING, ...answer }, acceptWhole, NOW_MS);
  if (judged.use) return judged.skipBytes === 0 ? 'use' : `skip ${judged.skipBytes}`;
  return judged.retryAfterS === null ? judged.fault : `${judged.fault} wait ${judged.retryAfterS}`;
}

describe('an answer to a range', () => {
  test.each<[string, Partial<Answer>, string]>([
    ['the asked bytes', PART, 'use'],
    ['the asked bytes, the whole length unknown', { contentRange: 'bytes 100-199/*' }, 'use'],
    ['the asked bytes, in capitals', { contentRange: 'BYTES 100-199/1000' }, 'use'],
    ['the asked bytes, with blanks around', { contentRange: ' bytes 100-199/1000 ' }, 'use'],
    ['the asked bytes, said to be a web page', { ...PART, ...HTML }, 'use'],
    ['the asked bytes, with "identity" as encoding', { ...PART, contentEncoding: ' Identity ' }, 'use'],
    ['hardly any bytes from the right place', { contentRange: 'bytes 100-149/1000' }, 'wrong-range'],
    ['more bytes from the right place', { contentRange: 'bytes 100-999/1000' }, 'use'],
    ['no Content-Range', { contentLength: '100' }, 'wrong-range'],
    ['an unreadable Content-Range', { contentRange: 'bytes 100-199' }, 'wrong-range'],
    ['a Content-Range in other units', { contentRange: 'lines 100-199/1000' }, 'wrong-range'],
    ['a Content-Range without numbers', { contentRange: 'bytes */1000' }, 'wrong-range'],
    ['a Content-Range that runs backwards', { contentRange: 'bytes 100-50/1000' }, 'wrong-range'],
    ['a negative Content-Range', { contentRange: 'bytes -100-199/1000' }, 'wrong-range'],
    ['a Content-Range beyond what numbers hold', { contentRange: 'bytes 100-199/99999999999999999' }, 'wrong-range'],
    ['bytes from another place', { contentRange: 'bytes 0-99/1000' }, 'wrong-range'],
    ['bytes one further', { contentRange: 'bytes 101-199/1000' }, 'wrong-range'],
    ['an end beyond the file', { contentRange: 'bytes 100-1000/*' }, 'wrong-length'],
    ['several ranges that say to be one', { ...PART, contentType: 'multipart/byteranges; boundary=x' }, 'wrong-range'],
    ['several ranges', { contentType: 'multipart/byteranges; boundary=x' }, 'wrong-range'],
    ['a file of another length', { contentRange: 'bytes 100-199/1001' }, 'wrong-length'],
    ['gzip', { ...PART, contentEncoding: 'gzip' }, 'encoded'],
    ['two encodings', { ...PART, contentEncoding: 'gzip, br' }, 'encoded'],
    ['the whole file', WHOLE, 'ignores-ranges'],
    ['the whole file without a length', { status: 200 }, 'ignores-ranges'],
    ['a whole file of another length', { status: 200, contentLength: '999' }, 'wrong-length'],
    ['a login page', { status: 200, contentLength: '4321', ...HTML }, 'web-page'],
    ['a login page without a length', { status: 200, ...HTML }, 'web-page'],
    ['a login page in XHTML', { status: 200, contentLength: '43', contentType: 'application/xhtml+xml' }, 'web-page'],
    ['a whole file that is gzipped', { ...WHOLE, contentEncoding: 'gzip' }, 'encoded'],
    ['no content', { status: 204 }, 'server-error'],
    ['not modified', { status: 304 }, 'server-error'],
    ['a redirect that was not followed', { status: 302 }, 'server-error'],
    ['bad request', { status: 400 }, 'server-error'],
    ['a login wanted', { status: 401 }, 'forbidden'],
    ['forbidden', { status: 403 }, 'forbidden'],
    ['not found', { status: 404 }, 'not-found'],
    ["a proxy's login wanted", { status: 407 }, 'forbidden'],
    ['gone', { status: 410 }, 'not-found'],
    ['a range that it cannot serve', { status: 416, contentRange: 'bytes */50' }, 'wrong-length'],
    ['too many requests', { status: 429 }, 'busy'],
    ['withheld by law', { status: 451 }, 'forbidden'],
    ['an internal error', { status: 500 }, 'server-error'],
    ['a bad gateway', { status: 502 }, 'server-error'],
    ['out of service', { status: 503 }, 'busy'],
    ['an unheard-of status', { status: 599 }, 'server-error'],
  ])('%s', (_name, answer, expected) => {
    expect(wordFor(answer, false)).toBe(expected);
  });
});

describe('an answer to a range that may be the whole file', () => {
  test.each<[string, Partial<Answer>, string]>([
    ['the whole file: skip to the asked bytes', WHOLE, 'skip 100'],
    ['the whole file without a length', { status: 200 }, 'skip 100'],
    ['only the asked bytes after all', PART, 'use'],
    ['a whole file of another length', { status: 200, contentLength: '999' }, 'wrong-length'],
    ['a login page', { status: 200, contentLength: '10', ...HTML }, 'web-page'],
  ])('%s', (_name, answer, expected) => {
    expect(wordFor(answer, true)).toBe(expected);
  });

  test('the whole file is welcome when it was asked for from its start', () => {
    expect(wordFor(WHOLE, false, { ...ASKED, startByte: 0, endByte: 1000 })).toBe('use');
    expect(wordFor(WHOLE, false, { ...ASKED, startByte: 0, endByte: 10 })).toBe('use');
  });

  test('may be said to be a web page when its length is right, or when the file is one', () => {
    expect(wordFor({ ...WHOLE, ...HTML }, true)).toBe('skip 100');
    expect(wordFor({ status: 200, ...HTML }, true, { ...ASKED, isPage: true })).toBe('skip 100');
  });
});

describe('a part that is not what was asked for in length', () => {
  const endOf = (contentRange: string, asked = LARGE) => {
    const judged = judgeResponse(asked, { ...NOTHING, contentRange }, false, NOW_MS);
    return judged.use ? judged.endByte : judged.fault;
  };

  test.each<[string, string, number | string]>([
    ['is used to its end when it is shorter', 'bytes 0-49999/100000', 50_000],
    ['is used to the asked end when it is longer', 'bytes 0-99999/100000', 60_000],
    ['is refused when it is hardly anything', 'bytes 0-9999/100000', 'wrong-range'],
  ])('%s', (_name, contentRange, expected) => {
    expect(endOf(contentRange, { ...LARGE, endByte: 60_000 })).toBe(expected);
  });

  test('may be small when little was asked for', () => {
    expect(endOf('bytes 0-9/100000', { ...LARGE, endByte: 10 })).toBe(10);
  });
});

describe('Retry-After', () => {
  test.each<[string, string | null, string]>([
    ['seconds', '120', 'busy wait 120'],
    ['no wait', '0', 'busy'],
    ['less than nothing', '-5', 'busy'],
    ['a date', new Date(NOW_MS + 90_000).toUTCString(), 'busy wait 90'],
    ['a date that is past', new Date(NOW_MS - 90_000).toUTCString(), 'busy'],
    ['more than a day', '9999999', 'busy wait 86400'],
    ['no number and no date', 'soon', 'busy'],
    ['an empty text', '', 'busy'],
    ['nothing', null, 'busy'],
  ])('%s', (_name, retryAfter, expected) => {
    expect(wordFor({ status: 503, retryAfter }, false)).toBe(expected);
  });

  test('that is a date counts from when the server says it is: the clock here may be hours off', () => {
    const date = new Date(NOW_MS + 7_200_000).toUTCString();
    const retryAfter = new Date(NOW_MS + 7_230_000).toUTCString();
    expect(wordFor({ status: 429, retryAfter, date }, false)).toBe('busy wait 30');
    expect(wordFor({ status: 429, retryAfter, date: 'today' }, false)).toBe('busy wait 7230');
  });

  test('is no comfort from a server that does not have the file', () => {
    expect(wordFor({ status: 404, retryAfter: '0' }, false)).toBe('not-found');
  });

  test('makes of 403 that too much was asked for', () => {
    expect(wordFor({ status: 403, retryAfter: '60' }, false)).toBe('busy wait 60');
    expect(wordFor({ status: 403, retryAfter: 'never' }, false)).toBe('forbidden');
  });
});

test('a Content-Range is read with an end that is not included', () => {
  expect(readContentRange('bytes 0-0/1')).toEqual({ start: 0, end: 1, total: 1 });
  expect(readContentRange('bytes 5-9/*')).toEqual({ start: 5, end: 10, total: null });
  expect(readContentRange(null)).toBeNull();
});
