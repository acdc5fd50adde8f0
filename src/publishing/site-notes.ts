import { isPrivateHost } from '../engine/origin/private-host.ts';
import type { Site } from './publication.ts';

/** What a publisher may not have thought of, in whole sentences; none of it is an error. */
export function siteNotes({
  baseUrl,
  trackers,
  reportUrl,
}: Pick<Site, 'baseUrl' | 'trackers' | 'reportUrl'>): readonly string[] {
  const notes: string[] = [];
  if (trackers.length === 0) {
    notes.push('Without a tracker visitors find nobody to share with: give one with --tracker.');
  } else if (!trackers.some((tracker) => /^wss?:/i.test(tracker))) {
    notes.push('Browsers meet at ws:// and wss:// trackers only, and none of those given is one.');
  } else if (baseUrl.startsWith('https:') && !trackers.some((tracker) => /^wss:/i.test(tracker))) {
    notes.push('The tracker is not encrypted: everybody on the way sees who fetches what. Give a wss:// address.');
  }
  if (isPublicHttp(baseUrl)) {
    notes.push(
      'The base address is not encrypted, and whoever is on the way could change files and .torrents alike: Rivulet takes links to it for plain ones. Give an https:// address.',
    );
  }
  if (reportUrl !== null && isPublicHttp(reportUrl)) {
    notes.push('Nobody reports to an address that is not encrypted. Give --report an https:// address.');
  }
  return notes;
}

/** Within a local network all is well without encryption; see `mayVouch` and `mayReportTo`. */
function isPublicHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isPrivateHost(hostname);
}
