declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** SHA-1 of a torrent's info dictionary: 40 lower-case hex digits (BEP 3). */
export type InfoHash = Brand<string, 'InfoHash'>;
/** Names one entry of the list: its info hash, or `adding-…` while only the address of a .torrent is known. */
export type TransferId = Brand<string, 'TransferId'>;
/** Counts pieces of a torrent from 0. */
export type PieceIndex = Brand<number, 'PieceIndex'>;
/** Counts files of a torrent from 0, in torrent order, padding files included. */
export type FileIndex = Brand<number, 'FileIndex'>;
/** Names one connection to a peer, for as long as it lasts. */
export type PeerId = Brand<string, 'PeerId'>;
/** Base URL of an HTTP source as the torrent or magnet names it (BEP 19): the key of an origin. */
export type OriginUrl = Brand<string, 'OriginUrl'>;
