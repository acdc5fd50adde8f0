import { describe, expect, test } from 'vitest';
import { createLogReader } from '../../../src/edge/logs/log-reader.ts';
import { findByTarget } from '../../../src/edge/logs/published-paths.ts';
import { publishedFile } from '../stats/sample-events.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const FIELDS =
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) sc-range-start sc-range-end';
const COMBINED = '"-" "curl/8.5"';
const ANN = '192.0.2.1';
const line = (more: object) => ({
  ...{ atMs: NOON, method: 'GET', target: '/a.iso', status: 200, bytes: 1234, address: ANN, startByte: 0 },
  ...more,
});

describe('a line of', () => {
  test.each([
    ['nginx', `192.0.2.1 - - [22/Nov/2026:12:00:00 +0000] "GET /a.iso HTTP/1.1" 200 1234 ${COMBINED}`, {}],
    [
      'nginx, HTTP/2, a part',
      `2001:db8::1 - - [22/Nov/2026:12:00:00 +0000] "GET /a.iso HTTP/2.0" 206 99 ${COMBINED}`,
      { status: 206, bytes: 99, address: '2001:db8::1', startByte: null },
    ],
    [
      'nginx, a part, and which',
      `192.0.2.1 - - [22/Nov/2026:12:00:00 +0000] "GET /a.iso HTTP/2.0" 206 99 ${COMBINED} "bytes 500-598/1000"`,
      { status: 206, bytes: 99, startByte: 500 },
    ],
    [
      'a host by its name',
      `a.host.example - - [22/Nov/2026:12:00:00 +0000] "GET /a.iso HTTP/1.1" 200 1234 ${COMBINED}`,
      { address: null },
    ],
    ['another zone', `192.0.2.1 - - [22/Nov/2026:07:30:00 -0430] "GET /a.iso HTTP/1.1" 200 1234 ${COMBINED}`, {}],
    [
      'somebody with a name',
      `192.0.2.1 - Anna Lind [22/Nov/2026:12:00:00 +0000] "GET /a.iso HTTP/1.1" 200 1234 ${COMBINED}`,
      {},
    ],
    [
      'nginx, with more behind',
      `192.0.2.1 - - [22/Nov/2026:12:00:00 +0000] "GET /a.iso HTTP/1.1" 200 1234 "-" "a \\"b\\"" rt=0.1`,
      {},
    ],
    [
      'Apache, without a body',
      '192.0.2.1 - - [22/Nov/2026:12:00:00 +0000] "HEAD /a.iso HTTP/1.1" 200 -',
      { method: 'HEAD', bytes: 0 },
    ],
    [
      'Cloudflare, RFC 3339',
      '{"ClientRequestMethod":"GET","ClientRequestURI":"/a.iso","EdgeResponseBytes":1234,"EdgeResponseStatus":200,"EdgeStartTimestamp":"2026-11-22T12:00:00Z","RayID":"7d"}',
      { address: null },
    ],
    [
      'Cloudflare, nanoseconds',
      `{"ClientIP":"192.0.2.1","ClientRequestURI":"/a.iso","EdgeResponseBytes":1234,"EdgeResponseStatus":206,"EdgeEndTimestamp":${NOON}000000}`,
      { status: 206, startByte: null },
    ],
    [
      'Cloudflare, seconds',
      `{"ClientRequestURI":"/a.iso","EdgeResponseBytes":1234,"EdgeResponseStatus":200,"EdgeStartTimestamp":${NOON / 1000}}`,
      { address: null },
    ],
    ['CloudFront', '2026-11-22\t12:00:00\tFRA50\t1234\t192.0.2.1\tGET\td.cloudfront.net\t/a.iso\t200\t-\tcurl', {}],
    [
      'CloudFront, broken off',
      '2026-11-22\t12:00:00\tFRA50\t55\t192.0.2.1\tGET\td.cloudfront.net\t/a.iso\t000\t-\tcurl',
      { status: 0, bytes: 55 },
    ],
    [
      'CloudFront, a part',
      '2026-11-22\t12:00:00\tFRA50\t1234\t192.0.2.1\tGET\td.cloudfront.net\t/a.iso\t206\t-\tcurl\t500\t1000',
      { status: 206, startByte: 500 },
    ],
    [
      'CloudFront, a part that it does not tell',
      '2026-11-22\t12:00:00\tFRA50\t1234\t192.0.2.1\tGET\td.cloudfront.net\t/a.iso\t206\t-\tcurl\t-\t-',
      { status: 206, startByte: null },
    ],
  ])('%s', (_, text, expected) => {
    const read = createLogReader();
    expect(['#Version: 1.0', FIELDS, ''].map(read)).toEqual(['remark', 'remark', 'remark']);
    expect(read(text)).toEqual(line(expected));
  });

  test.each([
    ['nothing readable', 'hello'],
    ['a scan', '192.0.2.1 - - [22/Nov/2026:12:00:00 +0000] "\\x16\\x03\\x01" 400 157 "-" "-"'],
    ['a month that is none', '192.0.2.1 - - [22/Abc/2026:12:00:00 +0000] "GET /a HTTP/1.1" 200 1 "-" "-"'],
    [
      'bytes beyond counting',
      `192.0.2.1 - - [22/Nov/2026:12:00:00 +0000] "GET /a HTTP/1.1" 200 ${'9'.repeat(17)} "-" "-"`,
    ],
    ['half a line of JSON', '{"ClientRequestURI":"/a.iso","EdgeResponseBytes":12'],
    ['JSON of something else', '{"ClientRequestURI":7}'],
    [
      'JSON with negative bytes',
      '{"ClientRequestURI":"/a","EdgeResponseBytes":-1,"EdgeResponseStatus":200,"EdgeStartTimestamp":1}',
    ],
    ['JSON without a time', '{"ClientRequestURI":"/a","EdgeResponseBytes":1,"EdgeResponseStatus":200}'],
    ['a line of CloudFront that was cut', '2026-11-22\t12:00:00\tFRA50\t1234'],
    ['a pattern that would take for ever', `1 - ${'['.repeat(30_000)}`],
    ['spaces that would take for ever', `1 - ${' '.repeat(60_000)}x`],
  ])('is malformed: %s', (_, text) => {
    const read = createLogReader();
    read(FIELDS);
    const begun = performance.now();
    expect(read(text)).toBe('malformed');
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  test('CloudFront without its names is malformed, and with other names is read by them', () => {
    const read = createLogReader();
    expect(read('2026-11-22\t12:00:00\tFRA50\t1234\tx')).toBe('malformed');
    read('#Fields: cs-method sc-status sc-bytes cs-uri-stem time date');
    expect(read('GET\t200\t1234\t/a.iso\t12:00:00\t2026-11-22')).toEqual(line({ address: null }));
    read('#Fields: cs-method sc-status');
    expect(read('GET\t200')).toBe('malformed');
  });
});

describe('the path of a line', () => {
  const files = [
    { ...publishedFile(1, 'ep 42.mp4', 1), path: 'show/ep%2042.mp4' },
    { ...publishedFile(2, 'ü+1%.iso', 1), path: '%C3%BC+1%25.iso' },
  ];
  test.each([
    ['as it was published', '/', '/show/ep%2042.mp4', 1],
    ['with a query', '/', '/show/ep%2042.mp4?token=x%3F/../b#c', 1],
    ['not encoded', '/', '/show/ep 42.mp4', 1],
    ['encoded more than it must be', '/', '/sh%6fw/ep%2042%2Emp4', 1],
    ['encoded twice, as CloudFront does', '/', '/show/ep%252042.mp4', 1],
    ['asked of a proxy', '/', 'http://cdn.example/show/ep%2042.mp4', 1],
    ['with more slashes', '/', '//show///ep%2042.mp4', 1],
    ['below a base', '/media/', '/media/show/ep%2042.mp4', 1],
    ['below a base that is written otherwise', 'media', '/media/show/ep%2042.mp4', 1],
    ['a percent sign and a plus', '/', '/%c3%bc+1%25.iso', 2],
    ['above the base', '/media/', '/show/ep%2042.mp4', null],
    ['only its end fits', '/', '/other/show/ep%2042.mp4', null],
    ['another case', '/', '/Show/ep%2042.mp4', null],
    ['broken encoding', '/', '/show/ep%2', null],
    ['nothing', '/', '', null],
  ])('is found: %s', (_, base, target, number) => {
    const found = findByTarget(files, base)(target);
    expect(found?.infoHash ?? null).toBe(number === null ? null : files[number - 1]?.infoHash);
  });
});
