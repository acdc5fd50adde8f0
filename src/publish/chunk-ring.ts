/** Chunks that one thread reads and another needs too, in memory that both see. One writes, one reads. */
export type ChunkRing = {
  /** The buffer to fill next; waits until the other thread has done with it. */
  readonly free: () => Uint8Array;
  /** Hands on what the buffer from `free` holds. The writer may still read it until it asks for the next but all. */
  readonly publish: (lengthBytes: number) => void;
  /** Nothing follows. */
  readonly end: () => void;
  /** The next chunk, or null at the end; waits for it. */
  readonly next: () => Uint8Array | null;
  /** Gives back what `next` gave. */
  readonly release: () => void;
};

const SLOTS = 16;
const HEAD_BYTES = 4 * (2 + SLOTS);

const PUBLISHED = 0;
const RELEASED = 1;
const LENGTHS = 2;

/** Memory for a ring of chunks of `chunkBytes` at most. */
export function makeRingMemory(chunkBytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD_BYTES + SLOTS * chunkBytes);
}

/** One end of a ring. It waits by blocking its thread, so neither end may be the main thread. */
export function openRing(memory: SharedArrayBuffer): ChunkRing {
  const chunkBytes = (memory.byteLength - HEAD_BYTES) / SLOTS;
  const state = new Int32Array(memory, 0, 2 + SLOTS);
  const slot = (count: number) => new Uint8Array(memory, HEAD_BYTES + (count % SLOTS) * chunkBytes, chunkBytes);
  // Counters wrap at 2^31, after 512 TiB; a file of that size makes no torrent.
  let published = 0;
  let released = 0;
  // A chunk of no bytes is the end.
  const advance = (counter: number) => {
    Atomics.add(state, counter, 1);
    Atomics.notify(state, counter);
  };
  const ring: ChunkRing = {
    free() {
      for (let done = Atomics.load(state, RELEASED); published - done >= SLOTS; done = Atomics.load(state, RELEASED)) {
        Atomics.wait(state, RELEASED, done);
      }
      return slot(published);
    },
    publish(lengthBytes) {
      state[LENGTHS + (published % SLOTS)] = lengthBytes;
      published += 1;
      advance(PUBLISHED);
    },
    end() {
      ring.free();
      ring.publish(0);
    },
    next() {
      for (let ready = Atomics.load(state, PUBLISHED); ready === released; ready = Atomics.load(state, PUBLISHED)) {
        Atomics.wait(state, PUBLISHED, ready);
      }
      const lengthBytes = state[LENGTHS + (released % SLOTS)] ?? 0;
      return lengthBytes === 0 ? null : slot(released).subarray(0, lengthBytes);
    },
    release() {
      released += 1;
      advance(RELEASED);
    },
  };
  return ring;
}
