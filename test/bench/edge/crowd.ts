import { WebSocket } from 'ws';

// The peers of the tracker's benchmark, in a process of their own. Started with the tracker's address; takes one JSON
// command a message from its parent and answers each with one.

export type CrowdCommand =
  /** Opens connections until there are so many; each announces once, in the swarm of its number. */
  | { readonly do: 'grow'; readonly to: number; readonly swarms: number }
  /** Announces, `inFlight` at a time, each with so many offers, for so long. */
  | { readonly do: 'announce'; readonly forMs: number; readonly inFlight: number; readonly offers: number };

export type CrowdAnswer = {
  /** The largest swarm that an answer told of. */
  readonly largest: number;
  readonly replies: number;
  readonly offersReceived: number;
  readonly seconds: number;
  /** Milliseconds from an announce to its answer. */
  readonly medianMs: number;
  readonly p95Ms: number;
};

type Peer = {
  readonly socket: WebSocket;
  readonly start: string;
  readonly update: string;
  onReply: (() => void) | null;
};

/** What a browser's offer of a data channel has, with its candidates gathered. */
const SDP_CHARS = 1000;
const CONNECTING_AT_ONCE = 100;
const url = process.argv[2] ?? '';
const peers: Peer[] = [];
let largest = 0;
let offersReceived = 0;

const id = (text: string) => text.padEnd(20, '.').slice(0, 20);
const offer = { offer: { type: 'offer', sdp: 'v=0'.padEnd(SDP_CHARS, 'x') }, offer_id: id('offer') };

async function grow(to: number, swarms: number): Promise<void> {
  while (peers.length < to) {
    const from = peers.length;
    const count = Math.min(CONNECTING_AT_ONCE, to - from);
    const opened = await Promise.all(Array.from({ length: count }, (_, index) => open(from + index, swarms)));
    peers.push(...opened);
    await Promise.all(opened.map((peer) => announce(peer, peer.start)));
  }
}

async function open(number: number, swarms: number): Promise<Peer> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const said = {
    action: 'announce',
    info_hash: id(`swarm ${number % swarms}`),
    peer_id: id(`peer ${number}`),
    left: 1000,
    numwant: 0,
  };
  const peer: Peer = {
    socket,
    start: JSON.stringify({ ...said, event: 'started' }),
    update: JSON.stringify(said),
    onReply: null,
  };
  socket.on('message', (data: Buffer) => hear(peer, data.toString()));
  socket.on('error', (error: Error) => fail(error.message));
  socket.on('close', (code: number) => fail(`a connection was closed with ${code}`));
  return peer;
}

function hear(peer: Peer, text: string): void {
  if (text.includes('"sdp"')) {
    offersReceived += 1;
    return;
  }
  const message = JSON.parse(text) as { readonly incomplete?: number; readonly 'failure reason'?: string };
  if (message['failure reason'] !== undefined) fail(message['failure reason']);
  largest = Math.max(largest, message.incomplete ?? 0);
  peer.onReply?.();
}

function fail(reason: string): never {
  console.error(`the crowd was refused: ${reason}`);
  process.exit(1);
}

function announce(peer: Peer, text: string): Promise<void> {
  return new Promise((resolve) => {
    peer.onReply = () => {
      peer.onReply = null;
      resolve();
    };
    peer.socket.send(text);
  });
}

async function announceFor({ forMs, inFlight, offers }: Extract<CrowdCommand, { do: 'announce' }>): Promise<number[]> {
  const until = performance.now() + forMs;
  const tookMs: number[] = [];
  const list = offers === 0 ? '' : `,"offers":${JSON.stringify(Array(offers).fill(offer))}`;
  let next = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const peer = peers[next++ % peers.length];
      if (peer === undefined || peer.onReply !== null) continue;
      const begunMs = performance.now();
      await announce(peer, `${peer.update.slice(0, -1)}${list}}`);
      tookMs.push(performance.now() - begunMs);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return tookMs.sort((a, b) => a - b);
}

process.on('message', (command: CrowdCommand) => {
  const begunMs = performance.now();
  [largest, offersReceived] = [0, 0];
  const run = command.do === 'grow' ? grow(command.to, command.swarms).then(() => []) : announceFor(command);
  run.then((tookMs: readonly number[]) => {
    const at = (share: number) => tookMs[Math.floor(tookMs.length * share)] ?? 0;
    const answer: CrowdAnswer = {
      largest,
      replies: tookMs.length,
      offersReceived,
      seconds: (performance.now() - begunMs) / 1000,
      medianMs: at(0.5),
      p95Ms: at(0.95),
    };
    process.send?.(answer);
  });
});
