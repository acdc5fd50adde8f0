// The parts that the lab uses of libraries that come without types.

declare module 'bencode' {
  const bencode: {
    /** Dictionary keys are sorted as BEP 3 wants; members that are null or undefined are left out. */
    encode(value: unknown): Uint8Array;
    /** Byte strings stay bytes. */
    decode(bytes: Uint8Array): unknown;
  };
  export default bencode;
}

declare module 'memory-chunk-store' {
  const MemoryChunkStore: new (chunkLength: number, options?: object) => object;
  export default MemoryChunkStore;
}

declare module 'parse-torrent' {
  /** Reads a .torrent or a magnet link; members depend on what it is. */
  const parseTorrent: (
    given: Uint8Array | string,
  ) => Promise<Readonly<Record<'infoHash' | 'name', string>> & Readonly<Record<string, unknown>>>;
  export default parseTorrent;
}
