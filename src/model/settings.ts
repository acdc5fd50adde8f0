/** Whether bytes may leave this computer. Nothing is uploaded before the user has said "share". */
export type Sharing = 'not-asked' | 'share' | 'download-only';

/** What the user has chosen. Kept in the records, read by every process, written by the engine host alone. */
export type Settings = {
  readonly sharing: Sharing;
  readonly notifyWhenDone: boolean;
};

export const DEFAULT_SETTINGS: Settings = { sharing: 'not-asked', notifyWhenDone: true };
