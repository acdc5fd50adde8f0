import type { TrackerSocket } from 'bittorrent-tracker/server';
import type { EdgeLimits } from '../limits/edge-limits.ts';
import type { Buckets } from '../limits/token-buckets.ts';
import { forgetOldOffers, passAnswer, passOffer } from './introduce.ts';
import type { Plausibility } from './plausible.ts';
import { binaryOfHex, type PeerMessage, PeerMessageError, readFrame } from './read-frame.ts';
import type { Connection, SocketMember } from './socket-member.ts';
import { pickMembers, setSeed } from './swarm.ts';
import type { Swarms } from './swarms.ts';

export type TrackerEvent = { readonly type: 'started' | 'completed'; readonly infoHash: string };

/** What all three protocols of the tracker share. */
export type TrackerParts = {
  readonly limits: EdgeLimits;
  readonly swarms: Swarms;
  readonly plausibility: Plausibility;
  readonly announces: Buckets;
  /** A begin or end that counts. */
  readonly tell: (event: TrackerEvent) => void;
  /** Somebody at this address downloads, or has just ended. */
  readonly downloads: (infoHash: string, addressKey: string) => void;
  readonly now: () => number;
  readonly chance: () => number;
};

export type SocketHub = {
  readonly accept: (socket: TrackerSocket, addressKey: string) => void;
  /** Pings who is silent, ends who is gone, forgets old offers. To be called every few seconds. */
  readonly sweep: () => void;
  readonly count: () => number;
  /** Says goodbye to everybody. */
  readonly close: () => void;
};

/** What is said of an info hash that is not on the list, and of one too many where anybody may bring one. */
export const NOT_SERVED = 'this tracker does not serve that torrent';

const ANNOUNCE_EVERY_S = 120;
/** Spreads announces of a crowd that came, or came back, at once. */
const ANNOUNCE_JITTER_S = 20;
/** Keeps proxies and routers from closing a quiet connection; nginx does after 60 s. */
const PING_AFTER_MS = 45_000;
/** Sweeps that find a ping unanswered. Counted, not timed: a machine that slept must not take everybody for gone. */
const MAX_UNANSWERED = 5;
const FIRST_ANNOUNCE_WITHIN_MS = 20_000;
const MAX_STRIKES = 30;
const OPEN = 1;

type Announce = Extract<PeerMessage, { type: 'announce' }>;
type Answer = Extract<PeerMessage, { type: 'answer' }>;

/** The tracker of WebTorrent peers: JSON over WebSockets, with offers and answers passed within a swarm. */
export function makeSocketHub(parts: TrackerParts): SocketHub {
  const { limits, swarms, plausibility, announces, tell, downloads, now, chance } = parts;
  const connections = new Set<Connection>();

  const send = (connection: Connection, message: object) => {
    const { socket } = connection;
    if (socket.readyState !== OPEN) return;
    if (socket.bufferedAmount > limits.unsentBytes) return socket.terminate();
    socket.send(JSON.stringify(message));
  };
  const sendTo = (member: SocketMember, message: object) => send(member.connection, message);

  const refuse = (connection: Connection, reason: string, infoHash?: string) => {
    const about = infoHash === undefined ? {} : { action: 'announce', info_hash: binaryOfHex(infoHash) };
    send(connection, { ...about, 'failure reason': reason });
  };

  /** Somebody that goes on after it was told to slow down is ended; one that was too fast once is not. */
  const strike = (connection: Connection, reason: string, infoHash?: string) => {
    connection.strikes += 1;
    if (connection.strikes > MAX_STRIKES) return connection.socket.terminate();
    refuse(connection, reason, infoHash);
  };

  const leave = (member: SocketMember) => {
    const { members } = member.connection;
    members.splice(members.indexOf(member), 1);
    swarms.leave(member.swarm, member);
  };

  const join = (connection: Connection, { infoHash, peerId, leftBytes }: Announce): SocketMember | string => {
    if (connection.members.length >= limits.swarmsPerConnection) return 'too many torrents on one connection';
    const swarm = swarms.open(infoHash);
    if (swarm === null) return NOT_SERVED;
    const member: SocketMember = {
      via: 'socket',
      isSeed: leftBytes === 0,
      place: 0,
      connection,
      swarm,
      peerId,
      tokens: limits.announcesPerPeer.burst,
      filledAtMs: now(),
      openOffers: null,
    };
    connection.members.push(member);
    swarms.enter(swarm, member);
    return member;
  };

  const announce = (connection: Connection, message: Announce) => {
    const { infoHash, peerId, kind, leftBytes, offers } = message;
    const known = findMember(connection, infoHash, peerId);
    if (kind === 'stopped') {
      if (known !== undefined) leave(known);
      return reply(connection, infoHash);
    }
    const member = known ?? join(connection, message);
    if (typeof member === 'string') return refuse(connection, member, infoHash);
    if (!takeAnnounce(member, limits, now())) return strike(connection, 'announce less often', infoHash);
    setSeed(member.swarm, member, leftBytes === 0);
    count(member, kind, leftBytes);
    reply(connection, infoHash);
    const met = offers.length === 0 ? [] : pickMembers(member.swarm, member, offers.length, chance);
    const context = { atMs: now(), maxOpen: limits.openOffersPerPeer, send: sendTo };
    for (const [index, other] of met.entries()) {
      const offer = offers[index];
      if (other.via === 'socket' && offer !== undefined) passOffer(member, other, offer, context);
    }
  };

  const count = ({ connection, peerId, swarm: { infoHash } }: SocketMember, kind: Announce['kind'], left: number) => {
    const claimant = { infoHash, peerKey: peerId, addressKey: connection.addressKey };
    if (left > 0 || kind === 'completed') downloads(infoHash, connection.addressKey);
    if (kind === 'started' && plausibility.started(claimant, left)) tell({ type: 'started', infoHash });
    if (kind === 'completed' && left === 0 && plausibility.completed(claimant)) tell({ type: 'completed', infoHash });
  };

  const reply = (connection: Connection, infoHash: string) =>
    send(connection, {
      ...swarms.count(infoHash),
      action: 'announce',
      interval: ANNOUNCE_EVERY_S + Math.floor(chance() * ANNOUNCE_JITTER_S),
      info_hash: binaryOfHex(infoHash),
    });

  const answer = (connection: Connection, message: Answer) => {
    const member = findMember(connection, message.infoHash, message.peerId);
    const wasAsked = member !== undefined && passAnswer(member, message, { atMs: now(), send: sendTo });
    // A late answer is no fault; a stream of answers that nobody asked for is.
    if (!wasAsked) strike(connection, 'nobody waits for that answer', message.infoHash);
  };

  const scrape = (connection: Connection, infoHashes: readonly string[]) => {
    const files = infoHashes.map((infoHash) => {
      const counts = swarms.count(infoHash);
      return [binaryOfHex(infoHash), { ...counts, downloaded: counts.complete }];
    });
    send(connection, { action: 'scrape', files: Object.fromEntries(files) });
  };

  const isThere = (connection: Connection) => {
    connection.heardAtMs = now();
    connection.unanswered = 0;
  };

  const hear = (connection: Connection, data: unknown) => {
    isThere(connection);
    if (!announces.take(connection.addressKey)) return strike(connection, 'too many messages from your address');
    try {
      const message = readFrame(String(data), limits);
      if (message.type === 'announce') announce(connection, message);
      else if (message.type === 'answer') answer(connection, message);
      else scrape(connection, message.infoHashes);
    } catch (error) {
      if (!(error instanceof PeerMessageError)) throw error;
      strike(connection, error.message);
    }
  };

  return {
    accept: (socket, addressKey) => {
      const openedAtMs = now();
      const connection: Connection = {
        socket,
        addressKey,
        openedAtMs,
        heardAtMs: openedAtMs,
        unanswered: 0,
        strikes: 0,
        members: [],
      };
      connections.add(connection);
      socket.on('message', (data) => hear(connection, data));
      socket.on('pong', () => isThere(connection));
      // What is wrong with a frame closes the connection too; that is all there is to do.
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        for (const member of [...connection.members]) leave(member);
        connections.delete(connection);
      });
    },
    sweep: () => {
      const atMs = now();
      for (const connection of connections) {
        const { socket, openedAtMs, heardAtMs, members, unanswered } = connection;
        const saysNothing = members.length === 0 && heardAtMs === openedAtMs;
        if (saysNothing && atMs - openedAtMs > FIRST_ANNOUNCE_WITHIN_MS) socket.terminate();
        else if (unanswered >= MAX_UNANSWERED) socket.terminate();
        else if (atMs - heardAtMs > PING_AFTER_MS && socket.readyState === OPEN) {
          connection.unanswered += 1;
          socket.ping();
        }
        connection.strikes = Math.max(0, connection.strikes - 1);
        for (const member of members) forgetOldOffers(member, atMs);
      }
    },
    count: () => connections.size,
    close: () => {
      for (const { socket } of connections) socket.close(1001, 'the tracker stops');
    },
  };
}

const findMember = ({ members }: Connection, infoHash: string, peerId: string) =>
  members.find((member) => member.peerId === peerId && member.swarm.infoHash === infoHash);

/** The token bucket of one peer, kept in the peer itself. */
function takeAnnounce(member: SocketMember, { announcesPerPeer: { burst, perS } }: EdgeLimits, atMs: number): boolean {
  const refilled = member.tokens + (Math.max(0, atMs - member.filledAtMs) / 1000) * perS;
  member.tokens = Math.min(burst, refilled);
  member.filledAtMs = atMs;
  if (member.tokens < 1) return false;
  member.tokens -= 1;
  return true;
}
