import type { InfoHash, TransferId } from '../../model/ids.ts';
import { isPrivateHost } from '../../model/private-host.ts';
import type { Settings } from '../../model/settings.ts';
import type {
  DetailPart,
  Finding,
  PiecesDetail,
  SourcesDetail,
  TransferDetails,
} from '../../model/transfer-details.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { gatherFacts } from '../diagnosis/gather-facts.ts';
import { type LimitOfAll, limitFacts, speedsNow } from '../diagnosis/limit-facts.ts';
import type { EnginePorts } from '../ports.ts';
import { Scrapes } from '../scrape/scrapes.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { needsOf } from '../transfer/needs.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import type { TransferRun } from '../transfer/transfer-run.ts';
import type { Chronicle } from './chronicle.ts';
import { ledgerDetail } from './ledger-detail.ts';
import { originRows } from './origin-rows.ts';
import { peerRows } from './peer-rows.ts';
import { pieceRuns, rarestCopies } from './piece-looks.ts';
import { kindOf, trackerRows } from './tracker-rows.ts';

/** An entry of the list: a transfer, or one of which only the address of the .torrent is known. */
export type DetailEntry = { readonly record: TransferRecord; readonly transfer: Transfer | null };

export type DetailPorts = {
  readonly ports: EnginePorts;
  readonly chronicle: Chronicle;
  readonly settings: () => Settings;
  /** What holds for all transfers together; null when nothing does. */
  readonly limitOfAll: () => LimitOfAll | null;
  readonly transfers: ReadonlyMap<TransferId, Transfer>;
  readonly additions: ReadonlyMap<TransferId, Pick<DetailEntry, 'record'>>;
};

/** Detail views that are open at a time, mostly. */
const MAX_INFOS = 3;
const NO_PIECES: ReadonlySet<number> = new Set();

/** What an open detail view asks for. Nothing is made, and no tracker is asked, while nobody does. */
export class Details {
  readonly #ports: DetailPorts;
  readonly #scrapes: Scrapes;
  /** Of the transfers that were looked at last: reading one anew each second would be work for a large torrent. */
  readonly #infos = new Map<TransferId, TorrentInfo>();
  /** When each piece is wanted; the same for as long as a run lasts. */
  readonly #wanted = new WeakMap<TransferRun, Uint8Array>();

  constructor(ports: DetailPorts) {
    this.#ports = ports;
    this.#scrapes = new Scrapes(ports.ports);
  }

  /** The parts that were asked for; null when there is no such entry. */
  async of(id: TransferId, parts: readonly DetailPart[]): Promise<TransferDetails | null> {
    const entry = this.#entry(id);
    if (entry === null) return null;
    const { record, transfer } = entry;
    const { chronicle } = this.#ports;
    const asks = (part: DetailPart) => parts.includes(part);
    const needsInfo = asks('sources') || asks('pieces') || asks('diagnosis');
    const info = needsInfo && transfer !== null ? await this.#infoOf(transfer) : null;
    if (asks('sources') || asks('diagnosis')) this.#refreshScrapes(record);
    return {
      ...(asks('sources') ? { sources: this.#sources(entry, info) } : {}),
      ...(asks('pieces') ? { pieces: this.#pieces(entry, info) } : {}),
      ...(asks('speeds') ? { speeds: chronicle.speeds(id) } : {}),
      ...(asks('log') ? { log: chronicle.log(record) } : {}),
      ...(asks('ledger') ? { ledger: ledgerDetail(record) } : {}),
      ...(asks('diagnosis') ? { diagnosis: await this.#diagnosis(entry, info) } : {}),
    };
  }

  #entry(id: TransferId): DetailEntry | null {
    const transfer = this.#ports.transfers.get(id) ?? null;
    const record = transfer?.record ?? this.#ports.additions.get(id)?.record;
    return record === undefined ? null : { record, transfer };
  }

  #sources({ record, transfer }: DetailEntry, info: TorrentInfo | null): SourcesDetail {
    const run = transfer?.run ?? null;
    return {
      peers: run === null ? [] : peerRows(run, info?.pieceCount ?? 0),
      origins: originRows(record, run?.live.download ?? null, info, this.#ports.ports.clock.nowMs()),
      trackers: trackerRows({
        urls: record.trackers,
        used: run?.live.trackers ?? [],
        isInSwarm: run?.isInSwarm ?? false,
        scrapeOf: (tracker) => this.#scrapes.of(hashOf(record), tracker),
        added: this.#ports.settings().extraTrackers,
      }),
    };
  }

  async #diagnosis(entry: DetailEntry, info: TorrentInfo | null): Promise<Finding[]> {
    const { ports, settings, limitOfAll, transfers } = this.#ports;
    const sources = this.#sources(entry, info);
    const speeds = speedsNow(transfers.values(), entry.record.id, ports.clock.nowMs());
    const limit = limitFacts(entry.record, limitOfAll(), speeds);
    return diagnose(await gatherFacts({ ...entry, info, sources, settings: settings(), limit, ports }));
  }

  #pieces({ record, transfer }: DetailEntry, info: TorrentInfo | null): PiecesDetail | null {
    const run = transfer?.run ?? null;
    const marks = run?.marks ?? this.#ports.chronicle.lastMarks(record.id);
    if (info === null || marks === null) return null;
    const board = run?.activeDownload?.board ?? null;
    const stand = {
      marks,
      states: board?.map.states ?? null,
      wanted: run === null || board === null ? null : this.#wantedIn(run, info, record),
      suspect: board?.suspect ?? NO_PIECES,
    };
    return {
      count: info.pieceCount,
      lengthBytes: info.pieceLengthBytes,
      runs: pieceRuns(stand),
      rarestCopies: board === null ? null : rarestCopies(board.map.states, board.holders),
    };
  }

  #wantedIn(run: TransferRun, info: TorrentInfo, record: TransferRecord): Uint8Array {
    const wanted = this.#wanted.get(run) ?? needsOf(info, record).wanted;
    this.#wanted.set(run, wanted);
    return wanted;
  }

  async #infoOf(transfer: Transfer): Promise<TorrentInfo | null> {
    const known = this.#infos.get(transfer.id);
    if (known !== undefined) return known;
    const info = await transfer.info();
    if (info !== null) this.#infos.set(transfer.id, info);
    const [oldest] = this.#infos.keys();
    if (this.#infos.size > MAX_INFOS && oldest !== undefined) this.#infos.delete(oldest);
    return info;
  }

  /** What a public page named may not lead into the local network. */
  #refreshScrapes(record: TransferRecord): void {
    const { allowLocalAddresses } = this.#ports.settings();
    const isOpen = (url: string) =>
      record.isPublic !== true || allowLocalAddresses || !isPrivateHost(new URL(url).hostname);
    const trackers = record.trackers.filter((url) => kindOf(url) === 'http' && isOpen(url));
    this.#scrapes.refresh(hashOf(record), trackers);
  }
}

/** A transfer is named by its info hash. */
const hashOf = ({ id }: TransferRecord): InfoHash => id as string as InfoHash;
