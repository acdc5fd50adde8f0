import english from '../../_locales/en/policies.json' with { type: 'json' };
import type { PatienceChoice, Policy } from '../../model/policy.ts';
import type { PublisherPatience } from '../../model/publisher-policy.ts';
import { type TextKey, wordsOf } from '../../words/say.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatSpeed } from '../formats/format-speed.ts';

const say = wordsOf('policies', english);

type Words = { readonly name: string; readonly means: string };

const words = (name: TextKey<typeof english>, means: TextKey<typeof english>): Words => ({
  get name() {
    return say(name);
  },
  get means() {
    return say(means);
  },
});

/**
 * Names of the controls that choose a policy, and how long sparing the origin may take. In English they are a contract, as
 * the names of the choices are: programs look for them.
 */
export const POLICY_CONTROLS = {
  get policy() {
    return say('policy');
  },
  get patience() {
    return say('patience');
  },
};

/** What the choices are called, and what each does. */
export const POLICY_WORDS: Readonly<Record<Policy, Words>> = {
  fastest: words('fastest', 'fastestMeans'),
  balanced: words('balanced', 'balancedMeans'),
  'spare-origin': words('spareOrigin', 'spareOriginMeans'),
  'peers-off': words('peersOff', 'peersOffMeans'),
  'origins-off': words('originsOff', 'originsOffMeans'),
};

export const PATIENCE_WORDS: Readonly<Record<PatienceChoice, Words>> = {
  'least-500-kb': words('least500Kb', 'leastMeans'),
  'least-2-mb': words('least2Mb', 'leastMeans'),
  '15-minutes': words('within15Minutes', 'withinMeans'),
  '1-hour': words('within1Hour', 'withinMeans'),
  '8-hours': words('within8Hours', 'withinMeans'),
};

/** The choice that a publisher made, which stands until the user makes another. */
export function publishedPatienceWords(patience: PublisherPatience | null): Words {
  if (patience === null) return { name: '', means: '' };
  return 'withinS' in patience
    ? {
        name: say('published', { patience: formatDuration(patience.withinS) }),
        means: say('publishedWithinMeans'),
      }
    : {
        name: say('published', { patience: formatSpeed(patience.leastBytesPerS) }),
        means: say('publishedLeastMeans'),
      };
}
