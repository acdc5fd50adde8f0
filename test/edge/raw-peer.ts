import { WebSocket } from 'ws';
import { waitUntil } from '../support/wait-until.ts';

export type Message = Readonly<Record<string, unknown>>;

/** A WebSocket peer that says whatever a test wants it to say. */
export type RawPeer = {
  readonly peerId: string;
  readonly received: readonly Message[];
  /** Null while it is open. */
  readonly closedWith: () => number | null;
  readonly send: (message: object | string | Uint8Array) => void;
  /** An announce with `offers` offers, whose ids are `<peer>-offer-0` and so on, padded to 20. */
  readonly announce: (infoHash: string, more?: AnnounceWords) => void;
  /** The first message that fits, once it has come. */
  readonly receive: (fits: (message: Message) => boolean, what?: string) => Promise<Message>;
  readonly close: () => void;
};

type AnnounceWords = {
  readonly offers?: number;
  readonly peer_id?: string;
  readonly left?: number;
  readonly event?: string;
};

/** What 20 bytes look like in the protocol's JSON. */
export const binary = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');

/** Pads a name to the 20 characters that ids have. */
export const idOf = (name: string): string => name.padEnd(20, '.').slice(0, 20);

/** Connects to a tracker; rejects when it does not let the peer in. */
export async function connectPeer(
  wsUrl: string,
  name: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawPeer> {
  const socket = new WebSocket(wsUrl, { headers, perMessageDeflate: false });
  const received: Message[] = [];
  let code: number | null = null;
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString())));
  socket.on('close', (with_: number) => {
    code = with_;
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const peerId = idOf(name);
  const send = (message: object | string | Uint8Array) => {
    const isText = typeof message === 'string' || message instanceof Uint8Array;
    if (socket.readyState === 1) socket.send(isText ? message : JSON.stringify(message));
  };
  return {
    peerId,
    received,
    closedWith: () => code,
    send,
    announce: (infoHash, { offers = 0, ...more } = {}) =>
      send({
        action: 'announce',
        event: 'started',
        info_hash: binary(infoHash),
        peer_id: peerId,
        left: 1000,
        offers: Array.from({ length: offers }, (_, index) => ({
          offer: { type: 'offer', sdp: `v=0 ${name} ${index}` },
          offer_id: idOf(`${name}-offer-${index}`),
        })),
        ...more,
      }),
    receive: (fits, what = `a message for ${name}`) => waitUntil(() => received.find(fits), { what }),
    close: () => socket.terminate(),
  };
}

/** The answer of the tracker itself, which has an interval. */
export const isReply = (message: Message): boolean => 'interval' in message;
