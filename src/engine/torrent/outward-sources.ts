import { isPrivateHost } from '../origin/private-host.ts';
import type { SourceList } from './torrent-description.ts';

export type Outward = {
  readonly sources: SourceList;
  readonly torrentUrls: readonly string[];
  readonly leftOut: readonly string[];
};

/**
 * The sources that what came from a public page may have: none on this machine or in a local network, because a page
 * could not reach those itself (Private Network Access) and must not do so through us. `leftOut` names the hosts.
 */
export function outwardOnly(sources: SourceList, torrentUrls: readonly string[]): Outward {
  const leftOut = new Set<string>();
  const isOutward = (address: string): boolean => {
    const { hostname } = new URL(address);
    const isInner = isPrivateHost(hostname);
    if (isInner) leftOut.add(hostname);
    return !isInner;
  };
  return {
    sources: { trackers: sources.trackers.filter(isOutward), origins: sources.origins.filter(isOutward) },
    torrentUrls: torrentUrls.filter(isOutward),
    leftOut: [...leftOut],
  };
}
