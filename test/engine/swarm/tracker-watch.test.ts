import TrackerClient from 'bittorrent-tracker/client';
import TrackerServer from 'bittorrent-tracker/server';
import { afterEach, expect, test } from 'vitest';
import type { TrackerConnection, TrackerUpdate } from 'webtorrent';
import { TrackerWatch } from '../../../src/engine/swarm/tracker-watch.ts';
import { startTracker } from '../../support/tracker.ts';
import { waitUntil } from '../../support/wait-until.ts';

// The watch against the library's own client and a real tracker: the names that it listens at must be called.
const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';
type Client = InstanceType<typeof TrackerClient> & { readonly _trackers: readonly TrackerConnection[] };
const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

function watched(url: string, infoHash = HASH) {
  const peerId = Buffer.from('-XX0000-000000000001').toString('hex');
  const client = new TrackerClient({ infoHash, peerId, announce: [url], port: 6881, wrtc: {} }) as Client;
  client.on('error', () => undefined);
  client.on('warning', () => undefined);
  endings.push(() => client.destroy());
  const watch = new TrackerWatch(() => 1_234);
  watch.watch(client._trackers);
  client.on('update', (update: TrackerUpdate) => watch.updated(update));
  client.start({ numwant: 0, left: 0 } as never);
  return () => watch.status([url])[0];
}

test('a tracker that answers says how many there are, and when it did', async () => {
  const tracker = await startTracker();
  endings.push(tracker.close);
  const status = watched(tracker.wsUrl);
  await waitUntil(() => Promise.resolve(status()?.state === 'working'));
  expect(status()).toMatchObject({ seeds: 1, peers: 0, answeredAtMs: 1_234, error: null });
  await tracker.close();
  await waitUntil(() => Promise.resolve(status()?.error?.code === 'unreachable'));
  expect(status()).toMatchObject({ state: 'failing', seeds: 1 });
});

test('one that is not there cannot be reached', async () => {
  const tracker = await startTracker();
  await tracker.close();
  const status = watched(tracker.wsUrl);
  await waitUntil(() => Promise.resolve(status()?.state === 'failing'));
  expect(status()).toMatchObject({ seeds: null, answeredAtMs: null, error: { code: 'unreachable' } });
});

test('one that refuses is quoted', async () => {
  const server = new TrackerServer({
    udp: false,
    http: false,
    ws: true,
    stats: false,
    filter: (_hash: string, _params: unknown, done: (error: Error | null) => void) => done(new Error('not\u202e here')),
  } as never);
  server.on('warning', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise<void>((done) => server.close(() => done())));
  const { port } = (server as unknown as { ws: { address(): { port: number } } }).ws.address();
  const status = watched(`ws://127.0.0.1:${port}`);
  await waitUntil(() => Promise.resolve(status()?.error != null));
  expect(status()?.error).toEqual({ code: 'said', text: 'not here' });
});
