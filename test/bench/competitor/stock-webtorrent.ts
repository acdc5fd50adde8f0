// Runs in competitor.html: webtorrent as it comes, with its own store, its own web seeds and its own piece picker; and
// its wire alone, with nothing behind it.

const CLEAN_UP_LIMIT_MS = 3_000;
/** Who has met nobody by then begins anew. */
const NOBODY_COMES_MS = 8_000;
const BLOCK_LENGTH_BYTES = 16_384;
/** What our own downloads ask of a peer at most (engine/swarm/wire-peer.ts). */
const REQUESTS_IN_FLIGHT = 250;

type Wire = {
  readonly peerChoking: boolean;
  on(event: 'download' | 'unchoke', listener: () => void): void;
  interested(): void;
  request(piece: number, offset: number, length: number, done: (error: Error | null) => void): void;
};
type Torrent = {
  /** Verified bytes. */
  readonly downloaded: number;
  _updateWire: () => boolean;
  _verifyPieces: (done: (error: null) => void) => void;
  on(event: 'wire', listener: (wire: Wire) => void): void;
  once(event: 'done', listener: () => void): void;
};
type Client = {
  add(torrent: Uint8Array, options: object): Torrent;
  on(event: 'error', listener: (error: Error) => void): void;
  remove(torrent: Torrent, options: object, done: () => void): void;
  destroy(done: () => void): void;
};

export type StockResult = {
  /** From adding the torrent to the last verified piece, or to the time limit. */
  readonly elapsedMs: number;
  /** From the first byte on a wire to the same end. */
  readonly sinceFirstByteMs: number;
  readonly verifiedBytes: number;
  readonly isDone: boolean;
};
/** What this script offers to the bench, as members of `window`. */
export type StockInPage = {
  stockDownload(torrentUrl: string, limitMs: number): Promise<StockResult>;
  /** Asks one peer for every block and throws all of them away: nothing is put together, checked or stored. */
  wireDownload(torrentUrl: string, lengthBytes: number, pieceLengthBytes: number): Promise<WireResult>;
};
export type WireResult = { readonly sinceFirstByteMs: number; readonly elapsedMs: number };

const page: StockInPage = {
  async stockDownload(torrentUrl, limitMs) {
    const { client, torrentBytes } = await start(torrentUrl);
    const startedAtMs = performance.now();
    let firstByteAtMs: number | null = null;
    const torrent = client.add(torrentBytes, {});
    torrent.on('wire', (wire) =>
      wire.on('download', () => {
        firstByteAtMs ??= performance.now();
      }),
    );
    const isDone = await new Promise<boolean>((resolve, reject) => {
      torrent.once('done', () => resolve(true));
      client.on('error', reject);
      setTimeout(() => resolve(false), limitMs);
    });
    const now = performance.now();
    const verifiedBytes = torrent.downloaded;
    await inTime((done) => client.remove(torrent, { destroyStore: true }, done));
    await inTime((done) => client.destroy(done));
    return {
      elapsedMs: now - startedAtMs,
      sinceFirstByteMs: now - (firstByteAtMs ?? now),
      verifiedBytes,
      isDone,
    };
  },
  async wireDownload(torrentUrl, lengthBytes, pieceLengthBytes) {
    for (;;) {
      const result = await tryWire(torrentUrl, lengthBytes, pieceLengthBytes);
      if (result !== null) return result;
    }
  },
};
Object.assign(window, page);

/** Null when nobody came: a page that has met others before now and then waits in vain for the next one. */
async function tryWire(torrentUrl: string, lengthBytes: number, pieceLengthBytes: number): Promise<WireResult | null> {
  const { client, torrentBytes } = await start(torrentUrl);
  const startedAtMs = performance.now();
  const torrent = client.add(torrentBytes, { deselect: true, storeCacheSlots: 0 });
  torrent._updateWire = () => false;
  torrent._verifyPieces = (done) => done(null);
  const result = await new Promise<WireResult | null>((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), NOBODY_COMES_MS);
    client.on('error', reject);
    torrent.on('wire', (wire) => {
      clearTimeout(timer);
      resolve(takeAll(wire, lengthBytes, pieceLengthBytes, startedAtMs));
    });
  });
  await inTime((done) => client.remove(torrent, { destroyStore: true }, done));
  await inTime((done) => client.destroy(done));
  return result;
}

async function start(torrentUrl: string): Promise<{ readonly client: Client; readonly torrentBytes: Uint8Array }> {
  const libraryUrl: string = './webtorrent.min.js';
  const library: { default: new (options: object) => Client } = await import(libraryUrl);
  const torrentBytes = new Uint8Array(await (await fetch(torrentUrl)).arrayBuffer());
  const client = new library.default({ tracker: { rtcConfig: { iceServers: [] } } }); // no STUN: the bench stays here
  return { client, torrentBytes };
}

function takeAll(wire: Wire, lengthBytes: number, pieceLengthBytes: number, startedAtMs: number): Promise<WireResult> {
  return new Promise((resolve, reject) => {
    let [askedBytes, cameBytes, inFlight] = [0, 0, 0];
    let firstByteAtMs: number | null = null;
    const ask = (): void => {
      while (!wire.peerChoking && inFlight < REQUESTS_IN_FLIGHT && askedBytes < lengthBytes) {
        const length = Math.min(BLOCK_LENGTH_BYTES, lengthBytes - askedBytes);
        const came = (error: Error | null): void => {
          if (error !== null) return reject(error);
          inFlight -= 1;
          cameBytes += length;
          ask();
          if (cameBytes < lengthBytes) return;
          const now = performance.now();
          resolve({ sinceFirstByteMs: now - (firstByteAtMs ?? now), elapsedMs: now - startedAtMs });
        };
        const piece = Math.floor(askedBytes / pieceLengthBytes);
        wire.request(piece, askedBytes - piece * pieceLengthBytes, length, came);
        askedBytes += length;
        inFlight += 1;
      }
    };
    wire.on('download', () => {
      firstByteAtMs ??= performance.now();
    });
    wire.on('unchoke', ask);
    wire.interested();
    ask();
  });
}

/** webtorrent does not always call back when it is stopped in the middle of a download. */
const inTime = (job: (done: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, CLEAN_UP_LIMIT_MS);
    job(() => resolve());
  });
