import english from '../../_locales/en/diagnosis.json' with { type: 'json' };
import type { Finding } from '../../model/transfer-details.ts';
import { wordsOf } from '../../words/say.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatList } from '../formats/format-list.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { ORIGIN_FAULT_KEYS } from './origin-fault-keys.ts';

const say = wordsOf('diagnosis', english);

/** What a button beside a finding could do. */
export type FindingAction = 'retry' | 'settings' | 'add-source' | 'free-space' | 'resume' | 'choose-policy';

/** What was found in one sentence, what can be done about it, and the button for that; null when there is none. */
export type FindingWords = { readonly title: string; readonly next: string; readonly action: FindingAction | null };

type Words = {
  readonly [Code in Finding['code']]: (finding: Extract<Finding, { readonly code: Code }>) => FindingWords;
};

const words = (title: string, next: string, action: FindingAction | null = null): FindingWords => ({
  title,
  next,
  action,
});

const ALL_WELL = {
  origin: ['allWellOrigin', 'allWellOriginNext'],
  peers: ['allWellPeers', 'allWellPeersNext'],
  limit: ['allWellLimit', 'allWellLimitNext'],
  unknown: ['allWellUnknown', 'allWellUnknownNext'],
} as const;
const LIMITS = {
  download: 'limitDownload',
  transfer: 'limitTransfer',
  schedule: 'limitSchedule',
  quiet: 'limitQuiet',
} as const;

/** Words for each code of a diagnosis: one without words does not compile. */
export const FINDING_WORDS: Words = {
  'all-well': ({ boundBy }) =>
    words(say(ALL_WELL[boundBy][0]), say(ALL_WELL[boundBy][1]), boundBy === 'limit' ? 'settings' : null),
  looking: () => words(say('looking'), say('lookingNext')),
  done: () => words(say('done'), say('doneNext')),
  'paused-by-user': () => words(say('paused'), say('pausedNext'), 'resume'),
  'all-paused': () => words(say('allPaused'), say('allPausedNext'), 'settings'),
  'waits-for-choice': () => words(say('choice'), say('choiceNext')),
  checking: () => words(say('checking'), say('checkingNext')),
  saving: () => words(say('saving'), say('savingNext')),
  queued: ({ ahead, most }) =>
    words(ahead === 0 ? say('queuedNone') : say.count('queued', ahead), say.count('queuedNext', most), 'settings'),
  failed: ({ failureCode }) =>
    failureCode === 'disk-full'
      ? words(say('diskFull'), say('diskNext'), 'free-space')
      : words(say('failed'), say('failedNext'), 'retry'),
  'seeds-without-webrtc': ({ seeds }) => words(say.count('seeds', seeds), say('seedsNext'), 'add-source'),
  'seeds-unreachable': ({ seeds }) => words(say.count('unreachable', seeds), say('unreachableNext'), 'add-source'),
  'trackers-dead': ({ dead, of }) =>
    words(
      dead === of ? say.count('trackersDeadAll', of) : say('trackersDeadSome', { dead, of }),
      say('trackersDeadNext'),
      'add-source',
    ),
  'no-browser-trackers': ({ udp, http }) =>
    words(say('noBrowserTrackers', { kinds: trackerKinds(udp, http) }), say('noBrowserTrackersNext'), 'add-source'),
  'no-sources': () => words(say('noSources'), say('noSourcesNext'), 'add-source'),
  'nobody-there': () => words(say('nobody'), say('nobodyNext'), 'add-source'),
  'metadata-missing': () => words(say('metadata'), say('metadataNext')),
  'peers-choke': ({ peers }) => words(say.count('choke', peers), say('chokeNext')),
  'peers-silent': ({ peers }) => words(say.count('silent', peers), say('silentNext')),
  'peers-lack-pieces': ({ pieces }) => words(say.count('lack', pieces), say('lackNext'), 'add-source'),
  'webrtc-blocked': ({ why }) =>
    why === 'missing'
      ? words(say('webrtcMissing'), say('webrtcMissingNext'), 'add-source')
      : words(say('webrtcNoWayOut'), say('webrtcNoWayOutNext'), 'add-source'),
  offline: () => words(say('offline'), say('offlineNext')),
  'download-only': () => words(say('downloadOnly'), say('downloadOnlyNext'), 'settings'),
  'disk-nearly-full': ({ freeBytes, neededBytes }) =>
    words(
      say('disk', { needed: formatBytes(neededBytes), free: formatBytes(freeBytes) }),
      say('diskNext'),
      'free-space',
    ),
  'limit-reached': ({ limit, bytesPerS }) => words(limitReached(limit, bytesPerS), say('limitNext'), 'settings'),
  'policy-waits': ({ policy }) =>
    words(
      policy === 'balanced' ? say('policyWaitsBalanced') : say('policyWaitsSpareOrigin'),
      say('policyWaitsNext'),
      'choose-policy',
    ),
  'policy-rules-out': ({ off }) =>
    words(say(off === 'peers' ? 'peersOff' : 'originsOff'), say('policyNext'), 'choose-policy'),
  'origin-ignores-ranges': ({ host }) => words(say('noRanges', { host }), say('noRangesNext'), 'add-source'),
  'origin-fault': ({ host, fault, status, retryInS }) => {
    const sentence = say(ORIGIN_FAULT_KEYS[fault], { host });
    return words(
      status === null ? sentence : say('faultWithStatus', { sentence, status }),
      retryInS === null ? say('faultNextNow') : say('faultNextLater', { time: formatDuration(retryInS) }),
    );
  },
  'origin-slow': ({ host, bytesPerS }) =>
    words(say('slow', { host, speed: formatSpeed(bytesPerS) }), say('slowNext'), 'add-source'),
  'origin-dropped': ({ host }) => words(say('dropped', { host }), say('droppedNext'), 'add-source'),
  'files-changed': ({ affected, of, host }) =>
    words(
      host === null ? say.count('changed', affected, { of }) : say.count('changedAt', affected, { of, host }),
      say('changedNext'),
    ),
};

/** The words for one finding. */
export function findingWords<Code extends Finding['code']>(
  finding: Extract<Finding, { readonly code: Code }>,
): FindingWords {
  const explain: (finding: Extract<Finding, { readonly code: Code }>) => FindingWords =
    FINDING_WORDS[finding.code as Code];
  return explain(finding);
}

function trackerKinds(udp: number, http: number): string {
  const kinds = [udp > 0 ? say.count('kindUdp', udp) : '', http > 0 ? say.count('kindHttp', http) : ''];
  return formatList(kinds.filter((kind) => kind !== ''));
}

function limitReached(limit: Extract<Finding, { code: 'limit-reached' }>['limit'], bytesPerS: number): string {
  if (limit === 'metered') return say('limitMetered');
  return bytesPerS === 0 ? say('limitNone') : say(LIMITS[limit], { speed: formatSpeed(bytesPerS) });
}
