import { MAX_PAGE_MEDIA } from '../../model/page-media.ts';
import { POLICY_ATTRIBUTE, REPORT_ATTRIBUTE, TORRENT_ATTRIBUTE } from '../../model/publisher-link.ts';
import { api } from './api.ts';
import { within } from './within.ts';

const LIMIT_MS = 3_000;

/** What a frame says of one of its media elements. Nothing of it is checked but that it is text. */
export type FoundMedia = {
  readonly kind: 'video' | 'audio';
  readonly title: string;
  readonly fileUrl: string;
  readonly torrentUrl: string;
  readonly policy: string;
  readonly report: string;
  /** Address of the frame; null when it has none on the web. */
  readonly frameUrl: string | null;
};

/**
 * The media elements of a tab that have a publisher's torrent, in the order of its frames. Empty for pages that no
 * extension may read. Never rejects. Runs once, when it is asked for, and leaves nothing in the page.
 */
export async function mediaOfPage(tabId: number): Promise<FoundMedia[]> {
  const names = { torrent: TORRENT_ATTRIBUTE, policy: POLICY_ATTRIBUTE, report: REPORT_ATTRIBUTE };
  const asked = api.scripting
    .executeScript({ target: { tabId, allFrames: true }, func: mediaInFrame, args: [MAX_PAGE_MEDIA, names] })
    .catch(() => []);
  const frames = await within(LIMIT_MS, asked, []);
  const found = frames.flatMap(({ result }) => (Array.isArray(result) ? (result as FoundMedia[]) : []));
  return found.slice(0, MAX_PAGE_MEDIA);
}

type AttributeNames = { readonly torrent: string; readonly policy: string; readonly report: string };

/** Runs in a frame, as text: it knows nothing of this file. */
function mediaInFrame(limit: number, names: AttributeNames): FoundMedia[] {
  const found: FoundMedia[] = [];
  const frameUrl = self.origin === 'null' ? null : location.href;
  const addressOf = (text: string | null | undefined): string | null =>
    text && URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI).href : null;
  const look = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (found.length >= limit) return;
      if (element.shadowRoot !== null) look(element.shadowRoot);
      if (!(element instanceof HTMLMediaElement) || !element.hasAttribute(names.torrent)) continue;
      const source =
        element.currentSrc || element.getAttribute('src') || element.querySelector('source[src]')?.getAttribute('src');
      const fileUrl = addressOf(source);
      const torrentUrl = addressOf(element.getAttribute(names.torrent));
      if (fileUrl === null || torrentUrl === null) continue;
      found.push({
        kind: element instanceof HTMLVideoElement ? 'video' : 'audio',
        title: (element.title || element.getAttribute('aria-label') || document.title).slice(0, 300),
        fileUrl,
        torrentUrl,
        policy: element.getAttribute(names.policy) ?? '',
        report: element.getAttribute(names.report) ?? '',
        frameUrl,
      });
    }
  };
  look(document);
  return found;
}
