import { isTorrentName, isTorrentType } from '../model/torrent-links.ts';

/** What a server said of an answer before its body. */
export type AnswerHead = {
  readonly url: string;
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly value?: string | undefined }[];
};

/** `torrent`: it says so. `unsure`: it says nothing of use, and the first bytes decide. */
export type AnswerKind = 'torrent' | 'unsure' | 'other';

/** What servers say of files that they know nothing of, or only want saved. */
const NO_TYPES: ReadonlySet<string> = new Set([
  '',
  'application/octet-stream',
  'application/x-octet-stream',
  'binary/octet-stream',
  'application/force-download',
  'application/x-force-download',
  'application/x-download',
  'application/download',
]);
/** The keys that a torrent's dictionary can begin with; they are in order. BEP 3, 5, 12, 17, 19, 52; `azureus_properties`. */
const FIRST_KEY =
  /^d(?:8:announce|13:announce-list|18:azureus_properties|7:comment|10:created by|13:creation date|8:encoding|9:httpseeds|4:info[d]|5:nodesl)/;

/**
 * Whether an answer is a .torrent or a Metalink, by its type or by the name that it gives its file. A name says nothing
 * of an answer that names another type: a page about a .torrent is a page.
 * @see RFC 6266 (Content-Disposition), RFC 5854 (application/metalink4+xml).
 */
export function judgeAnswer({ url, status, headers }: AnswerHead): AnswerKind {
  if (status !== 200) return 'other';
  const header = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
  const type = (header('content-type').split(';', 1)[0] ?? '').trim().toLowerCase();
  if (isTorrentType(type)) return 'torrent';
  if (!NO_TYPES.has(type)) return 'other';
  const name = fileNameOf(header('content-disposition')) ?? decodeLeniently(new URL(url).pathname);
  if (isTorrentName(name)) return 'torrent';
  // A file of another kind says so: the bytes of a disk image need not go through our hands.
  return /\.[a-z0-9]{1,8}$/i.test(name) && !/\.(?:php\d?|aspx?|cgi|jsp|pl|bin)$/i.test(name) ? 'other' : 'unsure';
}

/** Whether bytes begin as a .torrent does: a bencoded dictionary with one of the keys that torrents have. */
export function beginsAsTorrent(bytes: Uint8Array): boolean {
  return FIRST_KEY.test(String.fromCharCode(...bytes.subarray(0, 32)));
}

/** Null when it names none. The extended form wins. */
function fileNameOf(disposition: string): string | null {
  const extended = /;\s*filename\*\s*=\s*[\w-]+'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decodeLeniently(extended);
  const plain = /;\s*filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]+))/i.exec(disposition);
  return (plain?.[1]?.replaceAll(/\\(.)/g, '$1') ?? plain?.[2])?.trim() ?? null;
}

function decodeLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
