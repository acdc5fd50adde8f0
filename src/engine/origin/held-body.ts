/**
 * The bytes of an answer that is read into memory as it comes, whether or not anybody takes them: its connection is free
 * for the next request before its turn has come.
 */
export class HeldBody {
  readonly #bytes: Uint8Array;
  #came = 0;
  #taken = 0;
  #end: { readonly error: unknown } | null = null;
  #wake: () => void = () => undefined;

  constructor(lengthBytes: number) {
    this.#bytes = new Uint8Array(lengthBytes);
  }

  /** Bytes that came and that nobody has taken. */
  get untakenBytes(): number {
    return this.#came - this.#taken;
  }

  /** Reads all parts. Never rejects: what goes wrong is met by whoever takes the bytes. Resolves to whether all came. */
  async fill(parts: AsyncIterable<Uint8Array>): Promise<boolean> {
    let error: unknown = null;
    try {
      for await (const part of parts) {
        this.#bytes.set(part, this.#came);
        this.#came += part.length;
        this.#wake();
      }
    } catch (reason) {
      error = reason;
    }
    this.#end = { error };
    this.#wake();
    return error === null;
  }

  /** The bytes that came, and then those that come. @throws what the parts threw, after all that they had brought. */
  async *take(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#taken < this.#came) {
        const part = this.#bytes.subarray(this.#taken, this.#came);
        this.#taken = this.#came;
        yield part;
      } else if (this.#end === null) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      } else if (this.#end.error === null) return;
      else throw this.#end.error;
    }
  }
}
