import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AllowList, isInfoHash } from '../catalogue/allow-list.ts';
import { readBody } from '../http/read-body.ts';
import type { Buckets } from '../limits/token-buckets.ts';
import { type AdminAccess, FORGET_COOKIE } from './admin-access.ts';

type Parts = {
  readonly access: AdminAccess;
  readonly allowList: AllowList;
  /** Attempts to sign in, by address. */
  readonly signIns: Buckets;
};
/** `isSecure`: the request came over TLS. */
export type Visitor = { readonly addressKey: string; readonly isSecure: boolean };

const MAX_BODY_BYTES = 4096;

/**
 * Signing in, and the allow-list. Returns false, and touches nothing, for other paths.
 *
 * - `GET /api/admin` → `{"admin": boolean}`
 * - `POST /api/admin` with the token as body → a cookie; 403 for a wrong one, 429 after a few
 * - `DELETE /api/admin` → the cookie is forgotten
 * - `GET /api/allow-list` → `{"infoHashes": […]}`; `PUT` and `DELETE /api/allow-list/<40 hex digits>` → 204; for the
 *   publisher alone
 */
export function makeAdminApi({ access, allowList, signIns }: Parts) {
  const signIn = async (request: IncomingMessage, response: ServerResponse, visitor: Visitor) => {
    if (!signIns.take(visitor.addressKey)) return say(response, 429, 'Too many attempts. Wait a minute.');
    const token = (await readBody(request, MAX_BODY_BYTES))?.trim() ?? '';
    if (!access.isToken(token)) return say(response, 403, 'That is not the token.');
    response.writeHead(204, { 'Set-Cookie': access.cookieFor(visitor.isSecure), 'Cache-Control': 'no-store' }).end();
  };

  const changeList = async (request: IncomingMessage, response: ServerResponse, entry: string) => {
    if (!access.isAdmin(request)) return say(response, 401, 'This is for the publisher. Sign in first.');
    if (entry === '' && request.method === 'GET') return sayJson(response, { infoHashes: allowList.list() });
    if (!isInfoHash(entry)) return say(response, 400, 'That is no info hash (40 lower-case hex digits).');
    if (request.method === 'PUT') await allowList.add(entry);
    else if (request.method === 'DELETE') await allowList.remove(entry);
    else return say(response, 405, 'PUT adds an info hash, DELETE removes it.');
    response.writeHead(204).end();
  };

  return (request: IncomingMessage, response: ServerResponse, path: string, visitor: Visitor): boolean => {
    const failed = () => {
      if (response.headersSent) response.destroy();
      else say(response, 500, 'That could not be done now.');
    };
    if (path === '/api/admin') {
      if (request.method === 'POST') signIn(request, response, visitor).catch(failed);
      else if (request.method === 'DELETE') response.writeHead(204, { 'Set-Cookie': FORGET_COOKIE }).end();
      else sayJson(response, { admin: access.isAdmin(request) });
      return true;
    }
    const entry = /^\/api\/allow-list(?:\/([^/]*))?$/.exec(path);
    if (entry === null) return false;
    changeList(request, response, entry[1] ?? '').catch(failed);
    return true;
  };
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${sentence}\n`);
}

function sayJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}
