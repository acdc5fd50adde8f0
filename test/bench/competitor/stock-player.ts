// Runs in an ordinary page: webtorrent as it comes plays the film of `?torrent=` in an element, by its own server in a
// service worker.

type File = { streamTo(media: HTMLMediaElement): void };
type Torrent = { readonly files: readonly File[] };
type Client = {
  createServer(options: { readonly controller: ServiceWorkerRegistration }): unknown;
  add(torrent: Uint8Array, options: object, ready: (torrent: Torrent) => void): void;
};

const libraryUrl: string = './webtorrent.min.js';
const torrentUrl = new URLSearchParams(location.search).get('torrent') ?? '';
const [library, torrentBytes] = await Promise.all([
  import(libraryUrl) as Promise<{ readonly default: new (options: object) => Client }>,
  fetch(torrentUrl).then(async (response) => new Uint8Array(await response.arrayBuffer())),
  navigator.serviceWorker.register('./sw.min.js'),
]);
const client = new library.default({ tracker: { rtcConfig: { iceServers: [] } } }); // no STUN: the bench stays here
client.createServer({ controller: await navigator.serviceWorker.ready });
const media = document.createElement('video');
media.autoplay = true;
media.muted = true;
document.body.append(media);
client.add(torrentBytes, {}, (torrent) => torrent.files[0]?.streamTo(media));

export {};
