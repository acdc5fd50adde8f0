import WebTorrent, { type Torrent, type TrackerUpdate, type Wire } from 'webtorrent';
import { gatherMessages } from '../engine/swarm/gather-messages.ts';
import { capMessageLength, guardWire } from '../engine/swarm/guard-wire.ts';
import { iceServersFor } from '../engine/swarm/ice-servers.ts';
import { parsedTorrentOf } from '../engine/swarm/parsed-torrent.ts';
import { servingStore } from '../engine/swarm/serving-store.ts';
import type { TorrentInfo } from '../engine/torrent/torrent-description.ts';
import type { SeedFile } from './seed-file.ts';

/** What somebody who is served is called: by the program that it says to be, never by its address. */
export type ServedPeer = { readonly client: string; readonly sentBytes: () => number };

export type SeedEvents = {
  readonly came: (peer: ServedPeer) => void;
  readonly left: (peer: ServedPeer) => void;
  /** What a tracker complains about, or what goes wrong with this file. */
  readonly warned: (message: string) => void;
};

/** A swarm member that has everything, and takes nothing. */
export type SeedSwarm = {
  readonly seed: (info: TorrentInfo, trackers: readonly string[], file: SeedFile, events: SeedEvents) => void;
  /** Says goodbye to trackers and peers. */
  readonly close: () => Promise<void>;
};

/** Offers to those who were there before us: each is a connection that waits for somebody. */
const MAX_OFFERS = 10;
/** Peers that are sent to at a time; the others have their turn. */
const UPLOADS = 16;
/**
 * How long an offer or answer waits for this machine's own addresses, and for the one outside that a STUN server tells.
 * The library under webtorrent never hears that they are complete, and would wait for five seconds each time.
 */
const OWN_ADDRESSES_MS = 200;
const OUTSIDE_ADDRESS_MS = 1_500;
const CLOSE_LIMIT_MS = 3_000;

/**
 * Joins swarms by webtorrent, over WebRTC alone. Nothing listens on this machine once it has started, and the bytes come
 * from `file`, to which nothing is ever written.
 */
export async function openSeedSwarm(upBytesPerS: number | null): Promise<SeedSwarm> {
  capMessageLength();
  gatherMessages();
  const off = { dht: false, lsd: false, utPex: false, natUpnp: false, natPmp: false, utp: false, webSeeds: false };
  const client = new WebTorrent({ ...off, uploadLimit: upBytesPerS ?? -1 });
  let hasFailed: (error: Error) => void = () => {};
  client.on('error', (error) => hasFailed(error));
  await new Promise<void>((resolve, reject) => {
    hasFailed = reject;
    client.on('listening', resolve);
  });
  hasFailed = () => {}; // each torrent tells its own
  // Browsers cannot come by TCP, and whoever could has not been told of the port.
  client._connPool?.destroy(() => {});
  client._connPool = null;

  return {
    seed: (info, trackers, file, events) => {
      let offers = 0;
      const iceServers = iceServersFor(trackers);
      const iceCompleteTimeout = iceServers.length > 0 ? OUTSIDE_ADDRESS_MS : OWN_ADDRESSES_MS;
      const torrent = client.add(parsedTorrentOf(info, trackers), {
        skipVerify: true,
        storeCacheSlots: 0,
        uploads: UPLOADS,
        private: true, // peers come from the trackers, as the tracker's statistics need it
        // It has everything from the start: a tracker must not take it for somebody who downloads. Visitors make the
        // offers: where both sides do, each may keep the connection that the other one drops.
        getAnnounceOpts: () => ({ numwant: offers, left: 0 }),
        store: function ServingStore(chunkLength: number) {
          return servingStore(chunkLength, () => true, file.read);
        },
      });
      const startDiscovery = torrent._startDiscovery.bind(torrent);
      torrent._startDiscovery = () => {
        client.tracker = { rtcConfig: { iceServers } }; // copied in the next call, so each torrent gets its own
        startDiscovery();
        const { discovery } = torrent;
        if (discovery == null) return;
        for (const connection of discovery.tracker?._trackers ?? []) {
          const create = connection._createPeer.bind(connection);
          connection._createPeer = (options) => create({ ...options, iceCompleteTimeout });
        }
        discovery.complete = () => {}; // nor does it end a download
        discovery.tracker?.once('update', ({ incomplete }: TrackerUpdate) => {
          offers = Math.min(MAX_OFFERS, incomplete);
          if (offers > 0) discovery.tracker?.update({});
          offers = 0;
        });
      };
      listen(torrent, events);
    },
    close: () =>
      new Promise((resolve) => {
        // A tracker that does not answer is not waited for.
        const timer = setTimeout(resolve, CLOSE_LIMIT_MS);
        client.destroy(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

function listen(torrent: Torrent, { came, left, warned }: SeedEvents): void {
  torrent.on('wire', (wire: Wire) => {
    guardWire(wire);
    const peer = { client: clientName(wire.peerId), sentBytes: () => wire.uploaded };
    came(peer);
    wire.once('close', () => left(peer));
  });
  torrent.on('warning', (warning: Error) => warned(warning.message));
  torrent.on('error', (error: Error) => warned(error.message));
}

const CLIENTS: Readonly<Record<string, string>> = { RV: 'Rivulet', WW: 'WebTorrent', WD: 'WebTorrent Desktop' };

/** What a peer id says in the manner of Azureus: `-RV0100-`, two letters and four digits. @see BEP 20 */
export function clientName(peerIdHex: string): string {
  const prefix = Buffer.from(peerIdHex.slice(0, 16), 'hex').toString('latin1');
  const [, letters = ''] = /^-([A-Za-z]{2})[\w.]{4}-$/.exec(prefix) ?? [];
  return CLIENTS[letters] ?? 'somebody';
}
