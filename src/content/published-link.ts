import type { PublishedLinkText } from '../model/published-link.ts';
import { POLICY_ATTRIBUTE, REPORT_ATTRIBUTE, TORRENT_ATTRIBUTE } from '../model/publisher-link.ts';
import { isWebAddress } from '../model/torrent-links.ts';

/**
 * What a publisher wrote beside a link to a file on the web (model/publisher-link.ts); null when it names no torrent on
 * the web. The torrent's address is resolved against the page; what it is worth is judged by others.
 */
export function publishedLink(
  element: { readonly getAttribute?: (name: string) => string | null },
  url: URL,
  baseUrl: string,
): PublishedLinkText | null {
  const attribute = (name: string): string => element.getAttribute?.(name)?.trim() ?? '';
  const torrent = attribute(TORRENT_ATTRIBUTE);
  if (torrent === '' || !isWebAddress(url) || !URL.canParse(torrent, baseUrl)) return null;
  const torrentUrl = new URL(torrent, baseUrl);
  if (!isWebAddress(torrentUrl)) return null;
  return {
    fileUrl: url.href,
    torrentUrl: torrentUrl.href,
    policy: attribute(POLICY_ATTRIBUTE),
    report: attribute(REPORT_ATTRIBUTE),
    name: attribute('download'),
  };
}
