import { findLinks } from '../model/find-links.ts';
import { BACKGROUND_WORDS } from './background-words.ts';

const MAX_NAME_CHARS = 60;

/** The links in what is typed into the address bar. A web address alone is one, whatever its suffix. */
export function linksOfOmnibox(text: string): string[] {
  const found = findLinks(text);
  const typed = text.trim();
  return found.length === 0 && /^https?:\/\/\S+$/i.test(typed) && URL.canParse(typed) ? [typed] : found;
}

/** What Rivulet would do with it, for the line under the address bar. Chrome reads it as XML, so it has no signs of that. */
export function omniboxHint(text: string): string {
  const links = linksOfOmnibox(text);
  const [first] = links;
  if (first === undefined) return BACKGROUND_WORDS.omniboxHelp;
  return links.length > 1
    ? BACKGROUND_WORDS.willDownloadMany(links.length)
    : BACKGROUND_WORDS.willDownload(nameOf(first));
}

/** Empty when it has none. */
function nameOf(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : null;
  const name = url?.protocol === 'magnet:' ? (url.searchParams.get('dn') ?? '') : (url?.host ?? link);
  const plain = name
    .replace(/[<>&"'\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = [...plain].slice(0, MAX_NAME_CHARS).join('');
  return short.length < plain.length ? `${short}…` : short;
}
