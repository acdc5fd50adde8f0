/**
 * Whom a transfer takes its bytes from. "Balanced" is as fast as the plain link would be, and takes from the origins only
 * what peers lack for that; "spare-origin" is as slow as its patience allows.
 */
export const POLICIES = ['fastest', 'balanced', 'spare-origin', 'peers-off', 'origins-off'] as const;
export type Policy = (typeof POLICIES)[number];

export const DEFAULT_POLICY: Policy = 'fastest';

/** How long a transfer that spares its origins may wait for peers: to a moment, or as long as it does not get slower. */
export type Patience =
  | { readonly type: 'deadline'; readonly atMs: number }
  | { readonly type: 'least-rate'; readonly bytesPerS: number };

/** What the user may choose for it. */
export const PATIENCE_CHOICES = ['least-500-kb', 'least-2-mb', '15-minutes', '1-hour', '8-hours'] as const;
export type PatienceChoice = (typeof PATIENCE_CHOICES)[number];

/** The default is slow enough for a few peers to keep up with, and fast enough to watch a film by. */
export const DEFAULT_PATIENCE_CHOICE: PatienceChoice = 'least-500-kb';
