/** A file that a publisher shares, as the .torrent beside it describes it. */
export type PublishedFile = {
  /** 40 lower-case hex digits (v1, BEP 3). */
  readonly infoHash: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly pieceLengthBytes: number;
  /** Path below the publisher's base address, percent-encoded, without a leading slash: what its logs call it. */
  readonly path: string;
  /** Where its bytes lie on this machine; null when another machine is the origin. */
  readonly localPath: string | null;
};
