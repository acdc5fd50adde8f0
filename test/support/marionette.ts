import { connect, type Socket } from 'node:net';

type Waiting = {
  readonly command: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
};
type Answer = readonly [1, number, { readonly error: string; readonly message: string } | null, unknown];

const COLON = 0x3a;
/** Scripts end after two minutes by themselves; nothing takes longer. */
const ANSWERS_WITHIN_MS = 150_000;

/** What Firefox refused, with WebDriver's error code such as `no such element`. */
export class MarionetteError extends Error {
  readonly code: string;
  constructor(command: string, code: string, message: string) {
    super(`${command}: ${code}: ${message}`);
    this.code = code;
  }
}

/** What Firefox has not answered in time. It may never do so. */
export class MarionetteSilence extends Error {
  constructor(command: string, withinMs: number) {
    super(`${command}: Firefox has not answered within ${withinMs / 1_000} s`);
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

  /**
   * Connects to the port that Firefox wrote into its profile.
   * @throws {MarionetteSilence} when it does not introduce itself in time.
   */
  static connect(port: number, withinMs: number): Promise<Marionette> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      const impatience = setTimeout(() => {
        socket.destroy();
        reject(new MarionetteSilence('its introduction', withinMs));
      }, withinMs);
      socket.once('close', () => clearTimeout(impatience));
      const marionette = new Marionette(socket);
      marionette.#onIntroduction = () => {
        clearTimeout(impatience);
        resolve(marionette);
      };
    });
  }

  /**
   * Sends one command and returns its result, out of the `{value}` that most results come in.
   * @throws {MarionetteError} when Firefox refuses it.
   * @throws {MarionetteSilence} when it does not answer in time.
   */
  send<Result>(command: string, parameters: object = {}, withinMs = ANSWERS_WITHIN_MS): Promise<Result> {
    if (this.#socket.destroyed) return Promise.reject(new Error(`${command}: the connection to Firefox is closed`));
    this.#lastId += 1;
    const id = this.#lastId;
    const packet = Buffer.from(JSON.stringify([0, id, command, parameters]));
    return new Promise<Result>((resolve, reject) => {
      const impatience = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new MarionetteSilence(command, withinMs));
      }, withinMs);
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(impatience);
          settle(value);
        };
      };
      this.#waiting.set(id, {
        command,
        resolve: settled((result) => resolve(unwrap(result) as Result)),
        reject: settled(reject),
      });
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
