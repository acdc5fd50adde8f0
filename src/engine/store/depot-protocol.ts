import type { Failure } from '../../model/failure.ts';
import type { InfoHash, PieceIndex } from '../../model/ids.ts';
import type { FileSpans } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { Parcel } from './block-parcel.ts';
import type { DepotEvent, RunId, RunRequest, StoredPlace, VouchAccident, VouchRequest } from './depot.ts';

/** Names a session between the two threads. */
export type SessionId = number;

/** What is asked of the Worker and answered once, by `call`. */
export type DepotCall =
  | { readonly name: 'open'; readonly session: SessionId; readonly info: TorrentInfo; readonly skipped: FileSpans }
  | { readonly name: 'close'; readonly session: SessionId }
  | { readonly name: 'check'; readonly session: SessionId }
  | {
      readonly name: 'read';
      readonly session: SessionId;
      readonly piece: PieceIndex;
      readonly offset: number;
      readonly lengthBytes: number;
    }
  | { readonly name: 'vouch'; readonly session: SessionId; readonly request: VouchRequest }
  | { readonly name: 'remove'; readonly infoHash: InfoHash }
  | { readonly name: 'free-bytes' }
  | { readonly name: 'places' };

/** What the Worker is told, without an answer. */
export type DepotOrder =
  | { readonly name: 'put-blocks'; readonly parcel: Parcel }
  | { readonly name: 'drop-piece'; readonly piece: PieceIndex }
  | { readonly name: 'start-run'; readonly request: RunRequest }
  | { readonly name: 'shorten-run'; readonly run: RunId; readonly endByte: number }
  | { readonly name: 'stop-run'; readonly run: RunId }
  | { readonly name: 'set-run-rate'; readonly bytesPerS: number | null }
  | { readonly name: 'hasten'; readonly pieces: readonly PieceIndex[] };

export type ToDepot =
  | { readonly type: 'call'; readonly call: number; readonly ask: DepotCall }
  | { readonly type: 'order'; readonly session: SessionId; readonly order: DepotOrder };

export type DepotAnswer = Uint8Array | number | boolean | VouchAccident | readonly StoredPlace[] | null;

export type FromDepot =
  | { readonly type: 'answer'; readonly call: number; readonly value: DepotAnswer }
  | { readonly type: 'refusal'; readonly call: number; readonly failure: Failure }
  | { readonly type: 'event'; readonly session: SessionId; readonly event: DepotEvent }
  /** The buffer of a parcel, empty again. */
  | { readonly type: 'emptied'; readonly buffer: ArrayBuffer };

/** One end of a channel between two threads, as Workers and MessagePorts have it. */
export type Channel<Out, In> = {
  send(message: Out, transfer: Transferable[]): void;
  listen(onMessage: (message: In) => void): void;
};
