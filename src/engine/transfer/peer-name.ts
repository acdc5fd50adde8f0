import type { PeerId } from '../../model/ids.ts';

const ID_CHARS = 8;
/** Control characters and marks that turn the direction of text: programs name themselves as they like. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}]/gu;

/** What a peer is called where people read: its program, if it says one, and the first part of its id. */
export const nameOfPeer = (client: string, id: PeerId): string =>
  `${client.replace(UNPRINTABLE, '').trim()} ${id.slice(0, ID_CHARS)}`.trim();
