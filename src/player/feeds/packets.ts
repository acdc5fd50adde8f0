import { type EncodedPacket, EncodedPacketSink, type InputTrack } from 'mediabunny';

/** The packets of one track, from one place on. */
export type Packets = {
  /** The packet to begin with, so that what is shown at this time can be decoded; null when the track has none. */
  begin(atS: number): Promise<EncodedPacket | null>;
  /** The one after the last that was given; null at the end. */
  next(): Promise<EncodedPacket | null>;
};

/** As the reader of all containers finds them. */
export class IndexedPackets implements Packets {
  readonly #sink: EncodedPacketSink;
  #last: EncodedPacket | null = null;

  constructor(track: InputTrack) {
    this.#sink = new EncodedPacketSink(track);
  }

  async begin(atS: number): Promise<EncodedPacket | null> {
    this.#last = (await this.#sink.getKeyPacket(atS)) ?? (await this.#sink.getFirstKeyPacket());
    return this.#last;
  }

  async next(): Promise<EncodedPacket | null> {
    if (this.#last !== null) this.#last = await this.#sink.getNextPacket(this.#last);
    return this.#last;
  }
}
