/** How much a finding matters: all well, better done otherwise, or to be mended before visitors are sent here. */
export type Level = 'ok' | 'advice' | 'problem';

/** Part of a file that was asked for. */
export type Place = 'start' | 'middle' | 'end';

/** Everything that a check can find out about a public address. Words and remedies are in finding-words.ts and fixes.ts. */
export type Finding =
  | { readonly code: 'answers'; readonly latencyMs: number }
  | { readonly code: 'unreachable'; readonly reason: string }
  | { readonly code: 'bad-certificate'; readonly reason: string }
  | { readonly code: 'timed-out'; readonly afterS: number }
  /** The answer ended before its end. */
  | { readonly code: 'broke-off'; readonly afterBytes: number }
  | { readonly code: 'bad-status'; readonly status: number }
  | { readonly code: 'encrypted' }
  /** Within a local network, where the extension takes it all the same. */
  | { readonly code: 'not-encrypted' }
  /** On the public web, where the extension believes a .torrent over https alone. */
  | { readonly code: 'needs-https' }
  | { readonly code: 'private-host'; readonly host: string }
  | { readonly code: 'direct' }
  /** `hops`: null where the browser hides how many there were. */
  | { readonly code: 'redirects'; readonly hops: number | null; readonly toUrl: string }
  | { readonly code: 'redirects-elsewhere'; readonly hops: number | null; readonly toHost: string }
  | { readonly code: 'redirects-often'; readonly hops: number; readonly toUrl: string }
  | { readonly code: 'redirects-unencrypted'; readonly toUrl: string }
  | { readonly code: 'redirects-forever'; readonly hops: number }
  | { readonly code: 'length-known'; readonly lengthBytes: number }
  | { readonly code: 'length-unknown' }
  | { readonly code: 'length-changes'; readonly firstBytes: number; readonly laterBytes: number }
  | { readonly code: 'empty' }
  | { readonly code: 'ranges'; readonly answers: number }
  | { readonly code: 'ignores-ranges'; readonly place: Place }
  | { readonly code: 'wrong-range'; readonly place: Place; readonly asked: string; readonly got: string | null }
  | {
      readonly code: 'range-cut-short';
      readonly place: Place;
      readonly promisedBytes: number;
      readonly gotBytes: number;
    }
  | { readonly code: 'range-refused'; readonly place: Place; readonly status: number }
  | { readonly code: 'bytes-change' }
  | { readonly code: 'not-encoded' }
  | { readonly code: 'encoded'; readonly encoding: string }
  | { readonly code: 'etag-strong' }
  | { readonly code: 'etag-missing' }
  | { readonly code: 'etag-weak'; readonly etag: string }
  | { readonly code: 'etag-changes'; readonly etags: number; readonly answers: number }
  | { readonly code: 'last-modified' }
  | { readonly code: 'last-modified-missing' }
  | { readonly code: 'last-modified-changes' }
  | { readonly code: 'type-known'; readonly type: string }
  | { readonly code: 'type-missing' }
  | { readonly code: 'web-page'; readonly type: string }
  | { readonly code: 'cors-open' }
  | { readonly code: 'cors-closed' }
  | { readonly code: 'cors-hides'; readonly headers: readonly string[] }
  | { readonly code: 'torrent-linked'; readonly url: string }
  | { readonly code: 'torrent-not-linked' }
  | { readonly code: 'torrent-link-broken'; readonly url: string; readonly why: BrokenLink }
  /** `isChecked`: the file is small enough to have been hashed on the spot. */
  | { readonly code: 'digest'; readonly algorithm: string; readonly isChecked: boolean }
  | { readonly code: 'digest-missing' }
  | { readonly code: 'digest-unreadable'; readonly value: string }
  | { readonly code: 'digest-wrong'; readonly algorithm: string }
  | { readonly code: 'parallel'; readonly connections: number; readonly bytesPerS: number }
  | {
      readonly code: 'parallel-refused';
      readonly connections: number;
      readonly refused: number;
      readonly status: number;
    };

/** What is wrong with a .torrent that the server's `Link` header names. */
export type BrokenLink =
  | { readonly type: 'unreachable' }
  | { readonly type: 'status'; readonly status: number }
  | { readonly type: 'unreadable'; readonly reason: string }
  /** The extension believes the file's own site alone. */
  | { readonly type: 'other-site'; readonly host: string }
  | { readonly type: 'other-length'; readonly lengthBytes: number };

export type FindingCode = Finding['code'];

const LEVELS: { readonly [Code in FindingCode]: Level } = {
  answers: 'ok',
  unreachable: 'problem',
  'bad-certificate': 'problem',
  'timed-out': 'problem',
  'broke-off': 'problem',
  'bad-status': 'problem',
  encrypted: 'ok',
  'not-encrypted': 'advice',
  'needs-https': 'problem',
  'private-host': 'advice',
  direct: 'ok',
  redirects: 'ok',
  'redirects-elsewhere': 'advice',
  'redirects-often': 'advice',
  'redirects-unencrypted': 'problem',
  'redirects-forever': 'problem',
  'length-known': 'ok',
  'length-unknown': 'problem',
  'length-changes': 'problem',
  empty: 'problem',
  ranges: 'ok',
  'ignores-ranges': 'problem',
  'wrong-range': 'problem',
  'range-cut-short': 'problem',
  'range-refused': 'problem',
  'bytes-change': 'problem',
  'not-encoded': 'ok',
  encoded: 'problem',
  'etag-strong': 'ok',
  'etag-missing': 'advice',
  'etag-weak': 'advice',
  'etag-changes': 'advice',
  'last-modified': 'ok',
  'last-modified-missing': 'advice',
  'last-modified-changes': 'advice',
  'type-known': 'ok',
  'type-missing': 'advice',
  'web-page': 'problem',
  'cors-open': 'ok',
  'cors-closed': 'advice',
  'cors-hides': 'advice',
  'torrent-linked': 'ok',
  'torrent-not-linked': 'advice',
  'torrent-link-broken': 'problem',
  digest: 'ok',
  'digest-missing': 'advice',
  'digest-unreadable': 'problem',
  'digest-wrong': 'problem',
  parallel: 'ok',
  'parallel-refused': 'advice',
};

/**
 * Problems with which the file can be read from start to end all the same: what is published works, only less well, or
 * publishing is the very remedy.
 */
const CAN_BE_LIVED_WITH: ReadonlySet<FindingCode> = new Set([
  'needs-https',
  'redirects-unencrypted',
  'ignores-ranges',
  'torrent-link-broken',
  'digest-unreadable',
  'digest-wrong',
]);

export const levelOf = ({ code }: Finding): Level => LEVELS[code];

/** Whether no finding stands in the way of reading the file and describing it. */
export function canBePublished(findings: readonly Finding[]): boolean {
  return findings.every((finding) => levelOf(finding) !== 'problem' || CAN_BE_LIVED_WITH.has(finding.code));
}

export const hasProblems = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => levelOf(finding) === 'problem');
