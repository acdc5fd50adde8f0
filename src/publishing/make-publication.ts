import { infoHashOfDigest } from '../engine/torrent/info-hash.ts';
import type { Sha1 } from '../engine/torrent/read-info.ts';
import { mediaTypeOf } from './media-type.ts';
import { type HashedFile, METALINK_SUFFIX, type Publication, type Site, TORRENT_SUFFIX } from './publication.ts';
import { fileUrl } from './published-urls.ts';
import { shardedTracker } from './tracker-shard.ts';
import { writeInfo, writeTorrent } from './write-torrent.ts';

/**
 * Makes all that is published of one file. Pure but for the hash that is handed in: the same file and site give the same
 * bytes, whenever and wherever.
 * @throws {PublishingError} for an empty file, which has no pieces and makes no torrent.
 */
export async function makePublication(file: HashedFile, site: Site, sha1: Sha1): Promise<Publication> {
  const infoBytes = writeInfo(file);
  const infoHash = infoHashOfDigest(await sha1(infoBytes));
  const url = fileUrl(site.baseUrl, file.path);
  const mirrorUrls = site.mirrorUrls.map((mirror) => fileUrl(mirror, file.path));
  const trackers = site.trackers.map((tracker) => shardedTracker(tracker, infoHash, site.shards));
  const name = file.path.at(-1) ?? '';
  return {
    file,
    name,
    mediaType: mediaTypeOf(name),
    url,
    mirrorUrls,
    torrentUrl: url + TORRENT_SUFFIX,
    metalinkUrl: url + METALINK_SUFFIX,
    trackers,
    infoHash,
    torrentBytes: writeTorrent(infoBytes, trackers, [url, ...mirrorUrls]),
  };
}
