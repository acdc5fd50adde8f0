import { MAX_CONTENT_BYTES } from './read-info.ts';
import { readXml, type XmlNode } from './read-xml.ts';
import { readHttpUrl } from './source-list.ts';
import { unreadable } from './torrent-error.ts';

const MAX_METALINK_BYTES = 1_048_576;
const MAX_FILES = 1_000;
const MAX_URLS = 64;
/** A `<metalink>` comes early; what follows need not be looked at. */
const SNIFFED_BYTES = 4_096;
const LAST_PRIORITY = 999_999;

const NAMESPACE = 'urn:ietf:params:xml:ns:metalink';
/** Names of hashes as IANA has them, with their digits. */
const HEX_DIGITS: Readonly<Record<string, number>> = {
  md5: 32,
  'sha-1': 40,
  'sha-256': 64,
  'sha-384': 96,
  'sha-512': 128,
};

/** An address of the file. */
export type MetalinkUrl = {
  readonly url: string;
  /** 1 to 999999, lower first. */
  readonly priority: number;
  /** Country of the server (ISO 3166-1 alpha-2) in lower case, if it says. */
  readonly location: string | null;
};

/** An address of something that describes the file, such as a .torrent. */
export type MetalinkMetaUrl = {
  readonly url: string;
  readonly priority: number;
  /** `torrent`, or a MIME type. */
  readonly mediaType: string;
  /** Path of the file in what is described there, if there are several. */
  readonly name: string | null;
};

export type MetalinkFile = {
  /** Folders and file name, without `..` and the like; not yet a safe name. */
  readonly path: readonly string[];
  readonly sizeBytes: number | null;
  /** Hashes of the whole file by their names (`sha-256`), in lower-case hex. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly pieces: MetalinkPieces | null;
  /** http and https only, the preferred first. */
  readonly urls: readonly MetalinkUrl[];
  readonly metaUrls: readonly MetalinkMetaUrl[];
};

/** Hashes of equal parts of a file; the last part may be shorter. */
export type MetalinkPieces = {
  readonly type: string;
  readonly lengthBytes: number;
  readonly hashes: readonly string[];
};

export type Metalink = { readonly files: readonly MetalinkFile[] };

/** Whether bytes look like a Metalink of any version, by their beginning and not by what they are called. */
export function looksLikeMetalink(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES)).trimStart();
  return start.startsWith('<') && /<(?:\w+:)?metalink[\s>]/.test(start);
}

/**
 * Reads a Metalink document. Addresses other than http and https, hashes that are none, and whatever else it may say
 * are left out; what would be dangerous or makes no sense is refused.
 * @throws {TorrentError} `unreadable-torrent` with what is wrong.
 * @see RFC 5854.
 */
export function readMetalink(bytes: Uint8Array): Metalink {
  if (bytes.length > MAX_METALINK_BYTES) throw unreadable('it is a Metalink of more than 1 MiB');
  const [root] = documentOf(bytes).children('metalink');
  if (root === undefined) throw unreadable('it is not a Metalink');
  if (root.children('files').length > 0) throw unreadable('it is a Metalink of version 3, which is out of use');
  if (!declaresNamespace(bytes)) throw unreadable('it is a Metalink of an unknown kind');
  const files = root.children('file');
  if (files.length === 0) throw unreadable('it is a Metalink without files');
  if (files.length > MAX_FILES) throw unreadable(`it is a Metalink of more than ${MAX_FILES} files`);
  return { files: files.map(readFile) };
}

function documentOf(bytes: Uint8Array): XmlNode {
  try {
    return readXml(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not in UTF-8';
    throw unreadable(`it is a Metalink that is no proper XML: ${reason}`);
  }
}

/** The parser drops prefixes, so it is enough that the namespace is there. */
const declaresNamespace = (bytes: Uint8Array): boolean => new TextDecoder().decode(bytes).includes(NAMESPACE);

function readFile(file: XmlNode): MetalinkFile {
  const sizeBytes = readNumber(file.children('size')[0]?.text, MAX_CONTENT_BYTES);
  const hashes = new Map(file.children('hash').flatMap((hash) => readHash(hash.attribute('type'), hash.text)));
  return {
    path: readPath(file.attribute('name') ?? ''),
    sizeBytes,
    hashes,
    pieces: readPieces(file.children('pieces')[0], sizeBytes),
    urls: sorted(file.children('url').flatMap(readUrl)),
    metaUrls: sorted(file.children('metaurl').flatMap(readMetaUrl)),
  };
}

/** A name is a relative path (RFC 5854 section 4.1.2.1); one that could lead out of its folder is an attack. */
function readPath(name: string): string[] {
  const path = name.split('/');
  const isBad = (part: string) => part === '' || part === '.' || part === '..' || /[\p{Cc}\\]|^[a-z]:/iu.test(part);
  if (path.some(isBad)) throw unreadable('it is a Metalink with a file name that is not allowed');
  return path;
}

function readHash(type: string | null, text: string): [type: string, hex: string][] {
  const name = type?.toLowerCase() ?? '';
  const hex = text.toLowerCase();
  const isHash = Object.hasOwn(HEX_DIGITS, name) && hex.length === HEX_DIGITS[name] && /^[0-9a-f]+$/.test(hex);
  return isHash ? [[name, hex]] : [];
}

function readPieces(pieces: XmlNode | undefined, sizeBytes: number | null): MetalinkPieces | null {
  const type = pieces?.attribute('type')?.toLowerCase() ?? null;
  const lengthBytes = readNumber(pieces?.attribute('length'), MAX_CONTENT_BYTES);
  if (pieces === undefined || type === null || lengthBytes === null || lengthBytes === 0) return null;
  const listed = pieces.children('hash');
  const hashes = listed.flatMap(({ text }) => readHash(type, text)).map(([, hex]) => hex);
  // A list with a hole, or of another number than the file has parts, says nothing about any of them.
  const isWhole = hashes.length > 0 && hashes.length === listed.length;
  const isFitting = sizeBytes === null || hashes.length === Math.ceil(sizeBytes / lengthBytes);
  return isWhole && isFitting ? { type, lengthBytes, hashes } : null;
}

function readUrl(node: XmlNode): MetalinkUrl[] {
  const url = readHttpUrl(node.text);
  const location = node.attribute('location')?.toLowerCase() ?? null;
  return url === null ? [] : [{ url, priority: readPriority(node), location }];
}

function readMetaUrl(node: XmlNode): MetalinkMetaUrl[] {
  const url = readHttpUrl(node.text);
  const mediaType = node.attribute('mediatype')?.toLowerCase() ?? '';
  return url === null ? [] : [{ url, priority: readPriority(node), mediaType, name: node.attribute('name') }];
}

function readPriority(node: XmlNode): number {
  const priority = readNumber(node.attribute('priority'), LAST_PRIORITY);
  return priority === null || priority === 0 ? LAST_PRIORITY : priority;
}

function readNumber(text: string | null | undefined, max: number): number | null {
  if (text === null || text === undefined || !/^\d{1,16}$/.test(text)) return null;
  return Number(text) <= max ? Number(text) : null;
}

function sorted<T extends { readonly priority: number }>(list: T[]): T[] {
  return list.sort((a, b) => a.priority - b.priority).slice(0, MAX_URLS);
}
