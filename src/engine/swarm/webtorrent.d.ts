/** The part of webtorrent 3.0.21 and its wire that the adapter uses, private names included (contract-tested). */
declare module 'webtorrent' {
  import type { EventEmitter } from 'node:events';

  export type Bitfield = { get(index: number): boolean; set(index: number, value: boolean): void; buffer: Uint8Array };
  export type WireRequest = { piece: number; offset: number; length: number };
  export type MetadataExtension = {
    metadata: Uint8Array | null;
    _metadataComplete: boolean;
    onMessage(bytes: Uint8Array): void;
    _onRequest(piece: number): void;
    _reject(piece: number): void;
  };
  export type Wire = EventEmitter & {
    peerId: string;
    peerPieces: Bitfield;
    peerChoking: boolean;
    amChoking: boolean;
    peerInterested: boolean;
    amInterested: boolean;
    requests: WireRequest[];
    peerRequests: WireRequest[];
    peerExtendedHandshake?: { v?: unknown; reqq?: unknown };
    peerExtendedMapping: Record<string, number>;
    ut_metadata: MetadataExtension;
    destroyed: boolean;
    /** Bytes of pieces that went to this peer. */
    uploaded: number;
    /** Bytes of pieces that came from it. */
    downloaded: number;
    request(
      piece: number,
      offset: number,
      length: number,
      done: (error: Error | null, bytes: Uint8Array | null) => void,
    ): void;
    cancel(piece: number, offset: number, length: number): void;
    have(piece: number): void;
    use(extension: new (wire: Wire) => { onMessage(bytes: Uint8Array): void }): void;
    extended(extension: number, bytes: Uint8Array): void;
    choke(): void;
    unchoke(): void;
    destroy(): void;
    downloadSpeed(): number;
    uploadSpeed(): number;
  };
  export type TrackerConnection = {
    announceUrl: string;
    client: { _infoHashBinary: string };
    reconnecting?: boolean;
    retries?: number;
    socket?: { connected: boolean } | null;
    /** Called as methods, so one that is put on the object hears them. */
    _onSocketError(error: unknown): void;
    _onSocketClose(): void;
    _onAnnounceResponse(answer: Record<string, unknown>): void;
    _createPeer(options?: object): unknown;
  };
  export type TrackerUpdate = { announce: string; complete: number; incomplete: number };
  export type Discovery = {
    tracker?: EventEmitter & {
      _trackers: TrackerConnection[];
      _rtcConfig: RTCConfiguration;
      update(options: object): void;
    };
    complete(): void;
  };
  export type Torrent = EventEmitter & {
    infoHash: string;
    ready: boolean;
    done: boolean;
    destroyed: boolean;
    pieces: unknown[];
    wires: Wire[];
    discovery?: Discovery | null;
    bitfield: Bitfield;
    client: WebTorrent;
    _startupBitfield: Uint8Array | undefined;
    _onMetadata(metadata: unknown): Promise<void> | void;
    _updateWire(wire: Wire): unknown;
    _verifyPieces(done: (error: Error | null) => void): void;
    _startDiscovery(): void;
    _markVerified(piece: number): void;
    _checkDone(): boolean;
    _rechoke(): void;
    _rechokeNumSlots: number;
    destroy(options: { destroyStore: boolean }, done: () => void): void;
  };
  export type TrackerOptions = { rtcConfig: RTCConfiguration };
  export type ChunkStore = {
    chunkLength: number;
    put(index: number, bytes: Uint8Array, done: (error: Error | null) => void): void;
    get(index: number, options: unknown, done?: (error: Error | null, bytes?: Uint8Array) => void): void;
    close(done: (error: Error | null) => void): void;
    destroy(done: (error: Error | null) => void): void;
  };
  export default class WebTorrent {
    constructor(options: Record<string, unknown>);
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'listening', listener: () => void): this;
    destroy(done: () => void): void;
    /** Listens for TCP; in Node alone. */
    _connPool?: { destroy(done: () => void): void } | null;
    tracker: TrackerOptions;
    peerId: string;
    torrents: Torrent[];
    add(torrent: unknown, options: Record<string, unknown>): Torrent;
  }
}

declare module 'bittorrent-protocol' {
  export default class Wire {
    _onMessageLength(buffer: Uint8Array): void;
    _onMessage(buffer: Uint8Array): void;
    /** Sends. */
    _push(data: Uint8Array): unknown;
    _extendedHandshakeSent: boolean;
    /** Takes what came; of the two `_buffer` holds what was not enough for `_parser`, which wants `_parserSize` bytes. */
    _write(data: Uint8Array, done: (error: null) => void): void;
    _processBuffer(): void;
    _buffer: Uint8Array[];
    _bufferSize: number;
    _parser: (buffer: Uint8Array) => void;
    _parserSize: number;
    _encryptor?: object | null;
    destroy(): void;
  }
}
