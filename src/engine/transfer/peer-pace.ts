import { TokenBucket } from '../limits/token-bucket.ts';
import type { PeerView } from '../schedule/plan-view.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { pacedPeers } from './paced-peers.ts';

/** What a download may take, in bytes a second; null without a limit. */
export type Pace = { readonly peersBytesPerS: number | null; readonly originsBytesPerS: number | null };

/** Holds the requests to all peers of a download to a rate: what is not asked for does not come. */
export class PeerPace {
  readonly #bucket = new TokenBucket();
  #turn = 0;

  setRate(bytesPerS: number | null, nowMs: number): void {
    this.#bucket.setRate(bytesPerS, nowMs);
  }

  /** The peers as a plan may use them now. */
  views(peers: readonly PeerView[], nowMs: number): readonly PeerView[] {
    this.#turn += 1;
    const bytes = this.#bucket.available(nowMs);
    return pacedPeers(peers, bytes <= 0 ? 0 : Math.ceil(bytes / BLOCK_LENGTH_BYTES), this.#turn);
  }

  /** Bytes were asked for, or came without being owed. */
  asked(bytes: number, nowMs: number): void {
    this.#bucket.take(bytes, nowMs);
  }

  /** What was asked for will not come. */
  released(bytes: number): void {
    this.#bucket.giveBack(bytes);
  }
}
