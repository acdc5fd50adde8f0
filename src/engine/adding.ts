import type { Added } from '../model/commands.ts';
import type { Failure } from '../model/failure.ts';
import type { TransferId } from '../model/ids.ts';
import { BY_HAND, type Provenance } from '../model/provenance.ts';
import type { Delivered, PublishedLink } from '../model/published-link.ts';
import type { Settings } from '../model/settings.ts';
import { isSiteIgnored, ruleOfSite } from '../model/site-rules.ts';
import { isPrivateHost } from './origin/private-host.ts';
import type { EnginePorts } from './ports.ts';
import type { Serial } from './store/serial.ts';
import { nameOfUrl } from './torrent/name-of-url.ts';
import { outwardOnly } from './torrent/outward-sources.ts';
import { readLink } from './torrent/read-link.ts';
import { readTorrent } from './torrent/read-torrent.ts';
import type { MagnetLink, MetaInfo, SourceList, TorrentInfo } from './torrent/torrent-description.ts';
import { acceptDelivery } from './transfer/accept-delivery.ts';
import type { Addition } from './transfer/addition.ts';
import { addSources } from './transfer/change-sources.ts';
import { selectAlso } from './transfer/chosen-files.ts';
import { type ClickedPage, isLocal } from './transfer/delivery.ts';
import { readTorrentOrMetalink } from './transfer/follow-metalink.ts';
import { moreTrackers } from './transfer/more-trackers.ts';
import { newRecord } from './transfer/new-record.ts';
import type { Transfer } from './transfer/transfer.ts';
import { failureOfError } from './transfer/transfer-error.ts';
import type { TransferRecord } from './transfer/transfer-record.ts';

export const ADDITION_PREFIX = 'adding-';
const MAX_SHOWN_LINK = 200;
/** Stands for whichever public page a file came from: what matters is that it is none of the local network. */
const SOMEWHERE_PUBLIC = 'https://public.invalid/';
const NO_SOURCES: SourceList = { trackers: [], origins: [] };

export type AddingPorts = {
  readonly ports: Pick<EnginePorts, 'records' | 'clock' | 'random' | 'sha1' | 'fetchTorrent'> & EnginePorts;
  readonly settings: () => Settings;
  /** Nothing is to run now. */
  readonly isHalted: () => boolean;
  readonly transfers: ReadonlyMap<TransferId, Transfer>;
  readonly additions: ReadonlyMap<TransferId, Addition>;
  readonly newTransfer: (record: TransferRecord) => Transfer;
  readonly newAddition: (record: TransferRecord) => Addition;
  /** One thing is added at a time, and none while the store is cleaned. */
  readonly turn: Serial;
  readonly onChange: () => void;
};

/** Every way into the list. What is in it already is given the new sources, and is not added twice. */
export class Adding {
  readonly #own: AddingPorts;
  readonly #delivering = new Map<string, Promise<Delivered>>();

  constructor(own: AddingPorts) {
    this.#own = own;
  }

  /** A magnet, an info hash, or the address of a .torrent. @throws {TorrentError} when the text is none of these. */
  async link(text: string, from: Provenance): Promise<Added> {
    const link = readLink(text);
    if (link.kind === 'torrent-url') return this.#url(link.url, from);
    return this.#own.turn.run(() => this.#magnet(link.magnet, from));
  }

  /**
   * What a link in a page names. One that cannot be read becomes an entry that says so: whoever clicked is looking at the
   * page and not at a field that could show the error.
   */
  async capture(url: string, from: Provenance): Promise<Added> {
    try {
      return await this.link(url, from);
    } catch (error) {
      const failure = failureOfError(error);
      if (failure === null) throw error;
      return this.#broken(url, failure, from);
    }
  }

  /** A .torrent file, or a Metalink that names one. @throws {TorrentError} when it cannot be read. */
  async torrent(bytes: Uint8Array, from: Provenance = BY_HAND): Promise<Added> {
    const { fetchTorrent, sha1 } = this.#own.ports;
    const isPublic = this.#isPublic(from);
    const fetchNamed = (url: string) => fetchTorrent(url, false, new AbortController().signal);
    const meta = await readTorrentOrMetalink(bytes, isPublic ? SOMEWHERE_PUBLIC : null, {
      fetchTorrent: fetchNamed,
      sha1,
    });
    return this.meta(meta, { isPublic, isStaged: this.#asksFirst(from), ...madeOf(from) });
  }

  /** A torrent whose metadata is here. @param more What its record has besides. */
  meta(meta: MetaInfo, more: Partial<TransferRecord> = {}): Promise<Added> {
    return this.#own.turn.run(() => this.#meta(meta, more));
  }

  async #meta({ info, sources: named, fileHashes = [] }: MetaInfo, more: Partial<TransferRecord>): Promise<Added> {
    const { ports } = this.#own;
    const id = info.infoHash as string as TransferId;
    await ports.records.putInfo(id, info.infoBytes);
    const { delivery } = more;
    const { sources, leftOut } = this.#allowed(named, [], more.isPublic ?? false);
    const there = await this.#again(id, async (transfer) => {
      if (delivery == null) {
        if (!staysPrivate(transfer.record, more)) await transfer.adopt();
      } else if (transfer.record.isHidden) await transfer.deliverAgain(delivery, more.isPlayedOnly);
      await addSources(transfer, sources, []);
      if (delivery != null && transfer.record.state.phase === 'paused') await transfer.resume();
    });
    if (there !== null) return there;
    const { lengthBytes: sizeBytes, isPrivate } = info;
    const record = newRecord({ ...this.#named(id, info.name), sources, torrentUrls: [], sizeBytes });
    return this.#add(this.#withTrackers({ ...record, isPrivate, leftOut, fileHashes, ...more }, true));
  }

  /**
   * What a publisher's link names, when its torrent can be had in time and may stand for the file; else it says that the
   * file is to be downloaded as any other. Never rejects. A second click meanwhile is the same click.
   */
  async deliver(link: PublishedLink, page: ClickedPage): Promise<Delivered> {
    const running = this.#delivering.get(link.fileUrl);
    if (running !== undefined) return running;
    const delivered = this.#deliver(link, page).catch((error: unknown): Delivered => {
      if (failureOfError(error) === null) console.error('delivery', error);
      return { way: 'plain' };
    });
    this.#delivering.set(link.fileUrl, delivered);
    return delivered.finally(() => this.#delivering.delete(link.fileUrl));
  }

  /**
   * Takes over a torrent whose bytes somebody else has put into the store, and seeds it. One that is in the list and not
   * done goes on as if it had been added again, and finds them there.
   * @throws {TorrentError} when the .torrent cannot be read.
   */
  async adopt(torrentBytes: Uint8Array): Promise<Added> {
    const { info, sources } = await readTorrent(torrentBytes, this.#own.ports.sha1);
    return this.#own.turn.run(() => this.#adopt(info, sources));
  }

  async #adopt(info: TorrentInfo, sources: SourceList): Promise<Added> {
    const { ports, transfers } = this.#own;
    const id = info.infoHash as string as TransferId;
    await ports.records.putInfo(id, info.infoBytes);
    const known = transfers.get(id);
    const wasThere = { id, wasThere: true, isStaged: false };
    if (known !== undefined && known.record.state.phase !== 'done') {
      return (await this.#again(id, async (transfer) => void (await addSources(transfer, sources, [])))) ?? wasThere;
    }
    if (known === undefined) {
      const named = this.#named(id, info.name);
      const record = newRecord({ ...named, sources, torrentUrls: [], sizeBytes: info.lengthBytes });
      return this.#add({ ...record, isPrivate: info.isPrivate, state: { phase: 'done' }, isStored: true });
    }
    await addSources(known, sources, []);
    await known.seedAnew();
    return wasThere;
  }

  async #deliver(link: PublishedLink, page: ClickedPage): Promise<Delivered> {
    const { ports, settings, transfers } = this.#own;
    const record = (id: TransferId) => transfers.get(id)?.record;
    // While nothing is to run, the browser downloads it as any other; so does it where our hands are to be kept off.
    if (this.#own.isHalted() || this.isIgnored(page.url)) return { way: 'plain' };
    const accepted = await acceptDelivery(link, page, { ports, settings, record });
    if (accepted === null) return { way: 'plain' };
    const { isPrivateWindow = false } = page;
    const isPublic = this.#isPublic({ isLocal: isLocal(page) });
    const more = { ...accepted.more, isPublic, isPrivateWindow };
    return { way: 'transfer', added: await this.meta(accepted.meta, more) };
  }

  async #magnet(magnet: MagnetLink, from: Provenance): Promise<Added> {
    const id = magnet.infoHash as string as TransferId;
    const { lengthBytes: sizeBytes, selectedFiles: selected } = magnet;
    const isPublic = this.#isPublic(from);
    const { sources, torrentUrls, leftOut } = this.#allowed(magnet.sources, magnet.torrentUrls, isPublic);
    const there = await this.#again(id, async (transfer) => {
      if (!staysPrivate(transfer.record, from)) await transfer.adopt();
      await addSources(transfer, sources, torrentUrls);
      if (selected !== null) await selectAlso(transfer, selected);
    });
    if (there !== null) return there;
    const record = newRecord({ ...this.#named(id, magnet.name), sources, torrentUrls, sizeBytes, selected });
    const more = { isPublic, leftOut, isStaged: this.#asksFirst(from), ...madeOf(from) };
    return this.#add(this.#withTrackers({ ...record, ...more }, false));
  }

  async #url(url: string, from: Provenance): Promise<Added> {
    const { ports, additions, newAddition, onChange } = this.#own;
    const known = [...additions.values()].find(({ record }) => record.torrentUrls.includes(url));
    if (known !== undefined) {
      known.resume();
      return { id: known.record.id, wasThere: true, isStaged: known.record.isStaged ?? false };
    }
    const isPublic = this.#isPublic(from);
    const { hostname } = new URL(url);
    if (isPublic && isPrivateHost(hostname)) {
      return this.#broken(url, { code: 'local-address', host: hostname }, from);
    }
    const isStaged = this.#asksFirst(from);
    const named = this.#named(this.#newId(), nameOfUrl(url));
    const record = newRecord({ ...named, sources: NO_SOURCES, torrentUrls: [url], sizeBytes: null });
    const staged = { ...record, isPublic, isStaged, ...madeOf(from) };
    await ports.records.put(staged);
    newAddition(staged).start();
    onChange();
    return { id: record.id, wasThere: false, isStaged };
  }

  async #broken(url: string, failure: Failure, from: Provenance): Promise<Added> {
    const { ports, additions, newAddition, onChange } = this.#own;
    const name = url.slice(0, MAX_SHOWN_LINK);
    const known = [...additions.values()].find(({ record }) => record.name === name);
    if (known !== undefined) return { id: known.record.id, wasThere: true, isStaged: false };
    const named = this.#named(this.#newId(), name);
    const record = newRecord({ ...named, sources: NO_SOURCES, torrentUrls: [], sizeBytes: null });
    const failed = {
      ...record,
      ...madeOf(from),
      state: { phase: 'failed', resumeTo: { phase: 'fetching-metadata' }, failure },
    } as const;
    await ports.records.put(failed);
    newAddition(failed);
    onChange();
    return { id: record.id, wasThere: false, isStaged: false };
  }

  async #add(record: TransferRecord): Promise<Added> {
    const { ports, newTransfer, onChange } = this.#own;
    await ports.records.put(record);
    newTransfer(record).start();
    onChange();
    return { id: record.id, wasThere: false, isStaged: record.isStaged ?? false };
  }

  async #again(id: TransferId, addSources: (transfer: Transfer) => Promise<void>): Promise<Added | null> {
    const { ports, transfers, onChange } = this.#own;
    const transfer = transfers.get(id);
    if (transfer === undefined) return null;
    const wasHidden = transfer.record.isHidden;
    await addSources(transfer);
    if (wasHidden) await transfer.unhide(ports.clock.nowMs());
    else if (transfer.record.state.phase === 'failed') await transfer.resume();
    onChange();
    return { id, wasThere: !wasHidden, isStaged: transfer.record.isStaged ?? false };
  }

  /** Whether links in this page are to be left to the browser. */
  isIgnored(pageUrl: string | null): boolean {
    return isSiteIgnored(this.#own.settings(), pageUrl);
  }

  #isPublic(from: Pick<Provenance, 'isLocal'>): boolean {
    return !from.isLocal && !this.#own.settings().allowLocalAddresses;
  }

  #asksFirst({ site, isUnasked = false }: Provenance): boolean {
    const settings = this.#own.settings();
    const rule = site === null ? null : ruleOfSite(settings, site);
    return rule === null ? settings.askFirst || isUnasked : rule !== 'start';
  }

  #allowed(sources: SourceList, torrentUrls: readonly string[], isPublic: boolean) {
    return isPublic ? outwardOnly(sources, torrentUrls) : { sources, torrentUrls, leftOut: [] };
  }

  #newId(): TransferId {
    return `${ADDITION_PREFIX}${Math.floor(this.#own.ports.random() * 2 ** 48).toString(36)}` as TransferId;
  }

  #withTrackers(record: TransferRecord, hasMetadata: boolean): TransferRecord {
    const more = moreTrackers(record, hasMetadata, this.#own.settings());
    return { ...record, trackers: [...record.trackers, ...more] };
  }

  /** What every new entry begins with. */
  #named(id: TransferId, name: string | null) {
    const { ports, settings } = this.#own;
    return { id, name: name ?? id, nowMs: ports.clock.nowMs(), policy: settings().policy };
  }
}

/** What a record remembers of where its transfer came from. */
const madeOf = ({ site, isPrivateWindow = false }: Provenance) => ({ site, isPrivateWindow });

/** One that came from a private window, and is added from one again, stays of private windows alone. */
const staysPrivate = (record: TransferRecord, from: Pick<Provenance, 'isPrivateWindow'>): boolean =>
  record.isPrivateWindow === true && from.isPrivateWindow === true;
