import { createHmac, timingSafeEqual } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import type TrackerServer from 'bittorrent-tracker/server';
import { limitKey, plainAddress } from '../http/client-address.ts';
import type { Buckets } from '../limits/token-buckets.ts';

/** The magic number of BEP 15. bittorrent-tracker takes it for every connection id, so anybody could pass for anybody. */
const PROTOCOL_ID = Buffer.from('0000041727101980', 'hex');
const CONNECT = 0;
const ANNOUNCE = 1;
/** Where an announce names the address it wants to be known by; it is known by the one it has. */
const IP_FIELD = { startByte: 84, endByte: 88 } as const;
const ANNOUNCE_BYTES = 98;
/** BEP 15 asks clients to use a connection id for a minute, and servers to take it for two. */
const ID_CHANGES_EVERY_MS = 60_000;

export type UdpTracker = { readonly port: number; readonly close: () => Promise<void> };

/**
 * Answers UDP announces and scrapes (BEP 15) over IPv4. A connection id is an HMAC of the sender's address and the minute:
 * who writes another's address as the sender never sees it, so nobody is flooded with answers he did not ask for.
 * @throws {Error} when the port cannot be had.
 */
export async function startUdpTracker(options: {
  readonly server: TrackerServer;
  readonly host: string;
  readonly port: number;
  readonly secret: Buffer;
  readonly announces: Buckets;
  readonly now: () => number;
}): Promise<UdpTracker> {
  const { server, host, port, secret, announces, now } = options;
  const socket = createSocket('udp4');
  const idFor = ({ address, port: from }: RemoteInfo, minute: number) =>
    createHmac('sha256', secret).update(`${address} ${from} ${minute}`).digest().subarray(0, 8);

  socket.on('message', (message, from) => {
    if (message.length < 16) return;
    const id = message.subarray(0, 8);
    const minute = Math.floor(now() / ID_CHANGES_EVERY_MS);
    const action = message.readUInt32BE(8);
    if (action === CONNECT) {
      if (!id.equals(PROTOCOL_ID)) return;
      // 16 bytes for 16: no use to who wants to make much of little.
      socket.send(Buffer.concat([message.subarray(8, 16), idFor(from, minute)]), from.port, from.address);
      return;
    }
    const isKnown = [minute, minute - 1].some((of) => timingSafeEqual(idFor(from, of), id));
    if (!isKnown || !announces.take(limitKey(plainAddress(from.address)))) return;
    if (action === ANNOUNCE && message.length < ANNOUNCE_BYTES) return;
    const trusted = Buffer.from(message);
    PROTOCOL_ID.copy(trusted, 0);
    if (action === ANNOUNCE) trusted.fill(0, IP_FIELD.startByte, IP_FIELD.endByte);
    server.onUdpRequest(trusted, { family: 'IPv4', address: from.address, port: from.port });
  });
  socket.on('error', () => {}); // an answer that could not be sent is lost, as any packet may be
  server.udp4 = socket;
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, host, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
