import english from '../../_locales/en/problems.json' with { type: 'json' };
import type { Problem } from '../../model/failure.ts';
import { wordsOf } from '../../words/say.ts';
import { displayName } from '../formats/display-name.ts';
import { formatCount } from '../formats/format-count.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatList, formatListAndMore } from '../formats/format-list.ts';
import type { Explanation, WordsFor } from './explanation.ts';
import { originFaultWords } from './origin-fault-words.ts';

const say = wordsOf('problems', english);

const waits = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'waits' });
const informs = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'informs' });

/** Problems leave a transfer running; each says whether the user can help. */
export const PROBLEM_WORDS: WordsFor<Problem> = {
  'no-browser-source': ({ udpTrackers, httpTrackers }) =>
    waits(say('noBrowserSource', { kinds: trackerKinds(udpTrackers, httpTrackers) }), say('noBrowserSourceRemedy')),
  'no-sources': () => waits(say('noSources'), say('noSourcesRemedy')),
  'trackers-unreachable': ({ hosts, all }) =>
    all
      ? waits(allSilent(hosts), say('trackersSilentRemedy'))
      : informs(
          hosts.length > 1
            ? say('someTrackersSilent', { hosts: formatList(hosts) })
            : say('oneTrackerSilent', { host: formatList(hosts) }),
          say('someTrackersSilentRemedy'),
        ),
  'no-peers': ({ hosts }) =>
    waits(
      hosts.length > 0 ? say('noPeers', { hosts: formatList(hosts) }) : say('noPeersNameless'),
      say('noPeersRemedy'),
    ),
  'peers-silent': ({ peers }) => waits(say.count('peersSilent', peers), say('peersSilentRemedy')),
  'origin-failed': ({ host, fault: code, status, retryInS }) => {
    const fault = originFaultWords(code);
    // What an answer says of itself that is no error is not called one: the fault is in what came with it.
    const isError = status !== null && status >= 300;
    const time = retryInS === null ? null : formatDuration(retryInS);
    return informs(
      isError ? say('originFailedStatus', { host, fault, status }) : say('originFailed', { host, fault }),
      time === null
        ? say('originFailedRemedy')
        : say(code === 'web-page' ? 'originPageRemedy' : 'originRetryRemedy', { time }),
    );
  },
  'origin-lied': ({ host, pieces, dropped }) =>
    informs(say.count('originLied', pieces, { host }), dropped ? say('liedDroppedRemedy') : say('liedRemedy')),
  'peer-lied': ({ peer, pieces }) => informs(say.count('peerLied', pieces, { peer }), say('liedRemedy')),
  'files-unavailable': ({ files, count, saved }) =>
    saved === 0
      ? waits(say.count('filesUnavailable', count), say.count('filesUnavailableRemedy', count))
      : informs(
          say.count('someFilesUnavailable', count, { files: formatCount(count + saved, 'file') }),
          say('someFilesUnavailableRemedy', { names: someOf(files.map(displayName), count) }),
        ),
  'local-addresses-left-out': ({ hosts }) =>
    informs(say('localAddressesLeftOut', { hosts: formatList(hosts) }), say('localAddressesLeftOutRemedy')),
  'policy-rules-out': ({ off }) =>
    waits(off === 'peers' ? say('peersRuledOut') : say('originsRuledOut'), say('ruledOutRemedy')),
  'names-changed': ({ files }) => informs(say.count('namesChanged', files), say('namesChangedRemedy')),
};

function allSilent(hosts: readonly string[]): string {
  const [host, ...others] = hosts;
  if (host === undefined) return say('namelessTrackerSilent');
  return others.length > 0 ? say('noTrackerAnswers', { hosts: formatList(hosts) }) : say('trackerSilent', { host });
}

/** The first names of more than could be named. */
const someOf = (names: readonly string[], count: number): string =>
  count > names.length ? formatListAndMore(names, count) : formatList(names);

function trackerKinds(udpTrackers: number, httpTrackers: number): string {
  const kinds: string[] = [];
  if (udpTrackers > 0) kinds.push(say('trackerKind', { protocol: 'UDP', trackers: udpTrackers }));
  if (httpTrackers > 0) kinds.push(say('trackerKind', { protocol: 'HTTP', trackers: httpTrackers }));
  return kinds.length === 0 ? say('otherProtocols') : formatList(kinds);
}
