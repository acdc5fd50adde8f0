import type { OriginUrl } from '../../model/ids.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import { MAX_MIRRORS } from '../origin/mirrors.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { OriginDesk } from './origin-desk.ts';

/**
 * Desks for mirrors that an origin has named and that are not known yet. Only an origin that the torrent or the user
 * named is believed, a download has at most 16 mirrors, and they serve for a torrent of one file, whose address they
 * are. A private torrent keeps to the sources that it names itself.
 * @see RFC 6249 (Metalink/HTTP), section 6 on whom to believe.
 */
export function desksForMirrors(
  known: readonly OriginDesk[],
  from: OriginUrl,
  mirrors: readonly OriginUrl[],
  info: TorrentInfo,
  limits: HostLimits,
): OriginDesk[] {
  const isNamed = known.some(({ origin, mirrorOf }) => origin === from && mirrorOf === null);
  if (!isNamed || info.isMultiFile || info.isPrivate) return [];
  const room = MAX_MIRRORS - known.filter(({ mirrorOf }) => mirrorOf !== null).length;
  const unknown = mirrors.filter((mirror) => !known.some(({ origin }) => origin === mirror));
  return [...new Set(unknown)].slice(0, Math.max(room, 0)).map((mirror) => new OriginDesk(mirror, limits, from));
}
