import type { PlayerId, PlayerOpened } from './player.ts';

/** Addresses of files that play while they arrive begin so. Only our own pages in Chrome can ask for them. */
export const STREAM_PATH = '/stream/';

/** The address from which a media element of ours plays a file; answered by the background's service worker. */
export function streamUrl(
  { infoHash, storeFile, lengthBytes }: Extract<PlayerOpened, { readonly state: 'playable' }>,
  player: PlayerId,
  type: string,
): string {
  return `${STREAM_PATH}${infoHash}/${storeFile}?${new URLSearchParams({ player, type, length: String(lengthBytes) })}`;
}
