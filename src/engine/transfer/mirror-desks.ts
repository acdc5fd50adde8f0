import type { OriginUrl } from '../../model/ids.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import { MAX_MIRRORS } from '../origin/mirrors.ts';
import type { DepotEvent } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { OriginDesk } from './origin-desk.ts';

type MirrorsNamed = Extract<DepotEvent, { readonly type: 'mirrors-named' }>;

/** Gives an origin's mirrors a place among the desks of a download, as far as it may have them. */
export function joinMirrors(
  desks: OriginDesk[],
  { origin, mirrors }: MirrorsNamed,
  { info, hostLimits }: { readonly info: TorrentInfo; readonly hostLimits: HostLimits },
): void {
  desks.push(...desksForMirrors(desks, origin, mirrors, info, hostLimits));
}

/** Those of some origins that have no desk yet. */
export const unknownOrigins = (desks: readonly OriginDesk[], origins: readonly OriginUrl[]): OriginUrl[] =>
  origins.filter((origin) => !desks.some((desk) => desk.origin === origin));

/** Gives origins that the user named a place among the desks of a download; those that it knows keep theirs. */
export function joinOrigins(desks: OriginDesk[], origins: readonly OriginUrl[], limits: HostLimits): void {
  desks.push(...unknownOrigins(desks, origins).map((origin) => new OriginDesk(origin, limits)));
}

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
