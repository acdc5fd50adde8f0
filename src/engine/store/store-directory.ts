/** One file of the store, open for reading and writing. All calls but `close` may throw what the disk throws. */
export type StoreFile = {
  sizeBytes(): number;
  /** Fills `into` from `atByte` and returns how many bytes were there to read. */
  read(into: Uint8Array, atByte: number): number;
  /** Writes all of `bytes`; a file shorter than `atByte` is extended without writing what lies between. */
  write(bytes: Uint8Array, atByte: number): void;
  /** Returns when everything written is on the disk. */
  flush(): void;
  close(): void;
};

/** The directory of one torrent in the store. */
export type StoreDirectory = {
  /** Opens a file, making it when it is not there. One handle a name at a time. */
  open(name: string): Promise<StoreFile>;
  /** Size in bytes of each file that is there. */
  sizes(): Promise<Map<string, number>>;
};

/** The store: one directory a torrent. */
export type StoreRoot = {
  directory(infoHash: string): Promise<StoreDirectory>;
  remove(infoHash: string): Promise<void>;
  /** Every directory that is there, with the bytes of its files. */
  places(): Promise<readonly { readonly name: string; readonly bytes: number }[]>;
};
