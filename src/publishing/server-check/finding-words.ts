import english from '../../_locales/en/findings.json' with { type: 'json' };
import { formatBytes } from '../../ui/formats/format-bytes.ts';
import { type TextKey, wordsOf as textsOf } from '../../words/say.ts';
import type { BrokenLink, Finding, FindingCode, Place } from './finding.ts';

/** `says`: what was found, in one sentence. `why`: what it means for visitors; null where that goes without saying. */
export type FindingWords = { readonly says: string; readonly why: string | null };

type WordsOf = { readonly [Code in FindingCode]: (finding: Extract<Finding, { readonly code: Code }>) => FindingWords };

const say = textsOf('findings', english);

const hostOf = (url: string): string => new URL(url).host;
const says = (text: string, why: string | null = null): FindingWords => ({ says: text, why });
const PLACE_KEYS: { readonly [P in Place]: TextKey<typeof english> } = {
  start: 'placeStart',
  middle: 'placeMiddle',
  end: 'placeEnd',
};
const placeWords = (place: Place): string => say(PLACE_KEYS[place]);

const WORDS: WordsOf = {
  answers: ({ latencyMs }) => says(say('answers', { latency: latencyMs })),
  unreachable: ({ reason }) =>
    says(say('unreachable'), hasCode(reason) ? say('unreachableCodeWhy', { reason }) : say('unreachableWhy')),
  'bad-certificate': ({ reason }) => says(say('badCertificate'), say('badCertificateWhy', { reason })),
  'timed-out': ({ afterS }) => says(say('timedOut', { seconds: afterS }), say('timedOutWhy')),
  'broke-off': ({ afterBytes }) => says(say('brokeOff', { size: formatBytes(afterBytes) }), say('brokeOffWhy')),
  'bad-status': ({ status }) => says(say('badStatus', { status }), meaningOfStatus(status)),
  encrypted: () => says(say('encrypted')),
  'not-encrypted': () => says(say('notEncrypted'), say('notEncryptedWhy')),
  'needs-https': () => says(say('notEncrypted'), say('needsHttpsWhy')),
  'private-host': ({ host }) => says(say('privateHost', { host }), say('privateHostWhy')),
  direct: () => says(say('direct')),
  redirects: ({ toUrl }) => says(say('redirects', { host: hostOf(toUrl) })),
  'redirects-elsewhere': ({ hops, toHost: host }) =>
    says(
      hops === null ? say('redirectsElsewhere', { host }) : say.count('redirectsElsewhereTimes', hops, { host }),
      say('redirectsElsewhereWhy'),
    ),
  'redirects-often': ({ hops }) => says(say.count('redirectsOften', hops), say('redirectsOftenWhy')),
  'redirects-unencrypted': ({ toUrl }) =>
    says(say('redirectsUnencrypted', { host: hostOf(toUrl) }), say('redirectsUnencryptedWhy')),
  'redirects-forever': ({ hops }) => says(say.count('redirectsForever', hops), say('redirectsForeverWhy')),
  'length-known': ({ lengthBytes }) => says(say('lengthKnown', { size: formatBytes(lengthBytes) })),
  'length-unknown': () => says(say('lengthUnknown'), say('lengthUnknownWhy')),
  'length-changes': ({ firstBytes, laterBytes }) =>
    says(say('lengthChanges', { first: firstBytes, later: laterBytes }), say('lengthChangesWhy')),
  empty: () => says(say('empty'), say('emptyWhy')),
  ranges: ({ answers }) => says(say('ranges', { answers })),
  'ignores-ranges': ({ place }) => says(say('ignoresRanges', { place: placeWords(place) }), say('ignoresRangesWhy')),
  'wrong-range': ({ place, asked, got }) =>
    says(
      say('wrongRange', { place: placeWords(place) }),
      say('wrongRangeWhy', { asked, got: got ?? say('noContentRange') }),
    ),
  'range-cut-short': ({ place, promisedBytes, gotBytes }) =>
    says(
      say('rangeCutShort', { place: placeWords(place), promised: promisedBytes, got: gotBytes }),
      say('rangeCutShortWhy'),
    ),
  'range-refused': ({ place, status }) =>
    says(say('rangeRefused', { place: placeWords(place), status }), meaningOfStatus(status)),
  'bytes-change': () => says(say('bytesChange'), say('bytesChangeWhy')),
  'not-encoded': () => says(say('notEncoded')),
  encoded: ({ encoding }) => says(say('encoded', { encoding }), say('encodedWhy')),
  'etag-strong': () => says(say('etagStrong')),
  'etag-missing': () => says(say('etagMissing'), say('etagMissingWhy')),
  'etag-weak': ({ etag }) => says(say('etagWeak', { etag }), say('etagWeakWhy')),
  'etag-changes': ({ etags, answers }) => says(say('etagChanges', { etags, answers }), say('etagChangesWhy')),
  'last-modified': () => says(say('lastModified')),
  'last-modified-missing': () => says(say('lastModifiedMissing')),
  'last-modified-changes': () => says(say('lastModifiedChanges'), say('lastModifiedChangesWhy')),
  'type-known': ({ type }) => says(say('typeKnown', { type })),
  'type-missing': () => says(say('typeMissing'), say('typeMissingWhy')),
  'web-page': ({ type }) => says(say('webPage', { type }), say('webPageWhy')),
  'cors-open': () => says(say('corsOpen')),
  'cors-closed': () => says(say('corsClosed'), say('corsWhy')),
  'cors-hides': ({ headers }) => says(say('corsHides', { headers: headers.join(', ') }), say('corsWhy')),
  'torrent-linked': ({ url }) => says(say('torrentLinked', { url })),
  'torrent-not-linked': () => says(say('torrentNotLinked'), say('torrentNotLinkedWhy')),
  'torrent-link-broken': ({ url, why }) => says(brokenInWords(why), say('torrentLinkWhy', { url })),
  digest: ({ algorithm, isChecked }) =>
    says(isChecked ? say('digestRight', { algorithm }) : say('digest', { algorithm })),
  'digest-missing': () => says(say('digestMissing'), say('digestMissingWhy')),
  'digest-unreadable': () =>
    says(say('digestUnreadable'), say('digestUnreadableWhy', { example: 'Repr-Digest: sha-256=:…=:' })),
  'digest-wrong': ({ algorithm }) => says(say('digestWrong', { algorithm }), say('digestWrongWhy')),
  parallel: ({ connections, bytesPerS }) => {
    const size = formatBytes(bytesPerS);
    return says(connections === 1 ? say('parallelOne', { size }) : say.count('parallel', connections, { size }));
  },
  'parallel-refused': ({ connections, refused, status }) =>
    says(
      status > 0
        ? say.count('parallelRefusedStatus', refused, { connections, status })
        : say.count('parallelRefused', refused, { connections }),
      say('parallelRefusedWhy'),
    ),
};

/** What a finding says to a person. The remedies that depend on the kind of server are in fixes.ts. */
export function wordsOf(finding: Finding): FindingWords {
  // TypeScript cannot see that the entry under this code takes this very member of the union.
  return (WORDS[finding.code] as (item: Finding) => FindingWords)(finding);
}

/** Node's codes help those who know them; what browsers say instead says nothing. */
const hasCode = (reason: string): boolean => /^[A-Z][A-Z0-9_]+$/.test(reason);

function meaningOfStatus(status: number): string {
  if (status === 401 || status === 403) return say('statusLogin');
  if (status === 404 || status === 410) return say('statusMissing');
  if (status === 416) return say('statusRange');
  if (status === 429 || status === 503) return say('statusBusy');
  return status >= 500 ? say('statusFault') : say('statusOther');
}

function brokenInWords(why: BrokenLink): string {
  switch (why.type) {
    case 'unreachable':
      return say('torrentLinkUnreachable');
    case 'status':
      return why.status === 404 ? say('torrentLinkMissing') : say('torrentLinkStatus', { status: why.status });
    case 'unreadable':
      return say('torrentLinkUnreadable', { reason: why.reason });
    case 'other-site':
      return say('torrentLinkOtherSite', { host: why.host });
    case 'other-length':
      return say('torrentLinkOther', { size: formatBytes(why.lengthBytes) });
  }
}
