import type { InfoHash } from '../../model/ids.ts';
import type { VerifyFinding } from './verify-finding.ts';

/** One end of a WebSocket that speaks text. */
export type TextSocket = { readonly send: (text: string) => void; readonly close: () => void };

export type SocketEvents = {
  readonly message: (text: string) => void;
  /** The other side is gone, or never came. */
  readonly closed: (reason: string) => void;
};

/** Opens a WebSocket. Rejects, with a reason in words, when it cannot. */
export type OpenSocket = (url: string, events: SocketEvents) => Promise<TextSocket>;

export type IntroduceOptions = {
  readonly tracker: string;
  readonly infoHash: InfoHash;
  readonly openSocket: OpenSocket;
  readonly nowMs: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** In a swarm that is larger, a tracker picks others than the two that are looked at. */
const MAX_SWARM = 4;
const HASH_BYTES = 20;

/**
 * Lets two peers that exist only for this meet at a WebSocket tracker: the offer of one must reach the other, and its
 * answer the first. They meet in a swarm of a made-up torrent, so that nobody real is troubled; a tracker that takes only
 * torrents it knows is tried with the real one. Both leave again.
 * @throws the reason of `signal` when it fires.
 */
export async function introducePeers(options: IntroduceOptions): Promise<VerifyFinding> {
  const madeUp = await tryIntroduction(binary(options.randomBytes(HASH_BYTES)), options);
  if (madeUp.code !== 'tracker-refuses') return madeUp;
  return tryIntroduction(binary(bytesOfHex(options.infoHash)), options);
}

async function tryIntroduction(infoHash: string, options: IntroduceOptions): Promise<VerifyFinding> {
  const { tracker, timeoutMs, signal, nowMs } = options;
  const startMs = nowMs();
  const peers: Visitor[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<VerifyFinding>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    timer = setTimeout(
      () => resolve({ code: 'tracker-does-not-introduce', tracker, afterS: Math.round(timeoutMs / 1000) }),
      timeoutMs,
    );
  });
  const introduce = async (): Promise<VerifyFinding> => {
    signal.throwIfAborted();
    const first = await Visitor.open(infoHash, options);
    peers.push(first);
    const second = await Visitor.open(infoHash, options);
    peers.push(second);
    const known = await first.announce({ left: 0, offers: [] });
    if (known > MAX_SWARM) return { code: 'tracker-busy', tracker, peers: known };
    await second.announce({ left: 1, offers: [second.offer()] });
    await first.answered(second);
    return { code: 'tracker-introduces', tracker, tookMs: nowMs() - startMs };
  };
  try {
    return await Promise.race([introduce(), end]);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof Refusal) return { code: 'tracker-refuses', tracker, reason: error.message };
    return { code: 'tracker-unreachable', tracker, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
    for (const peer of peers) peer.leave();
  }
}

/** The tracker does not want this torrent. */
class Refusal extends Error {}

/** What trackers send, as far as it matters here. */
type TrackerMessage = {
  readonly 'failure reason'?: unknown;
  readonly interval?: unknown;
  readonly complete?: unknown;
  readonly incomplete?: unknown;
  readonly offer?: unknown;
  readonly offer_id?: unknown;
  readonly peer_id?: unknown;
  readonly answer?: unknown;
};

/** A peer with a throw-away id and no connection to offer. */
class Visitor {
  readonly #infoHash: string;
  readonly #id: string;
  readonly #offerId: string;
  readonly #heard: TrackerMessage[] = [];
  readonly #waiting = new Set<() => void>();
  #gone: string | null = null;
  #socket: TextSocket | null = null;

  private constructor(infoHash: string, randomBytes: IntroduceOptions['randomBytes']) {
    this.#infoHash = infoHash;
    this.#id = `-RV0000-${hexOf(randomBytes(6))}`;
    this.#offerId = binary(randomBytes(HASH_BYTES));
  }

  static async open(infoHash: string, { tracker, openSocket, randomBytes }: IntroduceOptions): Promise<Visitor> {
    const visitor = new Visitor(infoHash, randomBytes);
    visitor.#socket = await openSocket(tracker, {
      message: (text) => visitor.#hear(text),
      closed: (reason) => {
        visitor.#gone = reason;
        visitor.#wake();
      },
    });
    return visitor;
  }

  /** Resolves to how many peers the tracker knows in this swarm. */
  async announce(state: { readonly left: number; readonly offers: readonly unknown[] }): Promise<number> {
    // Without an event: "started" would be the begin of a download, for a tracker that counts them.
    this.#send({ uploaded: 0, downloaded: 0, numwant: state.offers.length, ...state });
    const answer = await this.#next((message) => 'failure reason' in message || 'interval' in message);
    if ('failure reason' in answer) throw new Refusal(String(answer['failure reason']).slice(0, 200));
    return Number(answer.complete ?? 0) + Number(answer.incomplete ?? 0);
  }

  offer(): object {
    return { offer: { type: 'offer', sdp: SDP }, offer_id: this.#offerId };
  }

  /** Waits for the other's offer, answers it, and waits until the answer is there. */
  async answered(other: Visitor): Promise<void> {
    await this.#next((message) => message.offer !== undefined && message.peer_id === other.#id);
    this.#send({ answer: { type: 'answer', sdp: SDP }, offer_id: other.#offerId, to_peer_id: other.#id });
    await other.#next((message) => message.answer !== undefined && message.peer_id === this.#id);
  }

  leave(): void {
    try {
      this.#send({ event: 'stopped', uploaded: 0, downloaded: 0, left: 0, numwant: 0 });
    } catch {
      // It is gone already.
    }
    this.#socket?.close();
  }

  #send(more: object): void {
    const message = { action: 'announce', info_hash: this.#infoHash, peer_id: this.#id, ...more };
    this.#socket?.send(JSON.stringify(message));
  }

  #hear(text: string): void {
    try {
      const message: unknown = JSON.parse(text);
      if (typeof message === 'object' && message !== null) this.#heard.push(message);
    } catch {
      // No JSON: not a tracker's word.
    }
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** The first message that fits, heard already or still to come. */
  async #next(fits: (message: TrackerMessage) => boolean): Promise<TrackerMessage> {
    for (;;) {
      const at = this.#heard.findIndex(fits);
      const [message] = at < 0 ? [] : this.#heard.splice(at, 1);
      if (message !== undefined) return message;
      if (this.#gone !== null) throw new Error(this.#gone);
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }
}

/** Enough of a description that who reads it sees a data channel; it leads nowhere. */
const SDP = [
  'v=0',
  'o=- 0 0 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  '',
].join('\r\n');

/** One character for each byte, as trackers' JSON has hashes and ids. */
const binary = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
