import { binaryOfHex, type Offer } from './read-frame.ts';
import type { SocketMember } from './socket-member.ts';

/** Clients give up on an offer after 50 s (bittorrent-tracker 11). */
const OFFER_LASTS_MS = 60_000;

/** Sends JSON to a peer, or ends its connection when it does not read. */
export type SendTo = (member: SocketMember, message: object) => void;

/** Passes an offer to somebody of the same swarm, and remembers that it may be answered, once. */
export function passOffer(
  from: SocketMember,
  to: SocketMember,
  { sdp, offerId }: Offer,
  { atMs, maxOpen, send }: { readonly atMs: number; readonly maxOpen: number; readonly send: SendTo },
): void {
  to.openOffers ??= [];
  if (to.openOffers.length >= maxOpen) to.openOffers.shift();
  to.openOffers.push({ offerId, from, atMs });
  send(to, {
    action: 'announce',
    offer: { type: 'offer', sdp },
    offer_id: offerId,
    peer_id: from.peerId,
    info_hash: binaryOfHex(from.swarm.infoHash),
  });
}

/**
 * Passes an answer to whoever made the offer, if this peer got that offer here, in this swarm, not long ago, and has not
 * answered it yet. Returns false when there is no such offer: the answer goes nowhere.
 */
export function passAnswer(
  by: SocketMember,
  answer: { readonly toPeerId: string; readonly offerId: string; readonly sdp: string },
  { atMs, send }: { readonly atMs: number; readonly send: SendTo },
): boolean {
  const index = by.openOffers?.findIndex(
    ({ offerId, from }) => offerId === answer.offerId && from.peerId === answer.toPeerId,
  );
  if (by.openOffers === null || index === undefined || index < 0) return false;
  const [offer] = by.openOffers.splice(index, 1);
  if (by.openOffers.length === 0) by.openOffers = null;
  if (offer === undefined || atMs - offer.atMs > OFFER_LASTS_MS) return false;
  if (!offer.from.connection.members.includes(offer.from)) return false; // has left meanwhile
  send(offer.from, {
    action: 'announce',
    answer: { type: 'answer', sdp: answer.sdp },
    offer_id: answer.offerId,
    peer_id: by.peerId,
    info_hash: binaryOfHex(by.swarm.infoHash),
  });
  return true;
}

/** Forgets offers that nobody will answer any more, so that a peer that is not spoken to costs nothing. */
export function forgetOldOffers(member: SocketMember, atMs: number): void {
  if (member.openOffers === null) return;
  const open = member.openOffers.filter((offer) => atMs - offer.atMs <= OFFER_LASTS_MS);
  member.openOffers = open.length === 0 ? null : open;
}
