// Runs in competitor.html: webtorrent as it comes, with its own store, its own web seeds and its own piece picker.

const CLEAN_UP_LIMIT_MS = 3_000;

type Torrent = {
  /** Verified bytes. */
  readonly downloaded: number;
  on(event: 'wire', listener: (wire: { on(event: 'download', listener: () => void): void }) => void): void;
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
export type StockInPage = { stockDownload(torrentUrl: string, limitMs: number): Promise<StockResult> };

const page: StockInPage = {
  async stockDownload(torrentUrl, limitMs) {
    const libraryUrl: string = './webtorrent.min.js';
    const library: { default: new (options: object) => Client } = await import(libraryUrl);
    const torrentBytes = new Uint8Array(await (await fetch(torrentUrl)).arrayBuffer());
    const client = new library.default({ tracker: { rtcConfig: { iceServers: [] } } }); // no STUN: the bench stays here
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
};
Object.assign(window, page);

/** webtorrent does not always call back when it is stopped in the middle of a download. */
const inTime = (job: (done: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, CLEAN_UP_LIMIT_MS);
    job(() => resolve());
  });
