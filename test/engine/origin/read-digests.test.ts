import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { readDigests } from '../../../src/engine/origin/read-digests.ts';
import { type SpanAnswer, streamSpan } from '../../../src/engine/origin/stream-span.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';
import { openServer } from '../../support/open-server.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const BYTES = new TextEncoder().encode('hello');
const base64 = (algorithm: string) => createHash(algorithm).update(BYTES).digest('base64');
const [a, b] = [base64('sha256'), base64('sha512')];
const sha256 = { algorithm: 'sha256', hex: createHash('sha256').update(BYTES).digest('hex') };
const sha512 = { algorithm: 'sha512', hex: createHash('sha512').update(BYTES).digest('hex') };

test.each<[string, Record<string, string>, object[]]>([
  ['nothing', {}, []],
  ['Repr-Digest', { 'repr-digest': `sha-256=:${a}:` }, [sha256]],
  ['two of it, in either order', { 'repr-digest': `sha-512=:${b}:, sha-256=:${a}:` }, [sha256, sha512]],
  ['with a parameter', { 'repr-digest': `sha-256=:${a}:;x=1` }, [sha256]],
  ['beside weaker ones', { 'repr-digest': `md5=:XUFAKrxLKna5cZ2REBfFkg==:,sha-256=:${a}:` }, [sha256]],
  [
    'weaker ones alone',
    { 'repr-digest': 'md5=:XUFAKrxLKna5cZ2REBfFkg==:', digest: 'SHA=qvTGHdzF6KLavt4PO0gs2a6pQ00=' },
    [],
  ],
  ['the old Digest', { digest: `SHA-256=${a}` }, [sha256]],
  [
    'the old Digest in small letters, after another',
    { digest: `md5=XUFAKrxLKna5cZ2REBfFkg==, sha-256=${a}` },
    [sha256],
  ],
  ['both, the same', { 'repr-digest': `sha-256=:${a}:`, digest: `SHA-256=${a}` }, [sha256]],
  ['both, which differ', { 'repr-digest': `sha-256=:${a}:`, digest: `SHA-256=${base64('sha3-256')}` }, []],
  ['a digest of the message', { 'content-digest': `sha-256=:${a}:` }, []],
  ['hex for base64', { digest: `SHA-256=${sha256.hex}` }, []],
  ['of another length', { 'repr-digest': `sha-256=:${b}:` }, []],
  ['no base64', { 'repr-digest': 'sha-256=:%%%%:' }, []],
  ['without colons', { 'repr-digest': `sha-256=${a}` }, []],
  ['an endless header', { digest: `${'x,'.repeat(5_000)}SHA-256=${a}` }, []],
])('%s', (_name, headers, expected) => {
  expect(readDigests(new Headers(headers))).toEqual(expected);
});

test('a real server is asked for it when it is wanted, and gives it with a part too', async () => {
  const { info, payload } = await smallTorrent({ content: 100_000 });
  const digest = createHash('sha256').update(payload).digest();
  const asked: unknown[] = [];
  const server = createServer(({ headers }, response) => {
    asked.push(headers['want-repr-digest']);
    response.setHeader('repr-digest', `sha-256=:${digest.toString('base64')}:`);
    response.writeHead(206, { 'content-range': 'bytes 1000-1999/100000' }).end(payload.subarray(1_000, 2_000));
  });
  const opened = await openServer(server);
  const origin = `${opened.origin}/file.bin` as OriginUrl;
  const answers: SpanAnswer[] = [];
  const read = async (wantsDigest: boolean) => {
    const span = streamSpan({
      info,
      origin,
      startByte: 1_000,
      endByte: 2_000,
      acceptWhole: false,
      wantsDigest,
      signal: new AbortController().signal,
      fetch: globalThis.fetch,
      nowMs: Date.now,
      finalUrls: new Map(),
      onAnswer: (answer) => answers.push(answer),
    });
    for await (const part of span) expect(part).toHaveProperty('bytes');
  };
  await read(false);
  await read(true);
  await opened.close();
  expect(asked).toEqual([undefined, 'sha-256=10, sha-512=5']);
  expect(answers.map(({ digests }) => digests)).toEqual(
    Array(2).fill([{ algorithm: 'sha256', hex: digest.toString('hex') }]),
  );
});
