import { joinWrappedLinks } from './join-wrapped-links.ts';
import { MAX_LINK_CHARS, MAX_LINKS_AT_ONCE } from './limits.ts';
import { leadsToTorrent } from './torrent-links.ts';

/** A key of a magnet after its `&`, as HTML may have spelled that. */
const KEY = /&(?:amp;)*(?:xt|dn|tr|ws|xl|xs|as|so|kt|mt|x\.pe)(?:\.\d+)?=/gi;
const MAGNET = /magnet:(?=[/?]*(?:amp;)*[a-z.]+(?:\.\d+)?(?:=|%3d))/gi;
const START = new RegExp(`${MAGNET.source}|magnet%3a(?:%3f|\\?)|[a-z][a-z0-9+.-]{0,20}://`, 'gi');
const CLOSERS: Readonly<Record<string, string>> = { "'": "'", '`': '`', '“': '”', '«': '»', '„': '“', '「': '」' };
const OPENERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const HASH = /(?<![0-9a-z])(?:[0-9a-f]{40}|[a-z2-7]{32})(?![0-9a-z])/gi;
/** Hashes that say of themselves that they are of something else. */
const OTHER_HASH = /(?:sha-?1|ed2k|md4|md5|tiger|tth|aich|commit)\W{0,3}$/i;

const SENTENCE_MARKS = ".,;:!?…*|'`”’»";

type Found = { readonly at: number; readonly text: string };

/**
 * All links to torrents in free text, in its order, each once: magnets, addresses of .torrent and Metalink files, and bare
 * info hashes (40 hex digits, or 32 of base32 in one case), at most `limit`. Links may be broken over lines, stand in
 * quotes, brackets or HTML, have blanks in their name, or be percent-encoded as a whole; they are returned as they are
 * written, without what surrounds them. A hash that a magnet of the text has too is left out. Pure; never throws.
 */
export function findLinks(text: string, limit: number = MAX_LINKS_AT_ONCE): string[] {
  const found = new Set<string>();
  for (const line of joinWrappedLinks(text)) {
    for (const link of linksOfLine(line)) found.add(link);
    if (found.size > 2 * limit) break; // bare hashes may still fall away
  }
  const magnets = [...found].filter((link) => /^magnet:/i.test(link)).map((link) => link.toLowerCase());
  const isNamed = (hash: string) => magnets.some((magnet) => magnet.includes(hash.toLowerCase()));
  return [...found].filter((link) => link.includes(':') || !isNamed(link)).slice(0, limit);
}

function linksOfLine(line: string): string[] {
  const found: Found[] = [];
  let rest = '';
  let from = 0;
  for (let start = nextStart(line, from); start !== null; start = nextStart(line, from)) {
    const link = start.text.startsWith('magnet') ? magnetAt(line, start.at) : addressAt(line, start.at);
    if (link.isTorrent) found.push({ at: start.at, text: link.text });
    // An address may have a magnet in it, but its own digits are no hashes.
    const inner = link.isTorrent
      ? -1
      : line.slice(start.at + 1, start.at + link.lengthChars).search(/magnet(?::|%3a)/i);
    from = inner < 0 ? start.at + Math.max(start.text.length, link.lengthChars) : start.at + 1 + inner;
    rest += line.slice(rest.length, start.at);
    rest += ' '.repeat(Math.max(0, start.at + link.lengthChars - rest.length));
  }
  rest += line.slice(rest.length);
  for (const { 0: digits, index: at } of rest.matchAll(HASH)) {
    if (isInfoHash(digits, rest.slice(Math.max(0, at - 12), at))) found.push({ at, text: digits });
  }
  return found.sort((a, b) => a.at - b.at).map((link) => link.text);
}

function nextStart(line: string, from: number): Found | null {
  START.lastIndex = from;
  const match = START.exec(line);
  return match === null ? null : { at: match.index, text: match[0].toLowerCase() };
}

type Link = { readonly text: string; readonly lengthChars: number; readonly isTorrent: boolean };

function magnetAt(line: string, at: number): Link {
  MAGNET.lastIndex = at + 1;
  const next = MAGNET.exec(line)?.index ?? line.length;
  const segment = line.slice(at, Math.min(next, at + MAX_LINK_CHARS));
  const isEncoded = /^magnet%/i.test(segment);
  const end = isEncoded ? segment.search(/[\s<>"'&#]|$/) : endOfMagnet(segment, line[at - 1] ?? '');
  const written = trimTail(segment.slice(0, end));
  const text = isEncoded ? decoded(written) : written;
  return { text, lengthChars: written.length, isTorrent: isTorrentLink(text) };
}

/** Where a magnet ends: at a mark that no link holds, the one that closes what is before it, or a blank outside its name. */
function endOfMagnet(segment: string, before: string): number {
  const closer = CLOSERS[before];
  const hard = segment.search(/[<>"\t]|\[\/[a-z]/i);
  const quote = closer === undefined ? -1 : segment.indexOf(closer);
  const whole = segment.slice(0, Math.min(...[hard, quote].map((end) => (end < 0 ? segment.length : end))));
  const blank = whole.search(/\s/);
  if (blank < 0) return whole.length;
  const lastKey = [...whole.matchAll(KEY)].at(-1)?.index ?? 0;
  const isInName = /[?&;]dn(?:\.\d+)?=[^&]*$/i.test(whole.slice(0, blank));
  if (lastKey < blank || !isInName) return blank;
  const after = whole.slice(lastKey).search(/\s/);
  return after < 0 ? whole.length : lastKey + after;
}

function addressAt(line: string, at: number): Link {
  const closer = CLOSERS[line[at - 1] ?? ''];
  const token = /^(?:(?!\[\/[a-z])[^\s<>"])*/i.exec(line.slice(at, at + MAX_LINK_CHARS))?.[0] ?? '';
  const text = trimTail(closer === undefined ? token : (token.split(closer, 1)[0] ?? ''));
  return { text, lengthChars: text.length, isTorrent: isTorrentLink(text) };
}

const isTorrentLink = (text: string): boolean => URL.canParse(text) && leadsToTorrent(new URL(text));

/** A link without the marks of the sentence that it ends, or of brackets that opened before it. */
function trimTail(link: string): string {
  const open: Record<string, number> = {};
  const lastKey = [...link.matchAll(KEY)].at(-1)?.index ?? 0;
  let end = link.length;
  for (let at = 0; at < end; at++) {
    const char = link.charAt(at);
    const opener = OPENERS[char];
    if ('([{'.includes(char)) open[char] = (open[char] ?? 0) + 1;
    else if (opener !== undefined && (open[opener] ?? 0) > 0) open[opener] = (open[opener] ?? 0) - 1;
    // A name may have a lone bracket; then the link goes on after it.
    else if (opener !== undefined && at > lastKey) end = at;
  }
  while (end > 0 && SENTENCE_MARKS.includes(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%3a/i, ':').replace(/%3f/i, '?').replace(/%3d/gi, '=').replace(/%26/g, '&');
  }
}

/** Base32 is written in one case, and has letters that hex has not: otherwise it is a sum of another kind, or a word. */
function isInfoHash(digits: string, before: string): boolean {
  if (OTHER_HASH.test(before)) return false;
  if (digits.length === 40) return true;
  const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  return isOneCase && /[g-z]/i.test(digits) && /[2-7]/.test(digits);
}
