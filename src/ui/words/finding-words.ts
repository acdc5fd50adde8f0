import english from '../../_locales/en/diagnosis.json' with { type: 'json' };
import type { OriginFault } from '../../model/failure.ts';
import type { Finding } from '../../model/transfer-details.ts';
import { wordsOf } from '../../words/say.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatList } from '../formats/format-list.ts';
import { formatSpeed } from '../formats/format-speed.ts';

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

const FAULT_KEYS = {
  'not-found': 'fault_not_found',
  forbidden: 'fault_forbidden',
  busy: 'fault_busy',
  'server-error': 'fault_server_error',
  unreachable: 'fault_unreachable',
  stalled: 'fault_stalled',
  'ignores-ranges': 'fault_ignores_ranges',
  'wrong-range': 'fault_wrong_range',
  'wrong-length': 'fault_wrong_length',
  encoded: 'fault_encoded',
  'web-page': 'fault_web_page',
} as const satisfies { readonly [Fault in OriginFault]: string };

/** Words for each code of a diagnosis: one without words does not compile. */
export const FINDING_WORDS: Words = {
  'all-well': ({ boundBy }) =>
    words(say(`all_well_${boundBy}`), say(`all_well_${boundBy}_next`), boundBy === 'limit' ? 'settings' : null),
  looking: () => words(say('looking'), say('looking_next')),
  done: () => words(say('done'), say('done_next')),
  'paused-by-user': () => words(say('paused'), say('paused_next'), 'resume'),
  'all-paused': () => words(say('all_paused'), say('all_paused_next'), 'settings'),
  'waits-for-choice': () => words(say('choice'), say('choice_next')),
  checking: () => words(say('checking'), say('checking_next')),
  saving: () => words(say('saving'), say('saving_next')),
  queued: ({ ahead, most }) =>
    words(ahead === 0 ? say('queued_none') : say.count('queued', ahead), say.count('queued_next', most), 'settings'),
  failed: ({ failureCode }) =>
    failureCode === 'disk-full'
      ? words(say('disk_full'), say('disk_next'), 'free-space')
      : words(say('failed'), say('failed_next'), 'retry'),
  'seeds-without-webrtc': ({ seeds }) => words(say.count('seeds', seeds), say('seeds_next'), 'add-source'),
  'trackers-dead': ({ dead, of }) =>
    words(
      dead === of ? say.count('trackers_dead_all', of) : say('trackers_dead_some', { dead, of }),
      say('trackers_dead_next'),
      'add-source',
    ),
  'no-browser-trackers': ({ udp, http }) =>
    words(
      say('no_browser_trackers', { kinds: trackerKinds(udp, http) }),
      say('no_browser_trackers_next'),
      'add-source',
    ),
  'no-sources': () => words(say('no_sources'), say('no_sources_next'), 'add-source'),
  'nobody-there': () => words(say('nobody'), say('nobody_next'), 'add-source'),
  'metadata-missing': () => words(say('metadata'), say('metadata_next')),
  'peers-choke': ({ peers }) => words(say.count('choke', peers), say('choke_next')),
  'peers-silent': ({ peers }) => words(say.count('silent', peers), say('silent_next')),
  'peers-lack-pieces': ({ pieces }) => words(say.count('lack', pieces), say('lack_next'), 'add-source'),
  'webrtc-blocked': ({ why }) =>
    why === 'missing'
      ? words(say('webrtc_missing'), say('webrtc_missing_next'), 'add-source')
      : words(say('webrtc_no_way_out'), say('webrtc_no_way_out_next'), 'add-source'),
  offline: () => words(say('offline'), say('offline_next')),
  'download-only': () => words(say('download_only'), say('download_only_next'), 'settings'),
  'disk-nearly-full': ({ freeBytes, neededBytes }) =>
    words(
      say('disk', { needed: formatBytes(neededBytes), free: formatBytes(freeBytes) }),
      say('disk_next'),
      'free-space',
    ),
  'limit-reached': ({ limit, bytesPerS }) => words(limitReached(limit, bytesPerS), say('limit_next'), 'settings'),
  'policy-waits': ({ policy }) =>
    words(
      policy === 'balanced' ? say('policy_waits_balanced') : say('policy_waits_spare_origin'),
      say('policy_waits_next'),
      'choose-policy',
    ),
  'policy-rules-out': ({ off }) =>
    words(say(off === 'peers' ? 'peers_off' : 'origins_off'), say('policy_next'), 'choose-policy'),
  'origin-ignores-ranges': ({ host }) => words(say('no_ranges', { host }), say('no_ranges_next'), 'add-source'),
  'origin-fault': ({ host, fault, status, retryInS }) => {
    const sentence = say(FAULT_KEYS[fault], { host });
    return words(
      status === null ? sentence : say('fault_with_status', { sentence, status }),
      retryInS === null ? say('fault_next_now') : say('fault_next_later', { time: formatDuration(retryInS) }),
    );
  },
  'origin-slow': ({ host, bytesPerS }) =>
    words(say('slow', { host, speed: formatSpeed(bytesPerS) }), say('slow_next'), 'add-source'),
  'origin-dropped': ({ host }) => words(say('dropped', { host }), say('dropped_next'), 'add-source'),
  'files-changed': ({ affected, of, host }) =>
    words(
      host === null ? say.count('changed', affected, { of }) : say.count('changed_at', affected, { of, host }),
      say('changed_next'),
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
  const kinds = [udp > 0 ? say.count('kind_udp', udp) : '', http > 0 ? say.count('kind_http', http) : ''];
  return formatList(kinds.filter((kind) => kind !== ''));
}

function limitReached(limit: Extract<Finding, { code: 'limit-reached' }>['limit'], bytesPerS: number): string {
  if (limit === 'metered') return say('limit_metered');
  return bytesPerS === 0 ? say('limit_none') : say(`limit_${limit}`, { speed: formatSpeed(bytesPerS) });
}
