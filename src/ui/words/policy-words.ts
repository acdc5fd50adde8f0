import type { PatienceChoice, Policy } from '../../model/policy.ts';
import type { PublisherPatience } from '../../model/publisher-policy.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatSpeed } from '../formats/format-speed.ts';

/** Name of the control that chooses a policy. It is a contract, as the names of the choices are: programs look for them. */
export const POLICY_CONTROL = 'Policy';

/** What the choices are called, and what each does. */
export const POLICY_WORDS: Readonly<Record<Policy, { readonly name: string; readonly means: string }>> = {
  fastest: { name: 'Fastest', means: 'peers and origins together, as fast as they can' },
  balanced: { name: 'Balanced', means: 'as fast as a plain download; origins send only what peers lack' },
  'spare-origin': { name: 'Spare the origin', means: 'waits for peers where that is bearable; origins fill the gaps' },
  'peers-off': { name: 'Peers off', means: 'origins only; other people are neither asked nor served' },
  'origins-off': { name: 'Origins off', means: 'other people only; no web server is asked' },
};

/** Name of the control that says how long sparing the origin may take; a contract, too. */
export const PATIENCE_CONTROL = 'Patience';

export const PATIENCE_WORDS: Readonly<Record<PatienceChoice, { readonly name: string; readonly means: string }>> = {
  'least-500-kb': { name: 'At least 500 kB/s', means: 'origins send what peers lack for this speed' },
  'least-2-mb': { name: 'At least 2 MB/s', means: 'origins send what peers lack for this speed' },
  '15-minutes': { name: 'Done within 15 minutes', means: 'origins send what would come too late' },
  '1-hour': { name: 'Done within an hour', means: 'origins send what would come too late' },
  '8-hours': { name: 'Tonight (8 hours)', means: 'origins send what would come too late' },
};

/** The choice that a publisher made, which stands until the user makes another. */
export function publishedPatienceWords(patience: PublisherPatience | null): { name: string; means: string } {
  if (patience === null) return { name: '', means: '' };
  return 'withinS' in patience
    ? {
        name: `Published: ${formatDuration(patience.withinS)}`,
        means: 'the publisher wishes so; origins send what would come too late',
      }
    : {
        name: `Published: ${formatSpeed(patience.leastBytesPerS)}`,
        means: 'the publisher wishes so; origins send what peers lack for this speed',
      };
}
