import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { connectPeer, isReply } from '../raw-peer.ts';
import { type Published, publishFile, startServing, type TestEdge } from '../start-serving.ts';

const SIZE = 100_000;

type Answer = { readonly status: number; readonly headers: Headers; readonly body: Buffer };

async function get(
  edge: TestEdge,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const response = await fetch(`${edge.url}${path}`, { headers, method });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

/** Sends a path as it is; `fetch` would tidy it up. */
function getRaw(edge: TestEdge, path: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: edge.port, path }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

async function open(urlList: readonly string[] = []): Promise<{ readonly edge: TestEdge; readonly film: Published }> {
  let film: Published | undefined;
  const edge = await startServing({
    fill: async (folder) => {
      film = await publishFile(folder, 'shows/film 1.mp4', { lengthBytes: SIZE, urlList });
      await writeFile(join(folder, 'shows/film 1.mp4.meta4'), '<metalink/>');
      await writeFile(join(folder, 'notes.txt'), 'plain');
      await writeFile(join(folder, 'page.html'), '<script>alert(1)</script>');
      await writeFile(join(folder, 'main.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
      await writeFile(join(folder, '.secret'), 'hidden');
      await mkdir(join(folder, '.git'));
      await writeFile(join(folder, '.git/config'), 'hidden');
    },
  });
  if (film === undefined) throw new Error('the folder was filled');
  await edge.catalogue.refresh();
  return { edge, film };
}

const FILM = '/shows/film%201.mp4';

describe('ranges', () => {
  test.each([
    ['none', undefined, 200, 0, SIZE],
    ['the first byte', 'bytes=0-0', 206, 0, 1],
    ['the middle', 'bytes=500-999', 206, 500, 1000],
    ['open to the end', 'bytes=99990-', 206, 99_990, SIZE],
    ['the last bytes', 'bytes=-10', 206, 99_990, SIZE],
    ['more than the last bytes', 'bytes=-200000', 206, 0, SIZE],
    ['beyond the end', 'bytes=99999-200000', 206, 99_999, SIZE],
    ['after the end', 'bytes=100000-', 416, 0, 0],
    ['backwards', 'bytes=10-5', 416, 0, 0],
    ['another unit', 'pieces=0-1', 200, 0, SIZE],
    ['several that are far apart', 'bytes=0-1,50000-50001', 200, 0, SIZE],
    ['nonsense', 'bytes=a-b', 200, 0, SIZE],
  ])('%s', async (_name, range, status, startByte, endByte) => {
    const { edge, film } = await open();
    const answer = await get(edge, FILM, range === undefined ? {} : { range });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
    if (status === 416) return expect(answer.headers.get('content-range')).toBe(`bytes */${SIZE}`);
    expect(answer.body.equals(film.bytes.subarray(startByte, endByte))).toBe(true);
    if (status === 206) expect(answer.headers.get('content-range')).toBe(`bytes ${startByte}-${endByte - 1}/${SIZE}`);
  });

  test('a range is sent only of the version that was asked for', async () => {
    const { edge, film } = await open();
    const etag = `"${film.sha256}"`;
    const same = await get(edge, FILM, { range: 'bytes=0-9', 'if-range': etag });
    const other = await get(edge, FILM, { range: 'bytes=0-9', 'if-range': '"another"' });
    expect([same.status, other.status]).toEqual([206, 200]);
    expect((await get(edge, FILM, { 'if-none-match': etag, 'cache-control': 'max-age=0' })).status).toBe(304);
    expect((await get(edge, FILM, { 'if-match': '"another"' })).status).toBe(412);
  });
});

describe('headers', () => {
  test('say where torrent, Metalink and mirrors are, one link a line, and what the bytes are', async () => {
    const { edge, film } = await open(['https://cdn.example/shows/film%201.mp4', 'https://m.example/f.mp4']);
    const lines = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(edge.port, '127.0.0.1', () =>
        socket.write(`HEAD ${FILM} HTTP/1.1\r\nHost: cdn.example\r\nConnection: close\r\n\r\n`),
      );
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('error', reject).on('close', () => resolve(text));
    });
    expect(lines.split('\r\n').filter((line) => line.startsWith('Link:'))).toEqual([
      'Link: <film%201.mp4.torrent>; rel=describedby; type="application/x-bittorrent"',
      'Link: <film%201.mp4.meta4>; rel=describedby; type="application/metalink4+xml"',
      'Link: <https://m.example/f.mp4>; rel=duplicate; pri=2', // cdn.example is who was asked
    ]);
    const digest = Buffer.from(film.sha256, 'hex').toString('base64');
    expect(lines).toContain(`ETag: "${film.sha256}"\r\n`);
    expect(lines).toContain(`Repr-Digest: sha-256=:${digest}:\r\n`);
    expect(lines).toContain(`Content-Length: ${SIZE}\r\n`);
  });

  test('let any page read what is published, also parts of it', async () => {
    const { edge } = await open();
    const answer = await get(edge, FILM, { range: 'bytes=0-9', origin: 'https://blog.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/Content-Range.*ETag.*Link/);
    const preflight = await get(edge, FILM, { origin: 'https://blog.example' }, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Range');
  });

  test.each([
    ['/shows/film%201.mp4.torrent', 'application/x-bittorrent', null],
    ['/shows/film%201.mp4.meta4', 'application/metalink4+xml', null],
    [FILM, 'video/mp4', null],
    ['/page.html', 'text/html; charset=utf-8', 'sandbox allow-scripts allow-popups allow-downloads'],
    ['/main.svg', 'image/svg+xml', 'sandbox allow-scripts allow-popups allow-downloads'],
  ])('%s is %s', async (path, type, policy) => {
    const { edge } = await open();
    const answer = await get(edge, path);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('content-security-policy')).toBe(policy);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('no digest is told of a file that was changed after it was published', async () => {
    const { edge, film } = await open();
    const path = join(edge.folder, 'shows/film 1.mp4');
    await writeFile(path, Buffer.alloc(SIZE, 7));
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    const answer = await get(edge, FILM);
    await edge.catalogue.refresh();
    expect(edge.warnings).toEqual([expect.stringContaining('film 1.mp4 is not what its .torrent describes')]);
    expect((await get(edge, FILM)).headers.get('repr-digest')).toBeNull();
    expect(answer.headers.get('repr-digest')).toBeNull();
    expect(answer.headers.get('link')).toBeNull();
    expect(answer.headers.get('etag')).not.toContain(film.sha256);
  });
});

test('a copy that is newer than its .torrent is compared, and told of when it is the same', async () => {
  const { edge, film } = await open();
  const path = join(edge.folder, 'shows/film 1.mp4');
  await utimes(path, new Date(), new Date(Date.now() + 60_000));
  expect((await get(edge, FILM)).headers.get('repr-digest')).toBeNull();
  await edge.catalogue.refresh();
  expect((await get(edge, FILM)).headers.get('etag')).toBe(`"${film.sha256}"`);
  expect(edge.warnings).toEqual([]);
});

describe('what is not there', () => {
  test.each([
    '/.secret',
    '/.git/config',
    '/shows/../.secret',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/shows/..%5c..%5cetc/passwd',
    '/....//....//etc/passwd',
    '//etc/passwd',
    '/%00',
    '/notes.txt%00.mp4',
    '/%c0%ae%c0%ae/etc/passwd',
    '/%',
    '/shows',
    '/shows/',
    '/notes.txt/',
    '/nothing.mp4',
    'http://127.0.0.1/../../etc/passwd',
  ])('%s', async (path) => {
    const { edge } = await open();
    const { status, body } = await getRaw(edge, path);
    expect([400, 404]).toContain(status);
    expect(body).not.toMatch(/root:|hidden|film/);
  });

  test('another method', async () => {
    const { edge } = await open();
    expect((await get(edge, FILM, {}, 'DELETE')).status).toBe(405);
  });
});

describe('what is counted', () => {
  const bytesOf = (edge: TestEdge) =>
    edge.events.map((event) => (event.type === 'origin' ? [event.bytes, event.whole] : []));

  test.each([
    ['a whole file', {}, 'GET', [[SIZE, true]]],
    ['a part', { range: 'bytes=10-19' }, 'GET', [[10, false]]],
    [
      'a range that is the whole',
      { range: 'bytes=0-' },
      'GET',
      [
        [SIZE, false],
        [0, true],
      ],
    ],
    ['headers alone', {}, 'HEAD', []],
    ['a refusal', { range: 'bytes=100000-' }, 'GET', []],
  ])('%s', async (_name, headers, method, expected) => {
    const { edge, film } = await open();
    await get(edge, FILM, headers as Record<string, string>, method);
    await get(edge, '/notes.txt');
    await edge.close();
    expect(bytesOf(edge)).toEqual(expected);
    for (const event of edge.events) expect(event).toMatchObject({ infoHash: film.infoHash, lineId: null });
  });

  test('ranges to one visitor that are the whole together, unless the tracker counts this visitor', async () => {
    const { edge, film } = await open();
    const half = SIZE / 2;
    await get(edge, FILM, { range: `bytes=${half}-` });
    await get(edge, FILM, { range: `bytes=0-${half - 1}` });
    await edge.close();
    expect(bytesOf(edge).toSorted()).toEqual([
      [0, true],
      [half, false],
      [half, false],
    ]);

    const { edge: other } = await open();
    const peer = await connectPeer(other.wsUrl, 'ann');
    peer.announce(film.infoHash, { left: SIZE, event: 'started' });
    await peer.receive(isReply);
    await get(other, FILM, { range: 'bytes=0-' });
    peer.close();
    await other.close();
    expect(bytesOf(other).filter(([bytes]) => bytes !== undefined)).toEqual([[SIZE, false]]);
  });

  test('what was sent until a client left, and not what was not', async () => {
    const lengthBytes = 50_000_000;
    const edge = await startServing({
      fill: async (folder) => {
        await publishFile(folder, 'long.mp4', { lengthBytes });
      },
    });
    let received = 0;
    await new Promise<void>((resolve, reject) => {
      request({ host: '127.0.0.1', port: edge.port, path: '/long.mp4' }, (response) => {
        response.on('data', (chunk: Buffer) => {
          received += chunk.length;
          if (received > 3_000_000) response.destroy();
        });
        response.on('close', resolve);
      })
        .on('error', reject)
        .end();
    });
    await waitUntil(() => edge.events.length > 0);
    const [event] = edge.events;
    if (event?.type !== 'origin') throw new Error('an answer is told');
    expect(event.whole).toBe(false);
    // What the two systems had in their buffers is sent, though the client never read it.
    expect(event.bytes).toBeGreaterThanOrEqual(received - 65_536);
    expect(event.bytes).toBeLessThan(received + 20_000_000);
  });
});

test('the page of files names what is published, and nothing in it can act', async () => {
  const edge = await startServing({
    fill: async (folder) => {
      await publishFile(folder, '<b>"&.mp4', { lengthBytes: 1_500_000 });
      await writeFile(join(folder, 'private.txt'), 'not published');
    },
  });
  const answer = await get(edge, '/files');
  const page = answer.body.toString();
  expect(page).toContain('&lt;b&gt;&quot;&amp;.mp4');
  expect(page).toContain('data-rivulet-torrent="http://127.0.0.1');
  expect(page).toContain('1.5 MB');
  expect(page).not.toContain('<b>');
  expect(page).not.toContain('private.txt');
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  const { body } = await get(edge, '/files', { host: 'x"><script>.example' });
  expect(body.toString()).not.toContain('<script>');
});

test('a link that leads out of the folder is the publisher’s own, and is followed', async () => {
  const edge = await startServing({
    fill: async (folder) => {
      await writeFile(join(folder, 'real.txt'), 'linked');
      await symlink(join(folder, 'real.txt'), join(folder, 'alias.txt'));
    },
  });
  expect((await get(edge, '/alias.txt')).body.toString()).toBe('linked');
});
