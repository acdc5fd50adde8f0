import WireClass from 'bittorrent-protocol';

/** What goes out together at most: a block with its head, and what a plan asks of one peer. */
const MAX_GATHERED_BYTES = 32_768;

let isOn = false;

/** What waits for the end of the task, by wire. */
type Gathered = { parts: Uint8Array[]; bytes: number };

/**
 * Sends what is said to a peer in one task as one message of the data channel. The library sends each request by itself
 * and each block as two, its head apart, and a message costs both ends more than the bytes in it: the reader on the other
 * side joins head and block again into new memory. To the peer nothing changes, the protocol being a stream of bytes
 * (BEP 3). The handshake is left alone, because encryption may begin between two of its parts.
 */
export function gatherMessages(): void {
  if (isOn) return;
  isOn = true;
  const { prototype } = WireClass;
  const push = prototype._push;
  const waiting = new WeakMap<WireClass, Gathered>();
  prototype._push = function (data) {
    if (!this._extendedHandshakeSent) return push.call(this, data);
    const flush = (): void => {
      const gathered = waiting.get(this);
      waiting.delete(this);
      if (gathered !== undefined) push.call(this, joined(gathered));
    };
    const before = waiting.get(this);
    if (before !== undefined && before.bytes + data.length > MAX_GATHERED_BYTES) flush();
    const gathered = waiting.get(this) ?? { parts: [], bytes: 0 };
    if (gathered.bytes === 0) {
      waiting.set(this, gathered);
      queueMicrotask(flush);
    }
    gathered.parts.push(data);
    gathered.bytes += data.length;
    return undefined;
  };
}

function joined({ parts, bytes }: Gathered): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
