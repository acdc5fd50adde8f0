import type { Policy } from '../../model/policy.ts';

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
