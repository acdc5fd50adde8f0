import { afterEach, expect, test } from 'vitest';
import { scrapeTracker } from '../../../src/engine/scrape/scrape-tracker.ts';
import { scrapeUrl } from '../../../src/engine/scrape/scrape-url.ts';
import type { InfoHash } from '../../../src/model/ids.ts';
import { startTracker, type Tracker } from '../../support/tracker.ts';

// Against the tracker that most programs of the web speak to.
const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a' as InfoHash;
const RAW = HASH.replace(/../g, '%$&');
let tracker: Tracker | null = null;
afterEach(() => tracker?.close());

const announce = async (httpUrl: string, peer: number, leftBytes: number) => {
  const id = `-XX0000-${String(peer).padStart(12, '0')}`;
  const query = `info_hash=${RAW}&peer_id=${id}&port=${6881 + peer}&uploaded=0&downloaded=0&left=${leftBytes}&compact=1`;
  expect((await fetch(`${httpUrl}?${query}&event=started`)).status).toBe(200);
};
const scrape = (httpUrl: string) =>
  scrapeTracker(scrapeUrl(httpUrl, HASH) ?? '', HASH, fetch, new AbortController().signal);

test('a real tracker tells how many seeds and peers there are', async () => {
  tracker = await startTracker();
  const { httpUrl } = tracker;
  expect(await scrape(httpUrl)).toMatchObject({ ok: true, counts: { seeds: 0, peers: 0 } });
  for (const [peer, left] of [0, 0, 0, 500].entries()) await announce(httpUrl, peer, left);
  expect(await scrape(httpUrl)).toMatchObject({ ok: true, counts: { seeds: 3, peers: 1 } });
});

test('one that is gone cannot be reached', async () => {
  const gone = await startTracker();
  await gone.close();
  expect(await scrape(gone.httpUrl)).toEqual({ ok: false, error: { code: 'unreachable' } });
});

test.each<[string, Response, unknown]>([
  ['says no', new Response('no', { status: 403 }), { code: 'status', status: 403 }],
  ['talks without end', new Response('d'.repeat(70_000)), { code: 'unreadable' }],
  ['has a web page there', new Response('<html>'), { code: 'unreadable' }],
  ['refuses', new Response('d14:failure reason4:nopee'), { code: 'said', text: 'nope' }],
])('one that %s is told so', async (_name, response, error) => {
  const asked: RequestInit[] = [];
  const answer = async (_url: unknown, init: RequestInit = {}) => {
    asked.push(init);
    return response;
  };
  const signal = new AbortController().signal;
  expect(await scrapeTracker('https://t.test/scrape', HASH, answer as typeof fetch, signal)).toEqual({
    ok: false,
    error,
  });
  expect(asked).toMatchObject([{ credentials: 'omit', referrerPolicy: 'no-referrer' }]);
});
