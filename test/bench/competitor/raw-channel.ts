// Runs in competitor.html (the receiver) and in sender.html (the sender): one RTCDataChannel and nothing around it.

const MESSAGE_BYTES = 65_536;
const SEND_WHILE_BUFFERED_BYTES = 4 * 1_048_576;
const GO_ON_BELOW_BYTES = 1_048_576;
/** Two pages of one machine meet at once, or, when the names that hide their addresses are not resolved, never. */
const NO_CONNECTION_MS = 8_000;

export type RawResult = { readonly sinceFirstByteMs: number; readonly elapsedMs: number };
/** What this script offers to the bench, as members of `window`. Descriptions travel as text, candidates included. */
export type RawInPage = {
  rawOffer(lengthBytes: number): Promise<string>;
  rawSend(offer: string, lengthBytes: number): Promise<string>;
  /** Resolves when everything that was asked for has arrived; null when no connection came about. */
  rawReceive(answer: string): Promise<RawResult | null>;
};

let connection: RTCPeerConnection | null = null;
/** Held here, so that no collector ends them while they send: Chromium takes a drained channel that hears no messages. */
let sender: RTCPeerConnection | null = null;
let pouring: RTCDataChannel | null = null;
let received: Promise<RawResult | null> = Promise.reject(new Error('nothing was asked for'));
received.catch(() => undefined);

const page: RawInPage = {
  async rawOffer(lengthBytes) {
    const made = new RTCPeerConnection({ iceServers: [] });
    connection = made;
    const channel = made.createDataChannel('raw');
    channel.binaryType = 'arraybuffer';
    const startedAtMs = performance.now();
    received = new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(null), NO_CONNECTION_MS);
      channel.onopen = () => clearTimeout(timer);
      let bytes = 0;
      let firstByteAtMs: number | null = null;
      channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        firstByteAtMs ??= performance.now();
        bytes += data.byteLength;
        if (bytes < lengthBytes) return;
        const now = performance.now();
        resolve({ sinceFirstByteMs: now - firstByteAtMs, elapsedMs: now - startedAtMs });
      };
      channel.onclose = () => reject(new Error('the channel closed'));
      made.onconnectionstatechange = () => {
        if (made.connectionState === 'failed') reject(new Error('no connection came about'));
      };
    });
    received.catch(() => undefined);
    await made.setLocalDescription(await made.createOffer());
    return described(made);
  },
  async rawSend(offer, lengthBytes) {
    sender?.close();
    sender = new RTCPeerConnection({ iceServers: [] });
    sender.ondatachannel = ({ channel }) => {
      pouring = channel;
      pour(pouring, lengthBytes);
    };
    await sender.setRemoteDescription({ type: 'offer', sdp: offer });
    await sender.setLocalDescription(await sender.createAnswer());
    return described(sender);
  },
  async rawReceive(answer) {
    await connection?.setRemoteDescription({ type: 'answer', sdp: answer });
    const result = await received;
    connection?.close();
    return result;
  },
};
Object.assign(window, page);

function pour(channel: RTCDataChannel, lengthBytes: number): void {
  const message = crypto.getRandomValues(new Uint8Array(MESSAGE_BYTES));
  let left = lengthBytes;
  channel.bufferedAmountLowThreshold = GO_ON_BELOW_BYTES;
  const go = () => {
    while (left > 0 && channel.readyState === 'open' && channel.bufferedAmount < SEND_WHILE_BUFFERED_BYTES) {
      channel.send(message.subarray(0, Math.min(left, MESSAGE_BYTES)));
      left -= MESSAGE_BYTES;
    }
  };
  channel.onbufferedamountlow = go;
  if (channel.readyState === 'open') go();
  else channel.onopen = go;
}

/** The description once all candidates are in it, so that it needs to be carried over only once. */
async function described(peer: RTCPeerConnection): Promise<string> {
  if (peer.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      peer.onicegatheringstatechange = () => {
        if (peer.iceGatheringState === 'complete') resolve();
      };
    });
  }
  return peer.localDescription?.sdp ?? '';
}
