import { MAX_LINK_CHARS } from '../model/limits.ts';

/**
 * The link that the address of a page of ours carries: `?link=…`, as the browser opens it for a magnet link, or `?url=…`,
 * as other programs may. Null when there is none, or one that no command would take. What it is worth is judged elsewhere:
 * any page can send its visitors to such an address, so nothing may start by it without a question.
 */
export function linkFromQuery(search: string): string | null {
  const query = new URLSearchParams(search);
  const link = (query.get('link') ?? query.get('url') ?? '').trim();
  return link === '' || link.length > MAX_LINK_CHARS ? null : link;
}
