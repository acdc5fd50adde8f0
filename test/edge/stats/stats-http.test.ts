import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PublishedFile } from '../../../src/edge/published-file.ts';
import { openRecords, type Records } from '../../../src/edge/records/records.ts';
import type { DeliveryChallenge, DeliveryReport } from '../../../src/model/delivery-report.ts';
import type { Statistics } from '../../../src/model/statistics.ts';
import { type PostgresServer, startPostgres } from '../records/start-postgres.ts';
import { finished, publishedFile, sent } from './sample-events.ts';
import { type StatsServer, startStatsServer } from './start-stats-server.ts';

const DAY = Date.UTC(2026, 10, 21, 12);
const SIZE = 1_000_000;

let folder: string;
let database: PostgresServer;
let records: Records;
let server: StatsServer;
let published: PublishedFile[];
let now: number;
let file: PublishedFile;
let bytes: Buffer;
let made = 0;
const countedElsewhere: (readonly [string, string])[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rivulet-stats-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'secret.txt'), 'not for the web');
  database = await startPostgres();
  records = await openRecords({ databaseUrl: database.url });
  published = [];
  server = await startStatsServer({
    records,
    files: () => published,
    now: () => now,
    key: 'key',
    countedElsewhere: (...who) => countedElsewhere.push(who),
    dashboardDir: folder,
  });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await records?.close();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  now = DAY;
  made += 1;
  const localPath = join(folder, `file-${made}`);
  bytes = randomBytes(SIZE);
  await writeFile(localPath, bytes);
  file = { ...publishedFile(made, `file ${made}.bin`, SIZE), localPath };
  published = [...published, file];
});

const ADMIN = { cookie: 'signed=in' };
const ask = (path: string, request: RequestInit = {}) => fetch(`${server.url}${path}`, request);
const statistics = async (): Promise<Statistics> => (await ask(`/api/stats?file=${file.infoHash}`)).json();
const send = (report: object, address = `address ${made}`) =>
  ask('/api/report', { method: 'POST', body: JSON.stringify(report), headers: { 'x-test-address': address } });
const challengeFor = async (infoHash = file.infoHash): Promise<DeliveryChallenge> =>
  (await ask(`/api/challenge?info_hash=${infoHash}`, { headers: { 'x-test-address': `address ${made}` } })).json();
const prove = ({ nonce, pieces }: DeliveryChallenge, content = bytes) => {
  const hash = createHash('sha256').update(Buffer.from(nonce, 'hex'));
  for (const piece of pieces) {
    const begin = piece * file.pieceLengthBytes;
    hash.update(content.subarray(begin, begin + file.pieceLengthBytes));
  }
  return { nonce, digest: hash.digest('hex') };
};
const report = (change: Partial<DeliveryReport> = {}): DeliveryReport => ({
  infoHash: file.infoHash,
  cohort: 'mixed',
  result: 'completed',
  originBytes: 200_000,
  peerBytes: 800_000,
  uploadedBytes: 10_000,
  seconds: 5,
  proof: null,
  ...change,
});
const refusal = async (response: Response) => [response.status, (await response.text()).trim()];

describe('a report', () => {
  test('with a proof is taken, and is in the statistics', async () => {
    const answer = await send(report({ proof: prove(await challengeFor()) }));
    expect(answer.status).toBe(204);
    const { totals, speeds } = await statistics();
    expect(totals.claims).toEqual({
      ...{ completed: 1, failed: 0, cancelled: 0, proven: 1 },
      ...{ originBytes: 200_000, peerBytes: 800_000, uploadedBytes: 10_000 },
    });
    expect(totals).toMatchObject({ completions: 0, deliveredBytes: 0 });
    expect(speeds.mixed.deliveries).toBe(1);
    expect(countedElsewhere).toEqual([]);
  });

  test('of the control group is a completion when it is proven', async () => {
    const control = { cohort: 'control', originBytes: SIZE, peerBytes: 0, uploadedBytes: 0 } as const;
    expect((await send(report({ ...control, proof: prove(await challengeFor()) }))).status).toBe(204);
    expect((await statistics()).totals).toMatchObject({ control: 1, completions: 1, deliveredBytes: SIZE });
    // Its ranges must not be one more download.
    expect(countedElsewhere.at(-1)).toEqual([`address ${made}`, file.infoHash]);
  });

  test('of a file that is not here is taken without proof, and completes nothing', async () => {
    published = published.map((one) => (one === file ? { ...file, localPath: null } : one));
    expect((await send(report({ cohort: 'control', originBytes: SIZE, peerBytes: 0 }))).status).toBe(204);
    expect((await statistics()).totals).toMatchObject({ control: 0, claims: { completed: 1, proven: 0 } });
  });

  test('without a proof that could have been had is a claim, and nothing is paid or compared by it', async () => {
    expect((await send(report())).status).toBe(204);
    expect((await send(report({ cohort: 'control', originBytes: SIZE, peerBytes: 0 }))).status).toBe(204);
    const { totals, speeds } = await statistics();
    expect(totals).toMatchObject({ completions: 0, control: 0, deliveredBytes: 0 });
    expect(totals.claims).toMatchObject({ completed: 2, proven: 0, peerBytes: 800_000 });
    expect([speeds.mixed.deliveries, speeds.control.deliveries]).toEqual([0, 0]);
  });

  test('of what was cancelled needs no proof', async () => {
    expect((await send(report({ result: 'cancelled', peerBytes: 5 }))).status).toBe(204);
    expect((await statistics()).totals.claims).toMatchObject({ cancelled: 1, completed: 0 });
  });

  test('is refused when its proof is wrong, replayed, of another file or too late', async () => {
    const wrong = prove(await challengeFor(), randomBytes(SIZE));
    expect(await refusal(await send(report({ proof: wrong })))).toEqual([400, 'the proof is wrong']);
    const once = prove(await challengeFor());
    expect((await send(report({ proof: once }))).status).toBe(204);
    expect((await send(report({ proof: once }))).status).toBe(409);
    const [other = file] = published;
    const foreign = prove(await challengeFor(other === file ? 'none' : other.infoHash));
    expect((await send(report({ proof: foreign }))).status).toBe(other === file ? 400 : 409);
    const late = prove(await challengeFor());
    now += 10 * 60_000;
    expect((await send(report({ proof: late }))).status).toBe(409);
    expect((await statistics()).totals.claims).toMatchObject({ completed: 1, proven: 1 });
  });

  test('that is impossible is refused', async () => {
    const tooMuch = report({ peerBytes: 2 * SIZE, proof: prove(await challengeFor()) });
    expect(await refusal(await send(tooMuch))).toEqual([400, 'more bytes than the file has']);
    const unknown = report({ infoHash: 'f'.repeat(40) });
    expect(await refusal(await send(unknown))).toEqual([400, 'no such file is published here']);
  });

  test('that is too long, or no JSON, is refused', async () => {
    const long = await ask('/api/report', { method: 'POST', body: 'x'.repeat(4097) });
    expect(await refusal(long)).toEqual([400, 'a report has at most 4096 bytes']);
    const streamed = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    });
    const endless = ask('/api/report', { method: 'POST', body: streamed, duplex: 'half' } as RequestInit);
    expect(await endless.then(({ status }) => status).catch(() => 'cut off')).toSatisfy(
      (outcome) => outcome === 400 || outcome === 'cut off',
    );
    expect(await refusal(await ask('/api/report', { method: 'POST', body: '{' }))).toEqual([
      400,
      'the report is not JSON',
    ]);
  });

  test('comes too often from one address', async () => {
    const answers = await Promise.all(Array.from({ length: 70 }, () => send(report({ peerBytes: -1 }), 'eager')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    expect((await send(report({ result: 'failed', peerBytes: 1 }), 'patient')).status).toBe(204);
  });
});

describe('a challenge', () => {
  test('is not given for what cannot be checked', async () => {
    for (const infoHash of ['', 'f'.repeat(40), '__proto__'])
      expect((await ask(`/api/challenge?info_hash=${infoHash}`)).status).toBe(404);
    await truncate(file.localPath ?? '', SIZE - 1);
    expect((await ask(`/api/challenge?info_hash=${file.infoHash}`)).status).toBe(404);
  });
  test('whose file has gone meanwhile is no proof', async () => {
    const proof = prove(await challengeFor());
    await rm(file.localPath ?? '');
    expect(await refusal(await send(report({ proof })))).toEqual([409, 'the proof cannot be checked now']);
  });
});

describe('the statistics', () => {
  test('are of the days that are asked for', async () => {
    await server.stats.record([finished(DAY, file), sent(DAY, file, 250_000), finished(DAY + 86_400_000, file)]);
    const of = async (query: string): Promise<Statistics> =>
      (await ask(`/api/stats?file=${file.infoHash}${query}`)).json();
    expect((await of('')).totals).toMatchObject({ completions: 2, deliveredBytes: 2 * SIZE, savedBytes: 1_750_000 });
    expect((await of('&to=2026-11-21')).totals).toMatchObject({ completions: 1, offload: 0.75 });
    expect((await of('&from=2026-11-22')).days.map(({ day, completions }) => [day, completions])).toEqual([
      ['2026-11-22', 1],
    ]);
    expect((await of('')).files).toMatchObject([{ infoHash: file.infoHash, name: file.name, sizeBytes: SIZE }]);
  });

  test('know the size of a file that is published no more', async () => {
    await server.stats.record([finished(DAY, file)]);
    published = published.filter((one) => one !== file);
    expect((await statistics()).totals.deliveredBytes).toBe(SIZE);
  });

  test.each(['from=yesterday', 'to=2026-02-30', 'from=2026-13-01', 'file=xyz', 'file=%00'])(
    'do not take %s',
    async (query) => {
      expect((await ask(`/api/stats?${query}`)).status).toBe(400);
    },
  );

  test('are for billing as CSV, and for the publisher alone', async () => {
    published = published.map((one) => (one === file ? { ...file, name: '=HYPERLINK("x"),\n' } : one));
    await server.stats.record([finished(DAY, file), sent(DAY, file, 250_000)]);
    await ask('/api/price', { method: 'PUT', headers: ADMIN, body: '{"perGB":2,"currency":"EUR"}' });
    expect((await ask('/api/stats.csv')).status).toBe(401);
    const answer = await ask(`/api/stats.csv?from=2026-11-21&file=${file.infoHash}`, { headers: ADMIN });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="rivulet-2026-11-21-today.csv"');
    const [titles = '', ...lines] = (await answer.text()).split('\r\n');
    expect(titles.split(',')).toHaveLength(19);
    await server.stats.record([sent(DAY + 86_400_000, file, 7)]);
    const next = await ask(`/api/stats.csv?from=2026-11-22&file=${file.infoHash}`, { headers: ADMIN });
    expect((await next.text()).split('\r\n')[1]).toMatch(/,-7,2,EUR,0\.000000,/); // no "-0"
    expect(lines.join('|')).toBe(
      `2026-11-21,${file.infoHash},"'=HYPERLINK(""x""),\n",1000000,1,0,1,0,1000000,250000,750000,2,EUR,0.001500,0,0,0,0,0|`,
    );
  });
});

describe('the price', () => {
  test('is set by the publisher alone', async () => {
    const price = { perGB: 0.08, currency: 'EUR' };
    const put = (body: string, headers = {}) => ask('/api/price', { method: 'PUT', body, headers });
    expect((await put(JSON.stringify(price))).status).toBe(401);
    for (const wrong of ['', '5', '{"perGB":-1,"currency":"EUR"}', '{"perGB":1,"currency":"euro"}', 'x'.repeat(2000)])
      expect((await put(wrong, ADMIN)).status).toBe(400);
    expect((await put(JSON.stringify(price), ADMIN)).status).toBe(200);
    expect(await (await ask('/api/price')).json()).toEqual(price);
    expect((await statistics()).price).toEqual(price);
  });
});

test('the metrics count what this process recorded', async () => {
  const metric = async (line: string) => {
    const text = await (await ask('/metrics')).text();
    return Number(
      text
        .split('\n')
        .find((one) => one.startsWith(line))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  };
  const name = 'rivulet_bytes_total{source="origin"}';
  const before = await metric(name);
  await server.stats.record([sent(DAY, file, 123), finished(DAY, file)]);
  expect((await metric(name)) - before).toBe(123);
  expect(await metric('rivulet_downloads_total{result="completed",told_by="tracker"}')).toBeGreaterThan(0);
  expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(0);
});

describe('the page', () => {
  test('comes with a policy that lets nothing foreign in', async () => {
    const answer = await ask('/');
    expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html><title>page</title>']);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
  });
  test.each(['/nothing.js', '/secret.txt', '/data/pglite', '/..%2fsecret.txt', '/api/unknown'])(
    '%s is for others',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );
  test('is not sent again when it is known', async () => {
    const etag = (await ask('/')).headers.get('etag') ?? '';
    // Not by fetch, which asks for a fresh copy as soon as it is told of an old one.
    const again = await new Promise<IncomingMessage>((resolve) =>
      get(`${server.url}/`, { headers: { 'if-none-match': etag } }, resolve),
    );
    expect(again.resume().statusCode).toBe(304);
    expect((await ask('/', { method: 'HEAD' })).status).toBe(200);
  });
  test('takes no other methods than it says', async () => {
    const answer = await ask('/api/report');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
