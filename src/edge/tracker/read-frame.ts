import type { EdgeLimits } from '../limits/edge-limits.ts';

export type AnnounceKind = 'started' | 'update' | 'completed' | 'stopped';

/** An offer or answer of WebRTC as it is passed on: its type is known, and nothing else is in it. */
export type Offer = { readonly sdp: string; readonly offerId: string };

/** One message of a WebSocket peer, checked. Ids are 20 characters of one byte each, as they came; hashes are hex. */
export type PeerMessage =
  | {
      readonly type: 'announce';
      readonly infoHash: string;
      readonly peerId: string;
      readonly kind: AnnounceKind;
      /** Infinity when the peer does not know yet. */
      readonly leftBytes: number;
      readonly offers: readonly Offer[];
    }
  | {
      readonly type: 'answer';
      readonly infoHash: string;
      readonly peerId: string;
      readonly toPeerId: string;
      readonly offerId: string;
      readonly sdp: string;
    }
  | { readonly type: 'scrape'; readonly infoHashes: readonly string[] };

/** Thrown for what a peer sent; the message goes back to it. */
export class PeerMessageError extends Error {}

type Bounds = Pick<EdgeLimits, 'offersPerAnnounce' | 'sdpChars'>;

const MAX_SCRAPED = 64;
const KINDS: ReadonlyMap<unknown, AnnounceKind> = new Map<unknown, AnnounceKind>([
  [undefined, 'update'],
  [null, 'update'],
  ['', 'update'],
  ['empty', 'update'],
  ['update', 'update'],
  ['paused', 'update'],
  ['started', 'started'],
  ['completed', 'completed'],
  ['stopped', 'stopped'],
]);

/**
 * Reads a message of the WebTorrent tracker protocol (JSON; ids as strings of 20 characters below 256). Offers beyond the
 * cap are left out; every other excess is refused.
 * @throws {PeerMessageError} with what is wrong.
 */
export function readFrame(text: string, bounds: Bounds): PeerMessage {
  const message = parseObject(text);
  if (message.action === 'scrape') return { type: 'scrape', infoHashes: readScraped(message.info_hash) };
  if (message.action !== 'announce') throw new PeerMessageError('unknown action');
  const infoHash = readInfoHash(message.info_hash);
  const peerId = readId(message.peer_id, 'peer_id');
  if (message.answer !== undefined && message.answer !== null) {
    return {
      type: 'answer',
      infoHash,
      peerId,
      toPeerId: readId(message.to_peer_id, 'to_peer_id'),
      offerId: readId(message.offer_id, 'offer_id'),
      sdp: readSdp(message.answer, 'answer', bounds),
    };
  }
  const kind = KINDS.get(message.event);
  if (kind === undefined) throw new PeerMessageError('unknown event');
  const offers = Array.isArray(message.offers) ? message.offers.slice(0, bounds.offersPerAnnounce) : [];
  return {
    type: 'announce',
    infoHash,
    peerId,
    kind,
    leftBytes: readLeft(message.left),
    offers: offers.map((offer: unknown) => {
      if (!isObject(offer)) throw new PeerMessageError('bad offer');
      return { sdp: readSdp(offer.offer, 'offer', bounds), offerId: readId(offer.offer_id, 'offer_id') };
    }),
  };
}

/** Bytes that a peer still lacks; Infinity for what is no number, as for a peer that does not know yet. */
export function readLeft(left: unknown): number {
  return typeof left === 'number' && left >= 0 ? left : Number.POSITIVE_INFINITY;
}

/** The info hash or peer id, in hex, as the protocol writes it in JSON. */
export function binaryOfHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('latin1');
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PeerMessageError('not JSON');
  }
  if (!isObject(value)) throw new PeerMessageError('not an object');
  return value;
}

function readScraped(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > MAX_SCRAPED) throw new PeerMessageError(`more than ${MAX_SCRAPED} info hashes`);
  return list.map(readInfoHash);
}

function readInfoHash(value: unknown): string {
  return Buffer.from(readId(value, 'info_hash'), 'latin1').toString('hex');
}

function readId(value: unknown, name: string): string {
  // Characters from 256 on would lose their upper half on the way to bytes, and one peer could pass for another.
  if (typeof value !== 'string' || value.length !== 20 || !/^[\0-\xff]*$/.test(value)) {
    throw new PeerMessageError(`bad ${name}`);
  }
  return value;
}

function readSdp(value: unknown, type: 'offer' | 'answer', { sdpChars }: Bounds): string {
  if (!isObject(value) || value.type !== type || typeof value.sdp !== 'string' || value.sdp.length > sdpChars) {
    throw new PeerMessageError(`bad ${type}`);
  }
  return value.sdp;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
