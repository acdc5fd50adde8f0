import type { BytesHere } from '../model/player.ts';

/** Bytes that are waited for and read at a time end at multiples of this. */
const BLOCK_BYTES = 524_288;
/** Read bytes that are kept: readers of media go back and forth by little. */
const KEPT_BYTES = 16 * 1_048_576;

export type FileBytesPorts = {
  readonly lengthBytes: number;
  /** Waits some seconds until bytes are here (`player.await`). */
  readonly awaitBytes: (startByte: number, endByte: number) => Promise<BytesHere>;
  /** Reads bytes that are here. */
  readonly readStored: (startByte: number, endByte: number) => Promise<Uint8Array>;
};

type Segment = { readonly startByte: number; readonly bytes: Uint8Array };

/** Nothing more comes of a file: its transfer was stopped, or the page is no longer known. */
export class BytesStopped extends Error {
  readonly answer: Extract<BytesHere, { readonly state: 'stopped' }>;

  constructor(answer: Extract<BytesHere, { readonly state: 'stopped' }>) {
    super('nothing more comes');
    this.answer = answer;
  }
}

/** The bytes of a file that arrives, for whoever can wait for them. */
export class FileBytes {
  readonly lengthBytes: number;
  readonly #ports: FileBytesPorts;
  /** The last used at the end. */
  #kept: Segment[] = [];
  #keptBytes = 0;

  constructor(ports: FileBytesPorts) {
    this.#ports = ports;
    this.lengthBytes = ports.lengthBytes;
  }

  /**
   * Reads bytes as soon as they are all here.
   * @throws {BytesStopped} when they will not come; the reason of `signal` when it fires.
   */
  async read(startByte: number, endByte: number, signal?: AbortSignal): Promise<Uint8Array> {
    const into = new Uint8Array(endByte - startByte);
    for (let at = startByte; at < endByte; ) {
      const { startByte: from, bytes } = this.#find(at) ?? (await this.#fetch(at, signal));
      const part = bytes.subarray(at - from, endByte - from);
      into.set(part, at - startByte);
      at += part.length;
    }
    return into;
  }

  #find(at: number): Segment | undefined {
    const index = this.#kept.findLastIndex(({ startByte, bytes }) => startByte <= at && at < startByte + bytes.length);
    const [found] = index === -1 ? [] : this.#kept.splice(index, 1);
    if (found !== undefined) this.#kept.push(found);
    return found;
  }

  async #fetch(at: number, signal?: AbortSignal): Promise<Segment> {
    const blockEnd = Math.min((Math.floor(at / BLOCK_BYTES) + 1) * BLOCK_BYTES, this.lengthBytes);
    const endByte = await this.#untilHere(at, blockEnd, signal);
    const bytes = await unlessAborted(this.#ports.readStored(at, endByte), signal);
    const segment = { startByte: at, bytes };
    this.#kept.push(segment);
    this.#keptBytes += bytes.length;
    while (this.#keptBytes > KEPT_BYTES) this.#keptBytes -= this.#kept.shift()?.bytes.length ?? 0;
    return segment;
  }

  /** Returns up to where it is here, which is beyond the first byte. */
  async #untilHere(startByte: number, endByte: number, signal?: AbortSignal): Promise<number> {
    for (;;) {
      const here = await unlessAborted(this.#ports.awaitBytes(startByte, endByte), signal);
      if (here.state === 'here') return Math.min(here.endByte, endByte);
      if (here.state === 'stopped') throw new BytesStopped(here);
    }
  }
}

/** What is awaited goes on; who awaits it does not. */
function unlessAborted<T>(task: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return task;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    task.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
