/** Whether bytes may leave this computer. Nothing is uploaded before the user has said "share". */
export type Sharing = 'not-asked' | 'share' | 'download-only';

/** What the user has chosen. Kept in the records, read by every process, written by the engine host alone. */
export type Settings = {
  readonly sharing: Sharing;
  readonly notifyWhenDone: boolean;
  /** Whether publishers who ask for it are told how a delivery went (delivery-report.ts). */
  readonly sendReports: boolean;
  /** Whether the add sheet asks before anything starts. */
  readonly askFirst: boolean;
  /** Hosts of pages whose links start at once, whatever `askFirst` says. */
  readonly startAtOnceSites: readonly string[];
  /** Whether ordinary downloads become transfers when their own server names a torrent for them (RFC 6249). */
  readonly hybridDownloads: boolean;
  /** Whether links in public pages may lead to this machine and the local network. */
  readonly allowLocalAddresses: boolean;
};

export const DEFAULT_SETTINGS: Settings = {
  sharing: 'not-asked',
  notifyWhenDone: true,
  sendReports: false,
  askFirst: true,
  startAtOnceSites: [],
  hybridDownloads: true,
  allowLocalAddresses: false,
};
