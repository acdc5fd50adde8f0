import type { TransferId } from '../../model/ids.ts';
import type { PublishedLink } from '../../model/published-link.ts';
import type { Settings } from '../../model/settings.ts';
import type { EnginePorts } from '../ports.ts';
import { safeName, splitSuffix } from '../torrent/safe-name.ts';
import type { MetaInfo } from '../torrent/torrent-description.ts';
import { type ClickedPage, newDelivery } from './delivery.ts';
import { checkSpace } from './disk-space.ts';
import { findPublished } from './published-torrent.ts';
import type { TransferRecord } from './transfer-record.ts';

/** A click on a publisher's link that becomes a transfer: its torrent, and what its record has besides. */
export type AcceptedDelivery = {
  readonly meta: MetaInfo;
  readonly more: Partial<TransferRecord> & Pick<Required<TransferRecord>, 'delivery'>;
};

export type AcceptPorts = {
  readonly ports: EnginePorts;
  readonly settings: () => Settings;
  /** What is in the list already. */
  readonly record: (id: TransferId) => TransferRecord | undefined;
};

/**
 * Decides whether a click on a publisher's link becomes a transfer: only when its torrent may stand for the file and is
 * here in time, and there is room for a second copy of the file. Null when not: the file is to be had as any other is.
 * So is one that was saved, for it may be deleted by now, and one that failed here, for it may fail again.
 */
export async function acceptDelivery(
  link: PublishedLink,
  page: ClickedPage,
  { ports, settings, record }: AcceptPorts,
): Promise<AcceptedDelivery | null> {
  const { clock, depot, random } = ports;
  const meta = await findPublished(link, page, ports);
  if (meta === null) return null;
  const known = record(meta.info.infoHash as string as TransferId);
  const { isPlayed = false } = link;
  // What the store still has can be played again.
  if (isOver(known) && !(isPlayed && known?.isStored)) return null;
  const hasRoom = await checkSpace(depot, meta.info.lengthBytes).then(
    () => true,
    () => false,
  );
  const nowMs = clock.nowMs();
  if (!hasRoom || nowMs > page.giveUpAtMs) return null;
  const { sendReports } = settings();
  const delivery = newDelivery(link, page, { sendReports, random, spentMs: Math.max(nowMs - page.clickedAtMs, 0) });
  const policy = delivery.cohort === 'control' ? 'peers-off' : link.policy.policy;
  const fileName = fileNameOf(link, page, meta.info.name);
  return {
    meta,
    more: {
      delivery,
      policy,
      isPlayedOnly: isPlayed,
      ...(fileName === null ? {} : { fileName, name: fileName }),
    },
  };
}

function isOver(record: TransferRecord | undefined): boolean {
  if (record === undefined) return false;
  const { state } = record;
  return state.phase === 'failed' || (state.phase === 'paused' ? state.resumeTo : state).phase === 'done';
}

/**
 * What a link's `download` attribute calls the file; null when the torrent's name is better: the page is not of the
 * file's own site (HTML gives its word no weight then), or not every system takes that name. A name without a suffix
 * gets that of the torrent's.
 */
export function fileNameOf(
  { name, fileUrl }: Pick<PublishedLink, 'name' | 'fileUrl'>,
  page: Pick<ClickedPage, 'url'>,
  torrentName: string,
): string | null {
  if (name === null || page.url === null || new URL(page.url).origin !== new URL(fileUrl).origin) return null;
  const whole = splitSuffix(name).suffix === '' ? name + splitSuffix(torrentName).suffix : name;
  return safeName(whole, 'file') === whole ? whole : null;
}
