import type { OriginAnswer } from './origin-answer.ts';

type Request = { readonly query: string; readonly cookies: string | null };

// Cookies do not know ports: two servers on one host would share a cookie, which is what a leak would look like.
const COOKIE = 'session=let-me-in';

/**
 * Signs the visitor in: `/login` sets an HttpOnly cookie with SameSite=Lax, `/login?strict` one with SameSite=Strict.
 */
export function answerLogin({ query }: Request): OriginAnswer {
  const sameSite = new URLSearchParams(query).has('strict') ? 'Strict' : 'Lax';
  return page('<!doctype html><title>Signed in</title><p>Welcome back.</p>', {
    'set-cookie': `${COOKIE}; Path=/; HttpOnly; SameSite=${sameSite}`,
  });
}

/** Whether a request carries the cookie that `/login` gave. */
export function isLoggedIn({ cookies }: Request): boolean {
  return (cookies ?? '').split(/;\s*/).includes(COOKIE);
}

/** What a site says to a stranger who asks for a file: 200 and a page, not 401. */
export function loginPage(): OriginAnswer {
  return page('<!doctype html><title>Sign in</title><form action="/login"><button>Sign in</button></form>', {});
}

function page(html: string, headers: Readonly<Record<string, string>>): OriginAnswer {
  const body = new TextEncoder().encode(html);
  const standard = { 'content-type': 'text/html; charset=utf-8', 'content-length': String(body.length) };
  return { status: 200, headers: { ...standard, ...headers }, body };
}
