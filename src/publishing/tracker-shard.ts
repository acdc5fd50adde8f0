import english from '../_locales/en/findings.json' with { type: 'json' };
import type { InfoHash } from '../model/ids.ts';
import { wordsOf } from '../words/say.ts';
import { PublishingError } from './publishing-error.ts';

const say = wordsOf('findings', english);

/**
 * Over how many paths of a tracker the swarms are spread. A proxy cannot see an info hash inside a WebSocket; in a path
 * it can, and sends each shard to one machine (`hash $uri consistent`).
 *
 * `none` unless asked: one machine serves tens of thousands of visitors, trackers of others need not know the path, and
 * a visitor holds one connection for each shard in use.
 */
export const SHARDS = ['none', '16', '256'] as const;
export type Shards = (typeof SHARDS)[number];

/**
 * Reads the address of a tracker.
 * @throws {PublishingError} when it is not `ws`, `wss`, `http`, `https` or `udp`.
 */
export function readTrackerUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^(?:wss?|https?|udp):$/.test(url.protocol) || url.hostname === '') {
    throw new PublishingError(say('notATracker', { text, example: 'wss://tracker.example/' }));
  }
  return text.trim();
}

/**
 * The address at which the swarm of one torrent meets: `wss://t.example/s/3f` for 256 shards, where `3f` is the first
 * byte of the info hash, and `wss://t.example/s/3` for 16. Only `ws` and `wss` addresses without a path, or with one that
 * ends in `/s/`, are changed: any other path is somebody's own. Never called for the part of a torrent that is hashed.
 */
export function shardedTracker(tracker: string, infoHash: InfoHash, shards: Shards): string {
  const url = new URL(tracker);
  if (shards === 'none' || !/^wss?:$/.test(url.protocol)) return tracker;
  const folder = url.pathname === '/' || url.pathname === '' ? '/s/' : url.pathname;
  if (!folder.endsWith('/s/')) return tracker;
  url.pathname = folder + infoHash.slice(0, shards === '256' ? 2 : 1);
  return url.href;
}
