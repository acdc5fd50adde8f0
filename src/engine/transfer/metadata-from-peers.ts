import type { InfoHash } from '../../model/ids.ts';
import type { EnginePorts } from '../ports.ts';
import { readInfo } from '../torrent/read-info.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { withResolvers } from './with-resolvers.ts';

/** Info dictionaries that peers send, until one of them is the wanted one and can be read. */
export class MetadataFromPeers {
  readonly #infoHash: InfoHash;
  readonly #sha1: EnginePorts['sha1'];
  readonly #found = withResolvers<TorrentInfo>();

  constructor(infoHash: InfoHash, sha1: EnginePorts['sha1']) {
    this.#infoHash = infoHash;
    this.#sha1 = sha1;
  }

  /** Rejects with a `TorrentError` when the wanted one cannot be read. */
  get found(): Promise<TorrentInfo> {
    return this.#found.promise;
  }

  /** The library has checked the hash, so what is wrong with these bytes is wrong with the torrent: nobody says better. */
  async offer(infoBytes: Uint8Array): Promise<void> {
    try {
      const info = await readInfo(infoBytes, this.#sha1);
      if (info.infoHash === this.#infoHash) this.#found.resolve(info);
    } catch (error) {
      this.#found.reject(error);
    }
  }
}
