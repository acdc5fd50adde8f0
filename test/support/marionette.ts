import { connect, type Socket } from 'node:net';

type Waiting = {
  readonly command: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
};
type Answer = readonly [1, number, { readonly error: string; readonly message: string } | null, unknown];

const COLON = 0x3a;

/** What Firefox refused, with WebDriver's error code such as `no such element`. */
export class MarionetteError extends Error {
  readonly code: string;
  constructor(command: string, code: string, message: string) {
    super(`${command}: ${code}: ${message}`);
    this.code = code;
  }
}

/**
 * A connection to Marionette, the remote control that every Firefox carries. A packet is `LENGTH:JSON`, a request
 * `[0, id, command, parameters]`, an answer `[1, id, error, result]`; Firefox speaks first, to introduce itself.
 * @see https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #received: Buffer = Buffer.alloc(0);
  #onIntroduction: (() => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', () => {}); // 'close' follows, and tells everybody who waits
    socket.on('close', () => {
      for (const { command, reject } of this.#waiting.values()) {
        reject(new Error(`${command}: the connection to Firefox is closed`));
      }
      this.#waiting.clear();
    });
  }

  /** Connects to the port that Firefox wrote into its profile. */
  static connect(port: number): Promise<Marionette> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      const marionette = new Marionette(socket);
      marionette.#onIntroduction = () => resolve(marionette);
    });
  }

  /**
   * Sends one command and returns its result, out of the `{value}` that most results come in.
   * @throws {MarionetteError} when Firefox refuses it.
   */
  send<Result>(command: string, parameters: object = {}): Promise<Result> {
    if (this.#socket.destroyed) return Promise.reject(new Error(`${command}: the connection to Firefox is closed`));
    this.#lastId += 1;
    const id = this.#lastId;
    const packet = Buffer.from(JSON.stringify([0, id, command, parameters]));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { command, resolve: (result) => resolve(unwrap(result) as Result), reject });
      this.#socket.write(`${packet.length}:`);
      this.#socket.write(packet);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const colon = this.#received.indexOf(COLON);
      if (colon < 0) return;
      const endByte = colon + 1 + Number(this.#received.subarray(0, colon).toString());
      if (this.#received.length < endByte) return;
      const packet = JSON.parse(this.#received.subarray(colon + 1, endByte).toString());
      this.#received = this.#received.subarray(endByte);
      this.#take(packet);
    }
  }

  #take(packet: unknown): void {
    if (this.#onIntroduction) {
      this.#onIntroduction();
      this.#onIntroduction = null;
      return;
    }
    const [, id, error, result] = packet as Answer;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new MarionetteError(waiting.command, error.error, error.message));
    else waiting?.resolve(result);
  }
}

function unwrap(result: unknown): unknown {
  const isWrapped = typeof result === 'object' && result !== null && Object.keys(result).join() === 'value';
  return isWrapped ? (result as { value: unknown }).value : result;
}
