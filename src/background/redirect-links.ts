import { api } from '../platform/webext/api.ts';
import { isOurs, OURS } from './network-guard.ts';

/** A server's list of mirrors is shorter. */
const MAX_CHARS = 32_768;

/**
 * Watches redirects of the engine's requests for links to other copies of the file (RFC 6249): `fetch` does not show
 * what stands beside a `Location`. To be called at once when the script runs.
 * @param onLinks Hears what was asked, and the `Link` headers, joined by commas.
 */
export function watchRedirectLinks(onLinks: (url: string, link: string) => void): void {
  api.webRequest.onBeforeRedirect.addListener(
    (request) => {
      if (!isOurs(request)) return undefined;
      const headers = (request.responseHeaders ?? []).filter(({ name }) => name.toLowerCase() === 'link');
      const link = headers.map(({ value = '' }) => value.replaceAll('\n', ', ')).join(', ');
      if (link.length <= MAX_CHARS && /\bduplicate\b/i.test(link)) onLinks(request.url, link);
      return undefined;
    },
    OURS,
    ['responseHeaders'],
  );
}
