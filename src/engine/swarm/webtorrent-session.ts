import type WebTorrent from 'webtorrent';
import type { Torrent, TrackerUpdate, Wire } from 'webtorrent';
import type { PeerId, PieceIndex } from '../../model/ids.ts';
import { MISSING } from '../store/journal.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { AskAgain } from './ask-again.ts';
import { claimMessages, listenForClaims, sendClaim } from './claims-extension.ts';
import { guardWire } from './guard-wire.ts';
import { iceServersFor } from './ice-servers.ts';
import { parsedTorrentOf } from './parsed-torrent.ts';
import { servingStore } from './serving-store.ts';
import { SharingGate } from './sharing-gate.ts';
import type { JoinRequest, SwarmEvents, SwarmSession, SwarmSettings, TrackerStatus } from './swarm.ts';
import { TrackerWatch } from './tracker-watch.ts';
import { WirePeer } from './wire-peer.ts';

/** Sockets are cheap, but each tracker costs us several RTCPeerConnections in offers. */
const MAX_TRACKERS = 5;
/** Offers made to each tracker at a time: each is an RTCPeerConnection. */
const OFFERS_PER_ANNOUNCE = 4;

/** What is said to be left while nobody knows: anything but nothing. */
const UNKNOWN_LEFT_BYTES = 16_384;
/** A tracker is told that we leave, and given this long to hear it. */
const LEAVE_LIMIT_MS = 2_000;

/** One torrent in webtorrent, with its own picker switched off: it carries, we decide. */
export class WebTorrentSession implements SwarmSession {
  readonly #torrent: Torrent;
  readonly #events: SwarmEvents;
  readonly #trackerUrls: readonly string[];
  readonly #watch = new TrackerWatch(() => Date.now());
  readonly #gates = new Map<Wire, SharingGate>();
  readonly #continueWithMetadata: (metadata: unknown) => void;
  readonly #again = new AskAgain(() => this.#torrent.discovery?.tracker?.update({}));
  #settings: SwarmSettings;
  #isSharing = false;
  /** The peer whose request is being handed to the store. */
  #asking: PeerId | null = null;
  #pieceCount: number | null = null;

  constructor(client: WebTorrent, request: JoinRequest, events: SwarmEvents, settings: SwarmSettings) {
    this.#settings = settings;
    this.#events = events;
    this.#trackerUrls = request.trackers.slice(0, MAX_TRACKERS);
    const { infoHash, name, isPrivate } = request;
    const torrent = client.add(
      { infoHash, name, announce: [...this.#trackerUrls], urlList: [], private: isPrivate },
      {
        deselect: true,
        storeCacheSlots: 0,
        store: this.#storeClass(),
        uploads: settings.uploadSlots,
        private: isPrivate,
        // Not the client's, which is asked for all torrents. Before the length is known the library would announce NaN as
        // what is left, and we would pass for a seed.
        getAnnounceOpts: () => ({
          numwant: Math.min(OFFERS_PER_ANNOUNCE, this.#roomForPeers),
          ...(torrent.ready ? {} : { left: UNKNOWN_LEFT_BYTES }),
        }),
      },
    );
    this.#torrent = torrent;
    torrent._updateWire = () => false;
    torrent._verifyPieces = (done) => done(null);
    const startDiscovery = torrent._startDiscovery.bind(torrent);
    torrent._startDiscovery = () => {
      // It is copied in this call, so each torrent gets the one that fits its trackers.
      torrent.client.tracker = { rtcConfig: { iceServers: iceServersFor(this.#trackerUrls, this.#settings) } };
      startDiscovery();
      const tracker = torrent.discovery?.tracker;
      tracker?.on('update', (update: TrackerUpdate) => this.#trackerSaid(update));
      this.#watch.watch(tracker?._trackers ?? []);
    };
    const onMetadata = torrent._onMetadata.bind(torrent);
    this.#continueWithMetadata = (metadata) => void onMetadata(metadata);
    torrent._onMetadata = () => this.#metadataCame();
    torrent.on('peer', () => this.#missPeers());
    torrent.on('wire', (wire: Wire) => this.#wireCame(wire));
    torrent.on('error', (error: Error) => console.error('swarm', infoHash, String(error)));
    torrent.on('warning', () => undefined); // trackers that fail show in `trackers`
  }

  setInfo(info: TorrentInfo, marks: Uint8Array): void {
    this.#pieceCount = marks.length;
    this.#torrent._startupBitfield = bitfieldOf(marks);
    this.#continueWithMetadata(parsedTorrentOf(info, this.#trackerUrls));
  }

  announce(piece: PieceIndex): void {
    const torrent = this.#torrent;
    if (torrent.destroyed || !torrent.ready || torrent.bitfield.get(piece)) return;
    torrent._markVerified(piece);
    for (const wire of torrent.wires) wire.have(piece);
    torrent._checkDone();
  }

  /**
   * Tells the connected peers that speak our extension which pieces we fetch. Nothing is said before the user allowed
   * sharing, nor after it was forbidden: this is the only place that sends claims, and it asks the same switch as
   * every wire's gate does. Later peers are not told: a claim is worth little once it is some seconds old.
   */
  claim(pieces: readonly PieceIndex[]): void {
    if (!this.#isSharing || this.#torrent.destroyed) return;
    const messages = claimMessages(pieces);
    for (const wire of this.#torrent.wires) sendClaim(wire, messages);
  }

  setSharing(isAllowed: boolean): void {
    this.#isSharing = isAllowed;
    for (const gate of this.#gates.values()) isAllowed ? gate.open() : gate.close();
  }

  trackers(): readonly TrackerStatus[] {
    return this.#watch.status(this.#trackerUrls);
  }

  configure(settings: SwarmSettings): void {
    this.#settings = settings;
    this.#torrent._rechokeNumSlots = settings.uploadSlots;
    const tracker = this.#torrent.discovery?.tracker;
    if (tracker) tracker._rtcConfig = { iceServers: iceServersFor(this.#trackerUrls, settings) };
    // Those that came last have shown least.
    for (const wire of [...this.#gates.keys()].slice(settings.maxPeers)) wire.destroy();
  }

  get hasLeft(): boolean {
    return this.#torrent.destroyed;
  }

  leave(): Promise<void> {
    this.#again.stop();
    return new Promise((resolve) => {
      if (this.#torrent.destroyed) return resolve();
      // A socket that never opened also never closes; the torrent itself is gone at once in any case.
      setTimeout(resolve, LEAVE_LIMIT_MS);
      this.#torrent.destroy({ destroyStore: false }, () => resolve());
    });
  }

  #trackerSaid(update: TrackerUpdate): void {
    this.#watch.updated(update);
    if (update.complete + update.incomplete > 1) this.#missPeers(); // we are one of them
  }

  /** Somebody is there or was, and nobody is connected. Whoever has everything is found by the others. */
  #missPeers(): void {
    const { done, destroyed } = this.#torrent;
    if (this.#gates.size === 0 && !done && !destroyed) this.#again.somebodyIsThere();
  }

  #metadataCame(): void {
    const source = this.#torrent.wires.find((wire) => wire.ut_metadata?._metadataComplete);
    const bytes = source?.ut_metadata.metadata;
    // The raw bytes, not the library's re-encoding of them: only they have the info hash for certain.
    if (bytes) this.#events.metadata(new Uint8Array(bytes));
  }

  get #roomForPeers(): number {
    return Math.max(this.#settings.maxPeers - this.#gates.size, 0);
  }

  #wireCame(wire: Wire): void {
    // The library counts only connections that it opens by itself, which WebRTC's are not.
    if (this.#roomForPeers === 0) return wire.destroy();
    guardWire(wire);
    const gate = new SharingGate(wire);
    this.#gates.set(wire, gate);
    this.#again.somebodyCame();
    if (!this.#isSharing) gate.close();
    wire.once('close', () => {
      this.#gates.delete(wire);
      this.#missPeers();
    });
    const peer = new WirePeer(wire, this.#events);
    // Heard before the library's own listener, which asks the store in the same turn.
    wire.on('request', () => {
      this.#asking = peer.id;
    });
    listenForClaims(wire, {
      pieceCount: () => this.#pieceCount,
      nowMs: () => performance.now(),
      claimed: (pieces) => this.#events.claimed(peer, pieces),
    });
    this.#events.peerJoined(peer);
  }

  /** webtorrent makes its store with `new`; a constructor may return another object. */
  #storeClass(): new (chunkLength: number) => object {
    const mayServe = () => this.#isSharing;
    const read = (piece: PieceIndex, offset: number, lengthBytes: number) =>
      this.#events.read(piece, offset, lengthBytes, this.#asking);
    return function ServingStore(chunkLength: number) {
      return servingStore(chunkLength, mayServe, read);
    } as unknown as new (
      chunkLength: number,
    ) => object;
  }
}

/** Marks as a bitfield, first piece in the highest bit (BEP 3). */
function bitfieldOf(marks: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(marks.length / 8));
  for (const [piece, mark] of marks.entries()) {
    if (mark !== MISSING) bits[piece >> 3] = (bits[piece >> 3] ?? 0) | (0x80 >> (piece & 7));
  }
  return bits;
}
