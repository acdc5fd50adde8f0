import { MAX_LINK_CHARS } from '../../model/limits.ts';
import { isTorrentType, isWebAddress, leadsToTorrent } from '../../model/torrent-links.ts';
import { api } from './api.ts';
import { within } from './within.ts';

/** A frame that does not answer, as one that a script holds up, is left out with all others. */
const LIMIT_MS = 3_000;
const MAX_PER_FRAME = 5_000;

type Candidate = { readonly url: string; readonly type: string };

/**
 * All links to torrents in a tab, each once, in the order of its frames: also those in open shadow roots, of image maps and
 * SVG. Empty for pages that no extension may read. Never rejects. Runs once, when it is asked for, and leaves nothing.
 */
export async function linksOfPage(tabId: number): Promise<string[]> {
  const asked = api.scripting
    .executeScript({ target: { tabId, allFrames: true }, func: candidatesInFrame, args: [MAX_PER_FRAME] })
    .catch(() => []);
  const frames = await within(LIMIT_MS, asked, []);
  const candidates = frames.flatMap(({ result }) => (Array.isArray(result) ? (result as Candidate[]) : []));
  return [...new Set(candidates.filter(isTorrentLink).map(({ url }) => url))];
}

/** The tab in front of the window that was used last, or null. A popup is no window of its own. */
export async function tabInFront(): Promise<chrome.tabs.Tab | null> {
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  return tab ?? null;
}

function isTorrentLink({ url, type }: Candidate): boolean {
  if (url.length > MAX_LINK_CHARS || !URL.canParse(url)) return false;
  const address = new URL(url);
  return leadsToTorrent(address) || (isWebAddress(address) && isTorrentType(type));
}

/** Runs in a frame, as text: it knows nothing of this file. What is a link to a torrent is decided outside. */
function candidatesInFrame(limit: number): Candidate[] {
  const candidates: Candidate[] = [];
  const look = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (candidates.length >= limit) return;
      if (element.shadowRoot !== null) look(element.shadowRoot);
      if (element.localName !== 'a' && element.localName !== 'area') continue;
      const { href } = element as HTMLAnchorElement | SVGAElement;
      const text = typeof href === 'string' ? href : (href?.baseVal ?? '');
      const type = element.getAttribute('type') ?? '';
      if (!/^\s*magnet:|torrent|meta4|metalink/i.test(`${text} ${type}`)) continue;
      if (URL.canParse(text, document.baseURI)) candidates.push({ url: new URL(text, document.baseURI).href, type });
    }
  };
  look(document);
  return candidates;
}
