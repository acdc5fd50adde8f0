import type { FileIndex, TransferId } from '../../model/ids.ts';
import { MAX_FILE_NAME_CHARS, MAX_TORRENT_FILE_BYTES, MAX_TORRENT_FILES } from '../../model/limits.ts';
import { PATIENCE_CHOICES, POLICIES } from '../../model/policy.ts';
import type { FileSpan, FileSpans } from '../torrent/file-spans.ts';
import { outwardOnly } from '../torrent/outward-sources.ts';
import { makeSourceList, readHttpUrl } from '../torrent/source-list.ts';
import type { HashesOfFile } from '../torrent/whole-hashes.ts';
import {
  amount,
  list,
  type Members,
  members,
  oneOf,
  orNull,
  PlainValueError,
  text,
  truth,
  whole,
} from '../transfer/plain-values.ts';
import type { PortableTransfer } from './state-document.ts';

const MAX_ADDRESSES = 1_000;
const MAX_ADDRESS_CHARS = 65_536;
const MAX_HOST_CHARS = 300;
const MAX_LABEL_CHARS = 1_000;
const MAX_INFO_CHARS = Math.ceil(MAX_TORRENT_FILE_BYTES / 3) * 4;
const MAX_MS = 8.64e15;
/** Hex digits of each digest. */
const DIGEST_CHARS = { sha256: 64, sha512: 128, sha1: 40, md5: 32 } as const;
const ALGORITHMS = Object.keys(DIGEST_CHARS) as (keyof typeof DIGEST_CHARS)[];

/**
 * Reads one transfer of a document. Addresses are read as those of a .torrent are, and one that came from a public page
 * stays kept out of the local network.
 * @throws {PlainValueError}
 */
export function readPortable(value: unknown): PortableTransfer {
  const from = members(value, 'a transfer');
  const id = readId(from.id);
  const isPublic = optional(from.isPublic, (it) => truth(it, 'isPublic')) ?? false;
  const named = makeSourceList(addresses(from.trackers, 'trackers'), addresses(from.origins, 'origins'));
  const torrentUrls = addresses(from.torrentUrls, 'torrentUrls').flatMap((url) => readHttpUrl(url) ?? []);
  const outward = isPublic ? outwardOnly(named, torrentUrls) : { sources: named, torrentUrls, leftOut: [] };
  const leftOut = optional(from.leftOut, (it) => list(it, 'leftOut', MAX_ADDRESSES, (host) => hostOf(host))) ?? [];
  if (id.startsWith('adding-') && outward.torrentUrls.length === 0) throw new PlainValueError('it leads nowhere');
  return {
    id,
    name: text(from.name, 'name', MAX_ADDRESS_CHARS),
    addedAtMs: whole(Math.round(amount(from.addedAtMs, 'addedAtMs')), 'addedAtMs', MAX_MS),
    ...outward.sources,
    torrentUrls: outward.torrentUrls,
    isPrivate: truth(from.isPrivate, 'isPrivate'),
    policy: oneOf(from.policy, 'policy', POLICIES),
    patience: readChosenPatience(members(from.patience, 'patience')),
    sizeBytes: orNull(from.sizeBytes ?? null, (it) => whole(it, 'sizeBytes')),
    files: orNull(from.files ?? null, (it) => whole(it, 'files', MAX_TORRENT_FILES)),
    uploadedBytes: whole(from.uploadedBytes, 'uploadedBytes'),
    isPublic,
    leftOut: [...new Set([...leftOut, ...outward.leftOut])],
    ...present('choice', optional(from.choice, readChoice)),
    ...present(
      'selected',
      optional(from.selected, (it) => list(it, 'selected', MAX_TORRENT_FILES, indexOf)),
    ),
    ...present('site', optional(from.site, hostOf)),
    ...present('fileHashes', optional(from.fileHashes, readFileHashes)),
    ...present(
      'fileName',
      optional(from.fileName, (it) => text(it, 'fileName', MAX_FILE_NAME_CHARS)),
    ),
    ...present(
      'label',
      optional(from.label, (it) => text(it, 'label', MAX_LABEL_CHARS)),
    ),
    ...present('limits', optional(from.limits, readLimits)),
    ...present('queueKey', optional(from.queueKey, finite)),
    ...present(
      'keepsCopy',
      optional(from.keepsCopy, (it) => truth(it, 'keepsCopy')),
    ),
    info: orNull(from.info ?? null, (it) => text(it, 'info', MAX_INFO_CHARS)),
  };
}

function readId(value: unknown): TransferId {
  const id = text(value, 'id', 100);
  if (!/^(?:[0-9a-f]{40}|adding-[0-9A-Za-z-]+)$/.test(id)) throw new PlainValueError('this names no transfer');
  return id as TransferId;
}

/** What may be left out, or null. */
const optional = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
  value === undefined || value === null ? undefined : read(value);

const present = <Name extends string, T>(name: Name, value: T | undefined): { [N in Name]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { [N in Name]?: T };

const addresses = (value: unknown, what: string): string[] =>
  list(value, what, MAX_ADDRESSES, (address) => text(address, what, MAX_ADDRESS_CHARS));

const hostOf = (value: unknown): string => text(value, 'a host', MAX_HOST_CHARS);

const indexOf = (value: unknown): number => whole(value, 'a file', MAX_TORRENT_FILES - 1);

const limitOf = (value: unknown): number | null => orNull(value ?? null, (it) => amount(it, 'a limit'));

function finite(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new PlainValueError('this is no number');
  return value;
}

function readChosenPatience({ choice, sinceMs }: Members) {
  return { choice: oneOf(choice, 'patience', PATIENCE_CHOICES), sinceMs: amount(sinceMs, 'sinceMs') };
}

function readLimits(value: unknown) {
  const { downBytesPerS, upBytesPerS, ratio } = members(value, 'limits');
  return { downBytesPerS: limitOf(downBytesPerS), upBytesPerS: limitOf(upBytesPerS), ratio: limitOf(ratio) };
}

function readChoice(value: unknown): { skipped: FileSpans; first: FileSpans } {
  const { skipped, first } = members(value, 'choice');
  return { skipped: readSpans(skipped), first: readSpans(first) };
}

/** Spans in order, with gaps between them: what looks them up relies on it. */
function readSpans(value: unknown): FileSpans {
  let lastEnd = -1;
  return list(value, 'spans', MAX_TORRENT_FILES, (span): FileSpan => {
    const [first, end] = list(span, 'a span', 2, (edge) => whole(edge, 'a file', MAX_TORRENT_FILES));
    if (first === undefined || end === undefined || first <= lastEnd || end <= first) {
      throw new PlainValueError('these are no spans');
    }
    lastEnd = end;
    return [first, end];
  });
}

function readFileHashes(value: unknown): HashesOfFile[] {
  return list(value, 'hashes', MAX_TORRENT_FILES, (entry) => {
    const { file, hashes } = members(entry, 'hashes of a file');
    return {
      file: indexOf(file) as FileIndex,
      hashes: list(hashes, 'hashes', ALGORITHMS.length, (hash) => {
        const { algorithm: named, hex } = members(hash, 'a hash');
        const algorithm = oneOf(named, 'algorithm', ALGORITHMS);
        const digits = text(hex, 'hex', DIGEST_CHARS[algorithm]);
        if (digits.length !== DIGEST_CHARS[algorithm] || !/^[0-9a-f]+$/.test(digits)) {
          throw new PlainValueError('this is no digest');
        }
        return { algorithm, hex: digits };
      }),
    };
  });
}
