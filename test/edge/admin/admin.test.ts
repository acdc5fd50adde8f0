import { readFile, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeAdminAccess, tokenDigest } from '../../../src/edge/admin/admin-access.ts';
import { loadAdminToken } from '../../../src/edge/admin/admin-token.ts';
import { openAllowList } from '../../../src/edge/catalogue/allow-list.ts';
import { startServing, TOKEN, temporaryFolder } from '../start-serving.ts';

const HASH = 'aa00112233445566778899aabbccddeeff001122';
const WEEK_MS = 7 * 24 * 3600 * 1000;

function world() {
  let atMs = 1_700_000_000_000;
  const access = makeAdminAccess(tokenDigest(TOKEN), () => atMs);
  const ask = (headers: object, method = 'GET') => access.isAdmin({ headers, method } as IncomingMessage);
  const cookie = (access.cookieFor(true).split(';')[0] ?? '') as string;
  return { access, ask, cookie, pass: (ms: number) => (atMs += ms) };
}

describe('who is the publisher', () => {
  const { cookie } = world();
  test.each([
    ['who shows the token', { authorization: `Bearer ${TOKEN}` }, 'PUT', true],
    ['not who shows another', { authorization: 'Bearer nonsense' }, 'GET', false],
    ['not who shows nothing', {}, 'GET', false],
    ['not who shows an empty one', { authorization: 'Bearer ' }, 'GET', false],
    ['who has the cookie', { cookie: `a=b; ${cookie}` }, 'GET', true],
    ['not who changed its end', { cookie: cookie.replace(/=\d/, '=9') }, 'GET', false],
    ['not who cut its signature', { cookie: cookie.slice(0, -1) }, 'GET', false],
    ['not who made one up', { cookie: 'rivulet_admin=99999999999999.x' }, 'GET', false],
    ['changes from our own page', { cookie, origin: 'https://edge.example', host: 'edge.example' }, 'PUT', true],
    ['no changes from another page', { cookie, origin: 'https://evil.example', host: 'edge.example' }, 'PUT', false],
    ['nor from a sandbox', { cookie, origin: 'null', host: 'edge.example' }, 'POST', false],
  ])('%s', (_name, headers, method, expected) => {
    expect(world().ask(headers, method)).toBe(expected);
  });

  test('a cookie ends after a week, and is kept from scripts and other sites', () => {
    const { access, ask, cookie: given, pass } = world();
    pass(WEEK_MS - 1);
    expect(ask({ cookie: given })).toBe(true);
    pass(1);
    expect(ask({ cookie: given })).toBe(false);
    expect(access.cookieFor(true)).toMatch(/HttpOnly; SameSite=Strict; Secure$/);
    expect(access.cookieFor(false)).not.toContain('Secure');
  });

  test('with another token no cookie of before counts', () => {
    const other = makeAdminAccess(tokenDigest('another-token-of-tests'), () => 0);
    expect(other.isAdmin({ headers: { cookie: world().cookie }, method: 'GET' } as IncomingMessage)).toBe(false);
  });
});

describe('the token', () => {
  test('is made once, and only its digest is kept, for this user alone', async () => {
    const folder = await temporaryFolder();
    const first = await loadAdminToken(null, folder);
    const second = await loadAdminToken(null, folder);
    expect(first.made).toMatch(/^[\w-]{32}$/);
    expect(second.made).toBeNull();
    expect(second.digest.equals(tokenDigest(first.made ?? ''))).toBe(true);
    const path = join(folder, 'admin-token.sha256');
    expect(await readFile(path, 'utf8')).not.toContain(first.made);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test('that is given wins, and a damaged file is told in words', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'admin-token.sha256'), 'zz');
    expect((await loadAdminToken(TOKEN, folder)).digest.equals(tokenDigest(TOKEN))).toBe(true);
    await expect(loadAdminToken(null, folder)).rejects.toThrow('is damaged');
  });
});

describe('the allow-list', () => {
  test('outlives the edge, and says which line is none', async () => {
    const folder = await temporaryFolder();
    const list = await openAllowList(folder);
    await Promise.all([list.add(HASH), list.add(HASH.replace('aa', 'bb')), list.remove(HASH)]);
    expect((await openAllowList(folder)).list()).toEqual([HASH.replace('aa', 'bb')]);
    await writeFile(join(folder, 'allow-list.txt'), `# mine\n${HASH.toUpperCase()}  # film\n\nnonsense\n`);
    await expect(openAllowList(folder)).rejects.toThrow('line 4: "nonsense" is no info hash');
  });
});

describe('over HTTP', () => {
  const bearer = { authorization: `Bearer ${TOKEN}` };
  const list = async (url: string, init: RequestInit = {}, entry = '') => fetch(`${url}/api/allow-list${entry}`, init);

  test('the allow-list is read and changed by the publisher alone, and is used at once', async () => {
    const edge = await startServing();
    const announce = () =>
      fetch(`${edge.url}/announce?info_hash=${HASH.replace(/../g, '%$&')}&peer_id=${'b'.repeat(20)}&port=1&left=0`);
    expect((await list(edge.url)).status).toBe(401);
    expect((await list(edge.url, { method: 'PUT' }, `/${HASH}`)).status).toBe(401);
    expect(await (await announce()).text()).toContain('does not serve');
    expect((await list(edge.url, { method: 'PUT', headers: bearer }, `/${HASH}`)).status).toBe(204);
    expect(await (await list(edge.url, { headers: bearer })).json()).toEqual({ infoHashes: [HASH] });
    expect(await (await announce()).text()).toContain('8:completei1e');
    expect((await list(edge.url, { method: 'DELETE', headers: bearer }, `/${HASH}`)).status).toBe(204);
    expect(await (await announce()).text()).toContain('does not serve');
    expect((await list(edge.url, { method: 'PUT', headers: bearer }, '/nonsense')).status).toBe(400);
    expect((await list(edge.url, { method: 'POST', headers: bearer }, `/${HASH}`)).status).toBe(405);
  });

  test('signing in gives a cookie, and guessing is slow', async () => {
    const edge = await startServing();
    const signIn = (body: string) => fetch(`${edge.url}/api/admin`, { method: 'POST', body });
    expect((await signIn('guess')).status).toBe(403);
    expect((await signIn('x'.repeat(100_000))).status).toBe(403);
    const answer = await signIn(`${TOKEN}\n`);
    expect(answer.status).toBe(204);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const state = await fetch(`${edge.url}/api/admin`, { headers: { cookie } });
    expect(await state.json()).toEqual({ admin: true });
    const codes = await Promise.all(Array.from({ length: 5 }, async () => (await signIn('guess')).status));
    expect(codes.filter((code) => code === 429).length).toBeGreaterThanOrEqual(3);
    const out = await fetch(`${edge.url}/api/admin`, { method: 'DELETE' });
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  });
});
