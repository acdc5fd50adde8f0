import { hexDigits } from '../engine/torrent/whole-hashes.ts';
import type { Publication, Site } from '../publishing/publication.ts';
import { encodePath } from '../publishing/published-urls.ts';

/** What publication.json says of one file: enough for an edge to know it, and for the next run not to read it again. */
export type PublishedEntry = {
  /** Path below the folder on disk, with slashes. */
  readonly file: string;
  /** The same, percent-encoded: what is appended to the base address. */
  readonly path: string;
  readonly name: string;
  readonly infoHash: string;
  readonly sizeBytes: number;
  readonly pieceLengthBytes: number;
  /** In ms since 1970; fractions as the file system has them. */
  readonly modifiedAtMs: number;
  /** Hex digits. */
  readonly sha256: string;
};

export type PublicationState = {
  readonly version: 1;
  readonly baseUrl: string;
  readonly mirrorUrls: readonly string[];
  readonly trackers: readonly string[];
  readonly files: readonly PublishedEntry[];
};

/** The entry of one publication. */
export function entryOf({ file, name, infoHash }: Publication): PublishedEntry {
  return {
    file: file.path.join('/'),
    path: encodePath(file.path),
    name,
    infoHash,
    sizeBytes: file.sizeBytes,
    pieceLengthBytes: file.pieceLengthBytes,
    modifiedAtMs: file.modifiedAtMs,
    sha256: hexDigits(file.sha256),
  };
}

/** Writes publication.json; files come by path. */
export function writeState(site: Site, entries: Iterable<PublishedEntry>): string {
  const state: PublicationState = {
    version: 1,
    baseUrl: site.baseUrl,
    mirrorUrls: site.mirrorUrls,
    trackers: site.trackers,
    files: [...entries].sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/**
 * Reads the files of publication.json by their paths. An entry that makes no sense is left out, and text that is no state
 * has none: what is missing is made again.
 */
export function readState(text: string): ReadonlyMap<string, PublishedEntry> {
  const entries = new Map<string, PublishedEntry>();
  const files = memberOf(parse(text), 'files');
  for (const entry of Array.isArray(files) ? files : []) if (isEntry(entry)) entries.set(entry.file, entry);
  return entries;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isEntry(value: unknown): value is PublishedEntry {
  const isText = (name: string, form: RegExp) => {
    const member = memberOf(value, name);
    return typeof member === 'string' && form.test(member);
  };
  const isNumber = (name: string) => Number.isFinite(memberOf(value, name));
  return (
    // A path that leads out of the folder is not ours, and what it names might be removed.
    isText('file', /^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$)).+$/s) &&
    isText('path', /./) &&
    isText('name', /./s) &&
    isText('infoHash', /^[0-9a-f]{40}$/) &&
    isText('sha256', /^[0-9a-f]{64}$/) &&
    ['sizeBytes', 'pieceLengthBytes', 'modifiedAtMs'].every(isNumber)
  );
}
