import './no-idle-callback.ts';
import './node-globals.ts';
import WebTorrent from 'webtorrent';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { gatherMessages } from './gather-messages.ts';
import { capMessageLength } from './guard-wire.ts';
import { joinBlocksInPlace } from './join-blocks.ts';
import type { JoinRequest, Swarm, SwarmEvents, SwarmSession, SwarmSettings } from './swarm.ts';
import { WebTorrentSession } from './webtorrent-session.ts';

/** Azureus-style prefix of our peer ids: Rivulet 0.1.0. */
const PEER_ID_PREFIX = '-RV0100-';
const PEER_ID_BYTES = 20;

/** Peers by webtorrent: trackers, WebRTC, handshakes, metadata, choking and serving; never what to download. */
export class WebTorrentSwarm implements Swarm {
  #client: WebTorrent | null = null;
  #settings: SwarmSettings = DEFAULT_SETTINGS;
  readonly #sessions = new Set<WebTorrentSession>();

  configure(settings: SwarmSettings): void {
    this.#settings = settings;
    for (const session of this.#sessions) {
      if (session.hasLeft) this.#sessions.delete(session);
      else session.configure(settings);
    }
  }

  join(request: JoinRequest, events: SwarmEvents): SwarmSession {
    this.#client ??= newClient();
    const session = new WebTorrentSession(this.#client, request, events, this.#settings);
    this.#sessions.add(session);
    return session;
  }
}

function newClient(): WebTorrent {
  capMessageLength();
  gatherMessages();
  joinBlocksInPlace();
  const off = { dht: false, lsd: false, utPex: false, natUpnp: false, natPmp: false, utp: false, webSeeds: false };
  const client = new WebTorrent({ ...off, peerId: newPeerId(), tracker: { rtcConfig: { iceServers: [] } } });
  // Errors of one torrent that nobody listens for end up here; each session reports its own.
  client.on('error', (error) => console.error('swarm', String(error)));
  return client;
}

function newPeerId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(PEER_ID_BYTES));
  bytes.set(new TextEncoder().encode(PEER_ID_PREFIX));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
