import type { Settings } from '../../model/settings.ts';
import type { SourcesDetail } from '../../model/transfer-details.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { EnginePorts } from '../ports.ts';
import { PieceState } from '../schedule/piece-map.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { policyInForce } from '../transfer/delivery.ts';
import { SPARE_DISK_BYTES } from '../transfer/disk-space.ts';
import type { Download } from '../transfer/download.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import type { Facts, LimitFacts, OriginFacts } from './facts.ts';

export type Gathered = {
  readonly record: TransferRecord;
  /** Null for an entry of which only the address of the .torrent is known. */
  readonly transfer: Transfer | null;
  readonly info: TorrentInfo | null;
  readonly sources: SourcesDetail;
  readonly settings: Settings;
  readonly limit: LimitFacts | null;
  readonly ports: Pick<EnginePorts, 'clock' | 'network' | 'depot'>;
};

/** Brings together what a diagnosis is made of. */
export async function gatherFacts(gathered: Gathered): Promise<Facts> {
  const { record, transfer, info, sources, settings, limit, ports } = gathered;
  const view = transfer?.view() ?? null;
  const live = transfer?.run?.live ?? null;
  const download = live?.download ?? null;
  const hasNobody = sources.peers.length === 0 && sources.trackers.some(({ kind }) => kind === 'websocket');
  return {
    state: record.state,
    hasMetadata: record.state.phase !== 'fetching-metadata',
    runningForS: live === null ? 0 : (ports.clock.nowMs() - live.startedAtMs) / 1_000,
    peerBytesPerS: view?.peerBytesPerS ?? 0,
    originBytesPerS: view?.originBytesPerS ?? 0,
    queue: queueOf(view, settings),
    browser: {
      isOnline: ports.network.isOnline(),
      webRtc: hasNobody && live !== null ? await ports.network.webRtc() : 'works',
    },
    sharing: settings.sharing,
    policy: policyInForce(record, settings.sharing === 'share'),
    limit,
    space: download === null ? null : await spaceOf(download, ports),
    peers: sources.peers,
    origins: sources.origins.map(originFacts),
    trackers: sources.trackers,
    torrentUrls: record.torrentUrls.length,
    piecesNobodyHas: download === null ? 0 : countOrphans(download),
    files: info === null ? 0 : fileCount(info),
  };
}

const queueOf = (view: TransferView | null, { maxRunning, isAllPaused }: Settings): Facts['queue'] => ({
  isWaiting: view?.isWaiting ?? false,
  ahead: Math.max((view?.queuePlace ?? 1) - 1, 0),
  most: maxRunning,
  isAllPaused,
});

function originFacts({ host, health, lastFault, changedFiles }: SourcesDetail['origins'][number]): OriginFacts {
  return {
    host,
    state: health?.state ?? 'usable',
    ignoresRanges: health?.ignoresRanges ?? false,
    runningRequests: health?.runningRequests ?? 0,
    rateBytesPerS: health?.rateBytesPerS ?? null,
    // Nobody has asked for a mirror, and nobody need know that it is gone.
    lastFault: health?.mirrorOf == null ? lastFault : null,
    restsForS: health?.restsForS ?? 0,
    changedFiles,
  };
}

/** What is still to come must fit, and a little more, as when the download began. */
async function spaceOf({ board }: Download, { depot }: Pick<EnginePorts, 'depot'>): Promise<Facts['space']> {
  const freeBytes = await depot.freeBytes().catch(() => null);
  return freeBytes === null ? null : { freeBytes, neededBytes: board.leftBytes + SPARE_DISK_BYTES };
}

function countOrphans({ board: { map, holders } }: Download): number {
  let count = 0;
  for (let piece = 0; piece < holders.length; piece++) {
    if (holders[piece] === 0 && map.states[piece] !== PieceState.held) count += 1;
  }
  return count;
}

const counts = new WeakMap<TorrentInfo, number>();

/** Padding is no file to anybody. Counted once: there may be many. */
function fileCount(info: TorrentInfo): number {
  const count = counts.get(info) ?? info.files.filter(({ isPadding }) => !isPadding).length;
  counts.set(info, count);
  return count;
}
