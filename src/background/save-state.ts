import type { SaveState } from '../model/host-link.ts';

/** What counts of an entry of the browser's download list; Firefox leaves `error` out where nothing failed. */
export type DownloadFacts = {
  readonly state: 'in_progress' | 'interrupted' | 'complete';
  readonly filename: string;
  readonly exists: boolean;
  readonly error?: string | undefined;
};

/** How a saved file stands, from the browser's download list. A paused download is in progress. */
export function saveStateOf(download: DownloadFacts | undefined): SaveState {
  if (download === undefined) return { state: 'gone' };
  switch (download.state) {
    case 'in_progress':
      return { state: 'in-progress' };
    case 'complete':
      return { state: 'complete', path: download.filename, exists: download.exists };
    case 'interrupted':
      return { state: 'interrupted', reason: download.error ?? 'unknown' };
  }
}
