import { type PutPiecesRequest, putPieces } from './put-pieces.ts';

export type PutRequest = Pick<PutPiecesRequest, 'root' | 'info' | 'hash'> & {
  /** Bytes of the torrent from `startByte`, `endByte` not included. */
  readonly read: (startByte: number, endByte: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** Called after each piece with the bytes that are there now. */
  readonly onProgress: (bytes: number) => void;
};

/** The source has other bytes than the torrent says: it was changed after it was hashed. */
export class SourceChangedError extends Error {
  constructor() {
    super('the file was changed while it was read');
    this.name = 'SourceChangedError';
  }
}

/**
 * Puts a torrent of one file that was hashed a moment ago into the store (`putPieces`), and gives up where the two
 * differ.
 * @throws {SourceChangedError}, or what the disk or the source throws; the place then has the pieces that were flushed.
 */
export function putFile({ onProgress, ...request }: PutRequest): Promise<void> {
  return putPieces({
    ...request,
    onPiece: (_piece, verdict, doneBytes) => {
      if (verdict === 'differs') throw new SourceChangedError();
      onProgress(doneBytes);
    },
  });
}
