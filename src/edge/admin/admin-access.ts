import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may see what a stranger must not: exports, the price, log imports, changes of the allow-list. */
export type AdminAccess = {
  /** Whether the request proves that it comes from the publisher: `Authorization: Bearer <token>`, or our cookie. */
  readonly isAdmin: (request: IncomingMessage) => boolean;
  readonly isToken: (text: string) => boolean;
  /** Value of `Set-Cookie` for somebody who showed the token; `isSecure` when the page came over TLS. */
  readonly cookieFor: (isSecure: boolean) => string;
};

const COOKIE = 'rivulet_admin';
const COOKIE_LASTS_S = 7 * 24 * 3600;

/** What is kept of a token: whoever reads it cannot sign in as the publisher elsewhere. */
export function tokenDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Access by one token, of which only the SHA-256 is known here. Cookies are `<end in ms>.<HMAC-SHA-256>`, signed with a key
 * that comes from the token: they outlive a restart, count on every edge with the same token, and end when it changes.
 */
export function makeAdminAccess(digest: Buffer, now: () => number): AdminAccess {
  const key = createHmac('sha256', digest).update('rivulet edge cookie').digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const isToken = (text: string) => timingSafeEqual(tokenDigest(text), digest);

  const isCookie = (value: string): boolean => {
    const [endText = '', signature = ''] = value.split('.');
    const expected = Buffer.from(sign(endText));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) && Number(endText) > now();
  };

  return {
    isToken,
    isAdmin: (request) => {
      const bearer = /^Bearer (\S{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return isToken(bearer);
      const cookie = readCookie(request.headers.cookie ?? '', COOKIE);
      return cookie !== null && isCookie(cookie) && isOwnPage(request);
    },
    cookieFor: (isSecure) => {
      const end = String(now() + COOKIE_LASTS_S * 1000);
      const secure = isSecure ? '; Secure' : '';
      return `${COOKIE}=${end}.${sign(end)}; Path=/; Max-Age=${COOKIE_LASTS_S}; HttpOnly; SameSite=Strict${secure}`;
    },
  };
}

/** Takes the cookie away. */
export const FORGET_COOKIE = `${COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`;

/** A change may be asked for by our own pages only; browsers say where a request that changes something comes from. */
function isOwnPage({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD' || headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

function readCookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
