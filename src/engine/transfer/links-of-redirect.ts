import { plainAddress } from '../../model/login-of-url.ts';
import { mirrorsOf } from '../origin/mirrors.ts';
import { originFileUrl } from '../torrent/origin-url.ts';
import type { Transfer } from './transfer.ts';

/**
 * Mirror networks name a file's other addresses with the redirect that leads to one of them, and nowhere else. `fetch`
 * shows no headers of redirects, but the browser does to whoever watches requests: what it saw joins the downloads that
 * have asked this address of the file, as if its answer had said so.
 * @param url What was asked and redirected; a later address of the same request is no origin's, and is believed nothing.
 * @param link Its `Link` headers, joined by commas.
 * @see RFC 6249 (Metalink/HTTP).
 */
export function linksOfRedirect(transfers: Iterable<Pick<Transfer, 'run'>>, url: string, link: string): void {
  for (const { run } of transfers) {
    const download = run?.activeDownload ?? null;
    const info = download?.board.info;
    const file = info?.files[0];
    if (download === null || info === undefined || file === undefined || info.isMultiFile) continue;
    for (const { origin } of [...download.origins]) {
      if (plainAddress(originFileUrl(origin, info, file.index)).address !== url) continue;
      const mirrors = mirrorsOf(origin, { url, link });
      if (mirrors.length > 0) download.hear({ type: 'mirrors-named', origin, mirrors });
    }
  }
}
