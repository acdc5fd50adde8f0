import { afterEach, expect, test } from 'vitest';
import { measureFile } from '../../../src/engine/origin/measure-file.ts';
import { MemoryWeb, type WebAnswer } from '../../support/simulation/memory-web.ts';
import { giveTimersBack, VirtualClock } from '../../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

test.each<[string, WebAnswer, number | null]>([
  ['an honest server', {}, 1_000],
  ['a server that ignores ranges', { ignoresRange: true }, 1_000],
  ['a server that tells no total', { headers: { 'content-range': 'bytes 0-0/*' } }, null],
  ['a server that tells nonsense', { headers: { 'content-range': 'all of it' } }, null],
  ['a server that ignores ranges and tells no length', { ignoresRange: true, headers: { 'content-length': '' } }, null],
  ['a server that compresses', { headers: { 'content-encoding': 'gzip' } }, null],
  ['a server that has it no more', { status: 404 }, null],
  ['a server that wants a login', { status: 403 }, null],
  ['a redirect to another server', { redirectTo: 'https://other.test/f' }, 2_000],
  ['a redirect into the local network', { redirectTo: 'http://192.168.0.1/f' }, null],
])('%s', async (_name, answer, expected) => {
  const clock = new VirtualClock();
  const web = new MemoryWeb(clock);
  const server = web.server('cdn.test');
  server.files.set('/f', new Uint8Array(1_000));
  server.answer = () => answer;
  for (const host of ['other.test', '192.168.0.1']) web.server(host).files.set('/f', new Uint8Array(2_000));
  const asked = measureFile('https://cdn.test/f', web.fetch, clock, new AbortController().signal);
  expect((await clock.untilSettled(asked)).lengthBytes).toBe(expected);
  expect(server.requests[0]).toMatchObject({
    startByte: 0,
    endByte: 1,
    init: { credentials: 'omit', referrerPolicy: 'no-referrer' },
  });
});

test.each<[string, WebAnswer, string, number | null]>([
  ['answers', {}, 'cdn.test', null],
  ['refuses', { status: 403 }, 'cdn.test', null],
  ['is busy', { status: 503 }, 'cdn.test', 10],
  ['is busy for a minute', { status: 429, headers: { 'retry-after': '60' } }, 'cdn.test', 60],
  ['refuses for a minute', { status: 403, headers: { 'retry-after': '60' } }, 'cdn.test', 60],
  ['redirects', { redirectTo: 'https://other.test/f' }, 'other.test', null],
])(
  'a server that %s is told by who answered, and by how long it wants to be left alone',
  async (_name, answer, host, restS) => {
    const clock = new VirtualClock();
    const web = new MemoryWeb(clock);
    for (const name of ['cdn.test', 'other.test']) web.server(name).files.set('/f', new Uint8Array(1_000));
    web.server('cdn.test').answer = () => answer;
    const asked = measureFile('https://cdn.test/f', web.fetch, clock, new AbortController().signal);
    expect(await clock.untilSettled(asked)).toMatchObject({ host, restS });
  },
);

test.each<[string, WebAnswer, number]>([
  ['the byte that was asked for', {}, 1],
  ['a whole small file', { ignoresRange: true }, 1_000],
])('%s is counted', async (_name, answer, bodyBytes) => {
  const clock = new VirtualClock();
  const web = new MemoryWeb(clock);
  web.server('cdn.test').files.set('/f', new Uint8Array(1_000));
  web.server('cdn.test').answer = () => answer;
  const asked = measureFile('https://cdn.test/f', web.fetch, clock, new AbortController().signal);
  expect(await clock.untilSettled(asked)).toMatchObject({ bodyBytes });
});
