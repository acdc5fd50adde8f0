import { bytesOfBase64 } from '../../model/base64.ts';
import { hexDigits, type WholeHash } from '../torrent/whole-hashes.ts';

/** Longer headers are read no further. */
const MAX_HEADER_CHARS = 4_096;
/** Their names in both headers, and bytes. Weaker ones are for accidents, not for trust. */
const DIGESTS = [
  { name: 'sha-256', algorithm: 'sha256', lengthBytes: 32 },
  { name: 'sha-512', algorithm: 'sha512', lengthBytes: 64 },
] as const;

/**
 * The digests of a whole file that the headers of an answer give, for a part of it too; the cheapest to check first.
 * Those of this one message (`Content-Digest`), and of other kinds, are passed over. When two contradict each other none
 * is believed. The file must have come as it is: the digest is of what was encoded.
 * @see RFC 9530 (`Repr-Digest: sha-256=:…:`), RFC 3230 (`Digest: SHA-256=…`, as mirror networks still send it).
 */
export function readDigests(headers: Headers): WholeHash[] {
  const found: WholeHash[] = [];
  for (const { name, algorithm, lengthBytes } of DIGESTS) {
    const values = [
      ...valuesOf(headers.get('repr-digest'), new RegExp(`^${name}=:([^:]*):(?:;.*)?$`)),
      ...valuesOf(headers.get('digest'), new RegExp(`^${name}=(.*)$`, 'i')),
    ];
    const [hex, ...others] = new Set(values.map((base64) => hexOfBase64(base64, lengthBytes)));
    if (others.length > 0) return [];
    if (hex !== undefined && hex !== null) found.push({ algorithm, hex });
  }
  return found;
}

/** The items of a list that fit, by what they say. Base64 has no commas. */
function valuesOf(header: string | null, item: RegExp): string[] {
  const items = (header ?? '').slice(0, MAX_HEADER_CHARS).split(',');
  return items.flatMap((text) => item.exec(text.trim())?.[1]?.trim() ?? []);
}

function hexOfBase64(base64: string, lengthBytes: number): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return null;
  const bytes = bytesOfBase64(base64);
  return bytes.length === lengthBytes ? hexDigits(bytes) : null;
}
