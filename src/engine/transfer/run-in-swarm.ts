import type { InfoHash } from '../../model/ids.ts';
import type { SourceList } from '../torrent/torrent-description.ts';
import { isLeftAlone } from './delivery.ts';
import { findMetadata } from './find-metadata.ts';
import { MetadataFromPeers } from './metadata-from-peers.ts';
import { browserTrackers } from './problems.ts';
import type { RunOptions } from './run-options.ts';
import { runSwarmEvents, type SwarmHearers } from './run-swarm-events.ts';
import { SwarmPlace } from './swarm-place.ts';
import { withSources } from './with-sources.ts';

/** What of a run hears of the swarm. */
export type SwarmListeners = Pick<SwarmHearers, 'uploadRate' | 'download' | 'session'>;

/** One run's part in its swarm: whether it may be there, at which trackers, and the metadata that it finds from there. */
export class RunInSwarm {
  readonly place: SwarmPlace;
  readonly #options: RunOptions;
  readonly #fromPeers: MetadataFromPeers;
  #hasMetadata = false;
  #isClosed = false;

  constructor(options: RunOptions, listeners: SwarmListeners) {
    const { ports, book, rules } = options;
    this.#options = options;
    this.#fromPeers = new MetadataFromPeers(this.#infoHash, ports.sha1);
    const events = runSwarmEvents({ book, rules, clock: ports.clock, fromPeers: this.#fromPeers, ...listeners });
    this.place = new SwarmPlace({ swarm: ports.swarm, mayShare: rules.mayUpload, events });
  }

  /** Takes its place, if it may. */
  join(): void {
    const { name, isPrivate, trackers: known } = this.#options.book.record;
    const trackers = browserTrackers(known);
    if (trackers.length === 0 || this.#isClosed || !this.#mayMeetPeers) return;
    this.place.join({ infoHash: this.#infoHash, name, trackers, isPrivate });
  }

  /** From now on it meets peers only as its policy has it. */
  metadataKnown(): void {
    this.#hasMetadata = true;
  }

  /** With peers off it is in no swarm; lifted again, it goes back. */
  policyChanged(): void {
    if (this.#mayMeetPeers) this.join();
    else void this.place.leave();
  }

  /** Its record names other trackers, perhaps: they are joined in place of these. */
  trackersChanged(): void {
    if (this.place.trackerUrls.join(' ') !== browserTrackers(this.#options.book.record.trackers).join(' ')) {
      void this.place.leave();
    }
    this.join();
  }

  /** The info dictionary, from peers or from addresses; it is written down when it resolves. Rejects as `findMetadata`. */
  async findMetadata(): Promise<Uint8Array> {
    const { ports, book, rules, signal } = this.#options;
    const info = await findMetadata({
      fromPeers: this.#fromPeers.found,
      hasSwarm: this.place.isIn,
      torrentUrls: book.record.torrentUrls,
      infoHash: this.#infoHash,
      fetchTorrent: (url) => ports.fetchTorrent(url, false, signal),
      sha1: ports.sha1,
      onSources: (sources) => this.#sourcesFound(sources),
      signal,
    });
    await ports.records.putInfo(book.record.id, info.infoBytes);
    const more = info.isPrivate ? [] : rules.moreTrackers();
    if (more.length > 0) {
      book.remember({ trackers: [...book.record.trackers, ...more] });
      this.trackersChanged();
    }
    return info.infoBytes;
  }

  /** The run is about to end: it takes no place any more, and has the one it is in until it leaves. */
  closes(): void {
    this.#isClosed = true;
  }

  #sourcesFound(sources: SourceList): void {
    const { book } = this.#options;
    const more = withSources(book.record, sources, []);
    if (more !== null) book.remember(more);
    this.join();
  }

  /** Without its metadata a transfer meets peers whatever its policy: a magnet may have nobody else to ask for it. */
  get #mayMeetPeers(): boolean {
    const { book, mayShare } = this.#options;
    return !isLeftAlone(book.record, mayShare()) && (!this.#hasMetadata || book.record.policy !== 'peers-off');
  }

  /** A transfer is named by its info hash. */
  get #infoHash(): InfoHash {
    return this.#options.book.record.id as string as InfoHash;
  }
}
