import type { Site } from './publication.ts';

const LOCAL_HOST = /^(?:localhost|127\.|\[::1\])/;

/** What a publisher may not have thought of, in whole sentences; none of it is an error. */
export function siteNotes({ baseUrl, trackers }: Pick<Site, 'baseUrl' | 'trackers'>): readonly string[] {
  const notes: string[] = [];
  if (trackers.length === 0) {
    notes.push('Without a tracker visitors find nobody to share with: give one with --tracker.');
  } else if (!trackers.some((tracker) => /^wss?:/i.test(tracker))) {
    notes.push('Browsers meet at ws:// and wss:// trackers only, and none of those given is one.');
  } else if (baseUrl.startsWith('https:') && !trackers.some((tracker) => /^wss:/i.test(tracker))) {
    notes.push('The tracker is not encrypted: everybody on the way sees who fetches what. Give a wss:// address.');
  }
  const { protocol, host } = new URL(baseUrl);
  if (protocol === 'http:' && !LOCAL_HOST.test(host)) {
    notes.push('The base address is not encrypted: whoever is on the way can change files and .torrents alike.');
  }
  return notes;
}
