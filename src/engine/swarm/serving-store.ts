import type { ChunkStore } from 'webtorrent';
import type { PieceIndex } from '../../model/ids.ts';

type Read = (piece: PieceIndex, offset: number, lengthBytes: number) => Promise<Uint8Array>;
type Answer = (error: Error | null, bytes?: Uint8Array) => void;

/**
 * The chunk store that webtorrent serves uploads from: it reads from our store and takes nothing, because everything
 * that is kept is verified and written by the store itself.
 */
export function servingStore(chunkLength: number, mayServe: () => boolean, read: Read): ChunkStore {
  return {
    chunkLength,
    put: (_index, _bytes, done) => done(new Error('pieces are written by the store')),
    get: (index, options, done) => {
      const answer = (typeof options === 'function' ? options : done) as Answer;
      const { offset = 0, length = chunkLength } = (typeof options === 'object' && options !== null ? options : {}) as {
        offset?: number;
        length?: number;
      };
      if (!mayServe()) return answer(new Error('sharing is off'));
      read(index as PieceIndex, offset, length).then(
        (bytes) => answer(null, bytes),
        (error) => answer(error instanceof Error ? error : new Error(String(error))),
      );
    },
    close: (done) => done(null),
    destroy: (done) => done(null),
  };
}
