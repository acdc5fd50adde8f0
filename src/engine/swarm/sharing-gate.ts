import type { Wire } from 'webtorrent';

/**
 * Keeps bytes from being uploaded on a wire until `open` is called: the wire cannot unchoke (webtorrent answers every
 * peer's first interest with an unchoke, whatever its slots), and the torrent's metadata is refused too.
 */
export class SharingGate {
  readonly #wire: Wire;
  readonly #unchoke: () => void;
  readonly #onMetadataRequest: (piece: number) => void;
  #isOpen = true;

  constructor(wire: Wire) {
    this.#wire = wire;
    this.#unchoke = wire.unchoke.bind(wire);
    this.#onMetadataRequest = wire.ut_metadata._onRequest.bind(wire.ut_metadata);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    this.#isOpen = true;
    this.#wire.unchoke = this.#unchoke;
    this.#wire.ut_metadata._onRequest = this.#onMetadataRequest;
    if (this.#wire.peerInterested) this.#unchoke();
  }

  close(): void {
    this.#isOpen = false;
    this.#wire.unchoke = () => undefined;
    this.#wire.ut_metadata._onRequest = (piece) => this.#wire.ut_metadata._reject(piece);
    this.#wire.choke();
  }
}
