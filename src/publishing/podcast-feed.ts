import { base64Of } from '../model/base64.ts';
import { escapeMarkup } from './escape-markup.ts';
import { TORRENT_TYPE } from './media-type.ts';
import type { Publication } from './publication.ts';
import { PublishingError } from './publishing-error.ts';
import { attributeOf, attributesOf, type Element, elementsBelow, findElements } from './xml-elements.ts';

/** The namespace of Podcasting 2.0, and the address that it had first. */
const NAMESPACES = [
  'https://podcastindex.org/namespace/1.0',
  'https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md',
] as const;

export type PatchedFeed = {
  readonly text: string;
  /** Paths of the files that the feed has an enclosure of, joined by slashes; the feed's order. */
  readonly matched: readonly string[];
};

/** Replaces the text between two places. */
type Edit = { readonly start: number; readonly end: number; readonly text: string };

/**
 * Adds a `podcast:alternateEnclosure` after each enclosure that is one of the published files: with the address that the
 * enclosure has, that of the .torrent, and the SHA-256. It says that it is the enclosure itself by other ways (`default`),
 * unless the episode has another that says so. Everything else stays as it is, to the byte; the enclosures too, so that
 * programs that know nothing of it go on as before. What an earlier run added is replaced: patching twice is patching once.
 *
 * An enclosure is a file's when it has its address, whatever the scheme, query and encoding, or ends in it, as the
 * addresses of services that count downloads do.
 * @throws {PublishingError} when the text is not an RSS feed.
 * @see Podcasting 2.0, `podcast:alternateEnclosure`, `podcast:source`, `podcast:integrity`.
 */
export function patchPodcastFeed(text: string, publications: readonly Publication[]): PatchedFeed {
  const rss = findElements(text);
  if (rss.name !== 'rss') throw new PublishingError(`The feed is not RSS 2.0: it begins with <${rss.name}>.`);
  const { prefix, declaration } = prefixOf(text, rss);
  const byAddress = new Map(publications.map((publication) => [addressOf(publication.url) ?? '', publication]));
  const edits: Edit[] = [];
  const matched: string[] = [];
  for (const item of elementsBelow(rss, 'item')) {
    const known = new Set<Publication>();
    for (const [nth, enclosure] of item.children.filter(({ name }) => name === 'enclosure').entries()) {
      const url = attributeOf(text, enclosure.startTag, 'url');
      const publication = url === null ? null : findPublication(byAddress, url);
      // Two enclosures of one item may be the same file.
      if (url === null || publication === null || known.has(publication)) continue;
      known.add(publication);
      matched.push(publication.file.path.join('/'));
      const old = oursIn(text, item, prefix, publication);
      const type = attributeOf(text, enclosure.startTag, 'type');
      const isDefault = nth === 0 && !hasDefault(text, item, prefix, old);
      const lines = alternateEnclosure(prefix, { url, type, isDefault }, publication);
      edits.push(editFor(text, item, enclosure, lines, old));
    }
  }
  if (matched.length > 0 && declaration !== null) edits.unshift(declaration);
  return { text: applied(text, edits), matched };
}

/** The prefix of Podcasting 2.0 in this feed, and what declares it if nothing does yet. */
function prefixOf(text: string, rss: Element): { readonly prefix: string; readonly declaration: Edit | null } {
  const attributes = attributesOf(text, rss.startTag);
  for (const [name, value] of attributes) {
    const prefix = /^xmlns:(.+)$/.exec(name)?.[1];
    if (prefix !== undefined && NAMESPACES.some((known) => known === value)) return { prefix, declaration: null };
  }
  const prefix = attributes.has('xmlns:podcast') ? 'podcast2' : 'podcast';
  const at = rss.startTag.end - 1;
  return { prefix, declaration: { start: at, end: at, text: ` xmlns:${prefix}="${NAMESPACES[0]}"` } };
}

/** The enclosure as the feed has it, escaped; `type` is null where it has none. */
type Told = { readonly url: string; readonly type: string | null; readonly isDefault: boolean };

/** One line each, to be indented as the enclosure is. */
function alternateEnclosure(prefix: string, { url, type, isDefault }: Told, publication: Publication): string[] {
  const { mediaType, file, torrentUrl } = publication;
  const quoted = (raw: string) => raw.replaceAll('"', '&quot;');
  const same = isDefault ? ' default="true"' : '';
  return [
    `<${prefix}:alternateEnclosure type="${quoted(type ?? mediaType)}" length="${file.sizeBytes}"${same}>`,
    `  <${prefix}:source uri="${quoted(url)}"/>`,
    `  <${prefix}:source uri="${escapeMarkup(torrentUrl)}" contentType="${TORRENT_TYPE}"/>`,
    `  <${prefix}:integrity type="sri" value="sha256-${base64Of(file.sha256)}"/>`,
    `</${prefix}:alternateEnclosure>`,
  ];
}

/** What an earlier run added for a file. */
function oursIn(text: string, item: Element, prefix: string, { torrentUrl }: Publication): Element | undefined {
  return alternatesOf(item, prefix).find(({ children }) =>
    children.some(({ startTag }) => decoded(attributeOf(text, startTag, 'uri') ?? '') === torrentUrl),
  );
}

/** Whether somebody else's says already that it is the enclosure itself; one alone may. */
function hasDefault(text: string, item: Element, prefix: string, ours: Element | undefined): boolean {
  return alternatesOf(item, prefix).some(
    (element) => element !== ours && attributeOf(text, element.startTag, 'default') === 'true',
  );
}

const alternatesOf = (item: Element, prefix: string) =>
  item.children.filter(({ name }) => name === `${prefix}:alternateEnclosure`);

function editFor(
  text: string,
  item: Element,
  enclosure: Element,
  lines: readonly string[],
  old: Element | undefined,
): Edit {
  // A feed in one line stays in one line.
  const indent = /(?:\r?\n)[ \t]*$/.exec(text.slice(item.start, enclosure.start))?.[0];
  const written = indent === undefined ? lines.map((line) => line.trim()).join('') : lines.join(indent);
  if (old !== undefined) return { start: old.start, end: old.end, text: written };
  return { start: enclosure.end, end: enclosure.end, text: (indent ?? '') + written };
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function findPublication(byAddress: ReadonlyMap<string, Publication>, rawUrl: string): Publication | null {
  const address = addressOf(decoded(rawUrl));
  if (address === null) return null;
  // The address itself, then what is left after each slash: https://count.example/redirect.mp3/cdn.example/ep.mp3
  for (let at = 0; at >= 0; at = address.indexOf('/', at) + 1 || -1) {
    const publication = byAddress.get(address.slice(at));
    if (publication !== undefined) return publication;
  }
  return null;
}

/** Host and path, decoded: what stays of an address without scheme, query and fragment. */
function addressOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { host, pathname } = new URL(url);
  try {
    return host + decodeURIComponent(pathname);
  } catch {
    return host + pathname;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(raw: string): string {
  return raw.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
