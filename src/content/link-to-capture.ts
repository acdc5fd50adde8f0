import { MAX_LINK_CHARS } from '../model/limits.ts';
import type { PublishedLinkText } from '../model/published-link.ts';
import { isTorrentType, isWebAddress, leadsToTorrent } from '../model/torrent-links.ts';
import { publishedLink } from './published-link.ts';

/** What counts of a click. A `MouseEvent` has all of it. */
export type ClickFacts = {
  readonly isTrusted: boolean;
  readonly button: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
};

/** What counts of an element on the way of a click: `href` is text in HTML and an animated string in SVG. */
export type PathNode = {
  readonly localName?: unknown;
  readonly href?: unknown;
  readonly getAttribute?: (name: string) => string | null;
};

export type CapturedLink<Node extends PathNode> = {
  readonly element: Node;
  readonly url: string;
  /** What its publisher wrote beside it; null for a link that leads to a torrent itself. */
  readonly published: PublishedLinkText | null;
};

/**
 * The link that a click means for us, or null when the click is the browser's: not a plain trusted click, not on a link,
 * or on a link to something else beside which no publisher named a torrent. `path` is the event's composed path,
 * innermost first; the innermost link decides. `baseUrl` resolves the relative references that SVG links keep.
 */
export function linkToCapture<Node extends PathNode>(
  click: ClickFacts,
  path: readonly Node[],
  baseUrl: string,
): CapturedLink<Node> | null {
  if (!click.isTrusted || click.defaultPrevented || click.button !== 0) return null;
  if (click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return null;
  return linkInPath(path, baseUrl);
}

/** The same of any event: the link of ours that it is about, or null. */
export function linkInPath<Node extends PathNode>(path: readonly Node[], baseUrl: string): CapturedLink<Node> | null {
  for (const element of path) {
    const href = hrefOf(element);
    if (href === null) continue;
    if (!URL.canParse(href, baseUrl)) return null;
    const url = new URL(href, baseUrl);
    if (url.href.length > MAX_LINK_CHARS) return null;
    if (leadsToTorrent(url) || (isWebAddress(url) && isTorrentType(typeOf(element))))
      return { element, url: url.href, published: null };
    const published = publishedLink(element, url, baseUrl);
    return published === null ? null : { element, url: url.href, published };
  }
  return null;
}

/** Null for what is no link; an `a` without `href` is none (HTML says "" for it, SVG too). */
function hrefOf({ localName, href }: PathNode): string | null {
  if (localName !== 'a' && localName !== 'area') return null;
  const text = typeof href === 'object' && href !== null && 'baseVal' in href ? href.baseVal : href;
  return typeof text === 'string' && text !== '' ? text : null;
}

/** What the page says that the link leads to. */
const typeOf = (element: PathNode): string => element.getAttribute?.('type') ?? '';
