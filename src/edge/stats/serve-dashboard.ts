import type { IncomingMessage, ServerResponse } from 'node:http';
import sendFile from 'send';

/** The page loads its own files and nothing else, and nobody may frame it. */
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};
/** The page's files lie flat beside it. */
const FILE = /^\/(?:[a-z0-9][a-z0-9._-]*\.(?:js|css|svg|png))?$/i;

/** Answers with the page or one of its files; false when there is no such file, so that others may answer. */
export function serveDashboard(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  dashboardDir: string,
): Promise<boolean> {
  if ((request.method !== 'GET' && request.method !== 'HEAD') || !FILE.test(path)) return Promise.resolve(false);
  return new Promise((resolve) => {
    response.once('close', () => resolve(true));
    sendFile(request, path === '/' ? '/index.html' : path, {
      root: dashboardDir,
      cacheControl: false,
      dotfiles: 'ignore',
    })
      .on('headers', (answer: ServerResponse) => {
        for (const [name, value] of Object.entries(PAGE_HEADERS)) answer.setHeader(name, value);
      })
      .on('error', () => resolve(response.headersSent))
      .on('directory', () => resolve(false))
      .pipe(response);
  });
}
