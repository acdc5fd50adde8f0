import { readLinks } from '../model/read-links.ts';

type Header = { readonly name: string; readonly value?: string | undefined };

/** A file, and the torrent that its own server names for it. */
export type Described = { readonly fileUrl: string; readonly torrentUrl: string };

/** Smaller files are there before anybody has been asked for a torrent. */
const LEAST_BYTES = 2 * 1_048_576;
/** What browsers show in place of saving it, unless they are told otherwise. */
const SHOWN = /^(?:text\/|image\/|audio\/|video\/|application\/(?:pdf|json|xhtml\+xml|xml|javascript)\b)/i;

/**
 * The torrent that an answer, or the redirect before it, names for its file in a `Link` header; null when it names none,
 * or one that is not of the file's own site, whose word counts for nothing.
 * @see RFC 6249 (Metalink/HTTP), section 3.
 */
export function describedBy(url: string, headers: readonly Header[]): Described | null {
  const header = headerOf(headers, 'link').replaceAll('\n', ', ');
  if (header === '') return null;
  const { origin } = new URL(url);
  const links = readLinks(header, url).filter(
    ({ href, rels, parameters }) =>
      rels.includes('describedby') &&
      parameters.get('type') === 'application/x-bittorrent' &&
      new URL(href).origin === origin,
  );
  const [first] = links;
  return first === undefined ? null : { fileUrl: withoutFragment(url), torrentUrl: first.href };
}

/** Whether an answer becomes a download that is worth asking peers for. */
export function isLargeDownload(status: number, headers: readonly Header[]): boolean {
  if (status !== 200 || Number(headerOf(headers, 'content-length')) < LEAST_BYTES) return false;
  if (/^\s*attachment\b/i.test(headerOf(headers, 'content-disposition'))) return true;
  const type = headerOf(headers, 'content-type').trim();
  return type !== '' && !SHOWN.test(type);
}

/** All headers of one name, as one. */
const headerOf = (headers: readonly Header[], wanted: string): string =>
  headers
    .filter(({ name }) => name.toLowerCase() === wanted)
    .map(({ value = '' }) => value)
    .join(', ');

function withoutFragment(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href;
}
