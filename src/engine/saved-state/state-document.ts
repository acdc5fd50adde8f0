import type { Settings } from '../../model/settings.ts';
import type { StoredTotals } from '../totals/stored-totals.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';

/** How a document begins that has everything that is remembered; whatever begins otherwise is something else. */
export const STATE_FORMAT = 'rivulet-state';
/** The version that is written. Older ones are read, newer ones are not. */
export const STATE_VERSION = 1;

/** Members of a record that mean something in another browser. Where it stood, and what is here of it, do not. */
export const PORTABLE_MEMBERS = [
  'id',
  'name',
  'addedAtMs',
  'trackers',
  'origins',
  'torrentUrls',
  'isPrivate',
  'policy',
  'patience',
  'sizeBytes',
  'files',
  'uploadedBytes',
  'choice',
  'selected',
  'isPublic',
  'leftOut',
  'site',
  'fileHashes',
  'fileName',
  'label',
  'limits',
  'queueKey',
  'keepsCopy',
] as const satisfies readonly (keyof TransferRecord)[];

export type PortableRecord = Pick<TransferRecord, (typeof PORTABLE_MEMBERS)[number]>;

/** A transfer in a document; its info dictionary in base64, or null when it is not known or did not fit. */
export type PortableTransfer = PortableRecord & { readonly info: string | null };

/**
 * Settings that no document brings along. They are what a person at this machine has agreed to: that bytes leave it, that
 * publishers are told, that public pages may lead into its network.
 */
export const CONSENTS = [
  'sharing',
  'sendReports',
  'allowLocalAddresses',
] as const satisfies readonly (keyof Settings)[];

/** Everything that is remembered. */
export type StateDocument = {
  readonly format: typeof STATE_FORMAT;
  readonly version: typeof STATE_VERSION;
  readonly savedAtMs: number;
  readonly settings: Omit<Settings, (typeof CONSENTS)[number]>;
  readonly transfers: readonly PortableTransfer[];
  readonly ledger: StoredTotals;
};
