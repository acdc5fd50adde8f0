// The script of a swarm page: one webtorrent peer in a plain web page. It runs in the browser, served by seeder.ts.

type Callback = (error: Error | null, bytes?: Uint8Array) => void;
type Wire = {
  readonly peerId: string;
  readonly type: string;
  readonly uploaded: number;
  readonly downloaded: number;
  readonly peerChoking: boolean;
  readonly amChoking: boolean;
  readonly peerInterested: boolean;
  readonly isSeeder: boolean;
  on(event: 'upload' | 'download', listener: (pieceBytes: number) => void): void;
};
type Torrent = {
  readonly done: boolean;
  readonly pieces: readonly unknown[];
  readonly bitfield?: { get(piece: number): boolean };
  readonly progress: number;
  readonly uploaded: number;
  readonly received: number;
  readonly wires: readonly Wire[];
  once(event: 'ready', listener: () => void): void;
  on(event: 'wire', listener: (wire: Wire) => void): void;
};
/** @see https://github.com/alxhotel/speed-limiter: tokens are bytes, and `setRate` makes room for those of a second. */
type UploadThrottle = { readonly bucket: { bucketSize: number }; setChunksize(bytes: number): void };
type Client = {
  readonly peerId: string;
  readonly throttleGroups: { readonly up: UploadThrottle };
  readonly throttleUpload: (bytesPerS: number) => void;
  add(torrentId: string | Uint8Array, options: object): Torrent;
  on(event: 'error', listener: (error: Error) => void): void;
};

export type SwarmPeerPlan = {
  /** Where the page finds the .torrent; null when there is only a magnet link. */
  readonly torrentUrl: string | null;
  readonly magnet: string | null;
  /** Where the page finds the bytes to seed; null for a leecher. A payload shorter than the torrent is repeated. */
  readonly payloadUrl: string | null;
  readonly pieceCount: number;
  /** Takes it that all pieces are right, without hashing them at the beginning. */
  readonly isTrusted: boolean;
  readonly trackers: readonly string[];
  /** Pieces a seeder has; all when null. */
  readonly holds: readonly number[] | null;
  /** Pieces a seeder sends with every bit wrong. */
  readonly lies: readonly number[];
  /** -1 is without limit, 0 is nothing at all. */
  readonly uploadBytesPerS: number;
};
export type SwarmPeerStats = {
  readonly peerId: string;
  /** Bytes of pieces, sent and asked for and received, over all wires there have been. */
  readonly uploadedBytes: number;
  readonly receivedBytes: number;
  /** All bytes on the wires, those of handshakes and messages too. */
  readonly wireUploadedBytes: number;
  readonly wireReceivedBytes: number;
  readonly piecesHeld: number;
  readonly progress: number;
  readonly isDone: boolean;
  readonly wires: readonly {
    readonly peerId: string;
    readonly type: string;
    readonly uploadedBytes: number;
    readonly downloadedBytes: number;
    readonly isChokedByPeer: boolean;
    readonly chokesPeer: boolean;
    readonly isPeerInterested: boolean;
    readonly isSeeder: boolean;
  }[];
  readonly errors: readonly string[];
};
/** What the page offers to the lab, as `window.swarmPeer`. */
export type SwarmPeerInPage = {
  join(plan: SwarmPeerPlan): Promise<void>;
  stats(): SwarmPeerStats;
  throttleUpload(bytesPerS: number): void;
  /** Replaces the set of pieces that are sent wrongly. */
  lieAbout(pieces: readonly number[]): void;
  payloadSha256(): Promise<string>;
};

/** Pieces in memory, in the form that webtorrent wants of a store. @see https://github.com/mafintosh/abstract-chunk-store */
class PieceStore {
  readonly chunkLength: number;
  constructor(pieceLengthBytes: number) {
    this.chunkLength = pieceLengthBytes;
  }
  put(piece: number, bytes: Uint8Array, done: Callback = () => {}): void {
    pieces.set(piece, bytes.slice());
    queueMicrotask(() => done(null));
  }
  get(piece: number, range: { offset?: number; length?: number } | null | Callback, given?: Callback): void {
    const done = typeof range === 'function' ? range : (given ?? (() => {}));
    const { offset = 0, length } = typeof range === 'function' || range === null ? {} : range;
    const whole = pieces.get(piece);
    const part = whole?.subarray(offset, length === undefined ? whole.length : offset + length);
    const bytes = part && lies.has(piece) ? part.map((byte) => byte ^ 0xff) : part?.slice();
    queueMicrotask(() => (bytes ? done(null, bytes) : done(new Error(`no piece ${piece}`))));
  }
  close(done: Callback = () => {}): void {
    queueMicrotask(() => done(null));
  }
  destroy(done: Callback = () => {}): void {
    this.close(done);
  }
}

const pieces = new Map<number, Uint8Array>();
const errors: string[] = [];
/** A limited peer sends in parts of at most this, and saves up no more than two parts or what it may send in 50 ms. */
const LIMITED_PART_BYTES = 16_384;
const SAVED_UP_S = 0.05;

let lies: ReadonlySet<number> = new Set();
let uploadedBytes = 0;
let receivedBytes = 0;
let client: Client | null = null;
let torrent: Torrent | null = null;

const swarmPeer: SwarmPeerInPage = {
  async join(plan) {
    const libraryUrl: string = '/webtorrent.min.js';
    const library: { default: new (options: object) => Client } = await import(libraryUrl);
    client = new library.default({
      tracker: { rtcConfig: { iceServers: [] } }, // no STUN: the lab contacts nobody outside
      webSeeds: false,
      utPex: false,
    });
    limitUpload(client, plan.uploadBytesPerS);
    const failed = new Promise<never>((_, reject) => {
      client?.on('error', (error) => {
        errors.push(String(error));
        reject(error);
      });
    });
    failed.catch(() => {}); // after joining, an error is only kept for `stats`
    const torrentBytes = plan.torrentUrl === null ? null : await fetchBytes(plan.torrentUrl);
    if (plan.payloadUrl !== null) await fillStore(plan.payloadUrl, plan);
    const added = client.add(torrentBytes ?? plan.magnet ?? '', {
      announce: plan.trackers,
      store: PieceStore,
      storeCacheSlots: 0,
      deselect: plan.payloadUrl !== null, // a seeder fetches nothing, even if it has only a part
      skipVerify: plan.isTrusted,
    });
    torrent = added;
    added.on('wire', (wire) => {
      wire.on('upload', (bytes) => {
        uploadedBytes += bytes;
      });
      wire.on('download', (bytes) => {
        receivedBytes += bytes;
      });
    });
    const ready = new Promise<void>((resolve) => added.once('ready', () => resolve()));
    if (torrentBytes !== null) await Promise.race([ready, failed]);
    lies = new Set(plan.lies); // only now: webtorrent has hashed what is in the store
  },
  stats: () => ({
    peerId: client?.peerId ?? '',
    uploadedBytes,
    receivedBytes,
    wireUploadedBytes: torrent?.uploaded ?? 0,
    wireReceivedBytes: torrent?.received ?? 0,
    piecesHeld: torrent?.pieces.filter((_, piece) => torrent?.bitfield?.get(piece)).length ?? 0,
    progress: torrent?.progress ?? 0,
    isDone: torrent?.done ?? false,
    wires: (torrent?.wires ?? []).map((wire) => ({
      peerId: wire.peerId,
      type: wire.type,
      uploadedBytes: wire.uploaded,
      downloadedBytes: wire.downloaded,
      isChokedByPeer: wire.peerChoking,
      chokesPeer: wire.amChoking,
      isPeerInterested: wire.peerInterested,
      isSeeder: wire.isSeeder,
    })),
    errors,
  }),
  throttleUpload: (bytesPerS) => {
    if (client !== null) limitUpload(client, bytesPerS);
  },
  lieAbout: (wrongPieces) => {
    lies = new Set(wrongPieces);
  },
  async payloadSha256() {
    const inOrder = [...pieces.keys()].sort((a, b) => a - b).map((piece) => pieces.get(piece) ?? new Uint8Array());
    const payload = await new Blob(inOrder as Uint8Array<ArrayBuffer>[]).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', payload));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};

/**
 * Sets the limit, and makes the flow even: webtorrent lets a peer that was idle send the bytes of a whole second at
 * once, and then a tenth of a second's at a time.
 */
function limitUpload(limited: Client, bytesPerS: number): void {
  limited.throttleUpload(bytesPerS);
  if (bytesPerS <= 0) return;
  const partBytes = Math.max(1, Math.min(LIMITED_PART_BYTES, Math.floor(bytesPerS / 10)));
  limited.throttleGroups.up.setChunksize(partBytes);
  limited.throttleGroups.up.bucket.bucketSize = Math.max(2 * partBytes, Math.round(bytesPerS * SAVED_UP_S));
}

async function fillStore(payloadUrl: string, { holds, pieceCount }: SwarmPeerPlan): Promise<void> {
  const pieceLengthBytes = Number(new URL(payloadUrl, location.href).searchParams.get('pieceLengthBytes'));
  const payload = await fetchBytes(payloadUrl);
  const held = holds ?? Array.from({ length: pieceCount }, (_, piece) => piece);
  for (const piece of held) {
    const startByte = (piece * pieceLengthBytes) % payload.length;
    pieces.set(piece, payload.subarray(startByte, startByte + pieceLengthBytes));
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

Object.assign(window, { swarmPeer });
