/** Of twenty deliveries of a publisher that takes reports, one is made without peers: what the others are compared with. */
export const CONTROL_SHARE = 1 / 20;

/**
 * What a client that agreed to it tells a publisher's edge about one delivery that ended: no address, no identity, no
 * time of day. Sent as JSON to `POST <edge>/api/report`; the answer is 204, or 400, 409 or 429 with a reason as text.
 */
export type DeliveryReport = {
  /** 40 lower-case hex digits. */
  readonly infoHash: string;
  /** Who had peers, and who was left to the origin alone to compare with. */
  readonly cohort: 'mixed' | 'control';
  readonly result: 'completed' | 'failed' | 'cancelled';
  /** Verified bytes by kind of source. */
  readonly originBytes: number;
  readonly peerBytes: number;
  readonly uploadedBytes: number;
  /** From the click to the end, pauses left out. */
  readonly seconds: number;
  /**
   * For what completed, where the edge gave a challenge: SHA-256, in hex, of the challenge's nonce followed by the bytes
   * of its pieces in its order.
   */
  readonly proof: { readonly nonce: string; readonly digest: string } | null;
};

/** Answer to `GET <edge>/api/challenge?info_hash=<40 hex digits>`: 404 when the edge cannot check one. */
export type DeliveryChallenge = {
  /** 32 hex digits, good for one report within ten minutes. */
  readonly nonce: string;
  /** One to three indices of pieces. */
  readonly pieces: readonly number[];
};
