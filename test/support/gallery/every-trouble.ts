import type { Failure, OriginFault, Problem } from '../../../src/model/failure.ts';
import type { ActionFailure } from '../../../src/ui/actions.ts';

/** One or more examples for each code of a union; a code without an example does not compile. */
type ExamplesOf<Union extends { readonly code: string }> = {
  readonly [Code in Union['code']]: readonly Extract<Union, { readonly code: Code }>[];
};

export const EVERY_FAILURE: ExamplesOf<Failure> = {
  'bad-link': [
    { code: 'bad-link', text: 'hello' },
    { code: 'bad-link', text: ' ' },
  ],
  'unreadable-torrent': [{ code: 'unreadable-torrent', reason: 'the list of pieces is cut off.' }],
  'v2-only': [{ code: 'v2-only' }],
  'local-address': [{ code: 'local-address', host: '192.168.1.1' }],
  'torrent-unavailable': [
    { code: 'torrent-unavailable', host: 'tracker.example', status: null },
    { code: 'torrent-unavailable', host: 'tracker.example', status: 403 },
    { code: 'torrent-unavailable', host: 'tracker.example', status: 404 },
  ],
  'torrent-is-web-page': [{ code: 'torrent-is-web-page', host: 'tracker.example' }],
  'disk-full': [{ code: 'disk-full', neededBytes: 84_000_000_000, freeBytes: 31_500_000_000 }],
  'store-failed': [{ code: 'store-failed', reason: 'NotReadableError' }],
  'save-failed': [{ code: 'save-failed', reason: 'FILE_ACCESS_DENIED' }],
  'save-cancelled': [{ code: 'save-cancelled' }],
};

const ORIGIN_FAULTS: Record<OriginFault, number | null> = {
  'not-found': 404,
  forbidden: 403,
  busy: 503,
  'server-error': 500,
  unreachable: null,
  stalled: null,
  'ignores-ranges': 200,
  'wrong-range': 206,
  'wrong-length': null,
  encoded: null,
  'web-page': 200,
};

export const EVERY_PROBLEM: ExamplesOf<Problem> = {
  'no-browser-source': [
    { code: 'no-browser-source', udpTrackers: 3, httpTrackers: 1 },
    { code: 'no-browser-source', udpTrackers: 2, httpTrackers: 0 },
    { code: 'no-browser-source', udpTrackers: 0, httpTrackers: 0 },
  ],
  'no-sources': [{ code: 'no-sources' }],
  'trackers-unreachable': [
    { code: 'trackers-unreachable', hosts: ['tracker.one.example', 'tracker.two.example', 'three.example'], all: true },
    { code: 'trackers-unreachable', hosts: ['tracker.one.example'], all: true },
    { code: 'trackers-unreachable', hosts: ['tracker.one.example'], all: false },
    { code: 'trackers-unreachable', hosts: ['tracker.one.example', 'tracker.two.example'], all: false },
  ],
  'no-peers': [
    { code: 'no-peers', hosts: ['tracker.one.example'] },
    { code: 'no-peers', hosts: ['tracker.one.example', 'tracker.two.example'] },
    { code: 'no-peers', hosts: [] },
  ],
  'peers-silent': [
    { code: 'peers-silent', peers: 1 },
    { code: 'peers-silent', peers: 4 },
  ],
  'origin-failed': Object.entries(ORIGIN_FAULTS).map(([fault, status], index) => ({
    code: 'origin-failed',
    host: 'archive.example.org',
    fault: fault as OriginFault,
    status,
    retryInS: index % 2 === 0 ? 40 : null,
  })),
  'origin-lied': [
    { code: 'origin-lied', host: 'mirror.example.net', pieces: 1, dropped: false },
    { code: 'origin-lied', host: 'mirror.example.net', pieces: 2, dropped: true },
  ],
  'peer-lied': [{ code: 'peer-lied', peer: '203.0.113.7', pieces: 3 }],
  'files-unavailable': [
    { code: 'files-unavailable', files: ['item_meta.xml'], count: 1, saved: 1 },
    { code: 'files-unavailable', files: ['item_files.xml', 'item_meta.xml', 'cover.jpg'], count: 5, saved: 35 },
    { code: 'files-unavailable', files: ['film.mp4'], count: 1, saved: 0 },
    { code: 'files-unavailable', files: ['a.mp3', 'b.mp3', 'c.mp3'], count: 12, saved: 0 },
  ],
  'policy-rules-out': [
    { code: 'policy-rules-out', off: 'peers' },
    { code: 'policy-rules-out', off: 'origins' },
  ],
  'local-addresses-left-out': [{ code: 'local-addresses-left-out', hosts: ['192.168.1.1', 'printer.local'] }],
  'names-changed': [
    { code: 'names-changed', files: 1 },
    { code: 'names-changed', files: 7 },
  ],
};

export const EVERY_CLICK_FAILURE: ExamplesOf<Exclude<ActionFailure, Failure>> = {
  rejected: [{ code: 'rejected', reason: 'transfer.pause is closed to a page' }],
  'no-answer': [{ code: 'no-answer' }],
  'too-many': [{ code: 'too-many', limit: 20 }],
  'file-gone': [{ code: 'file-gone' }],
  'no-log': [{ code: 'no-log' }],
  'no-torrent': [{ code: 'no-torrent' }],
  'no-magnet': [{ code: 'no-magnet' }],
  'no-clipboard': [{ code: 'no-clipboard' }],
};
