import WireClass from 'bittorrent-protocol';

const PIECE_MESSAGE = 7;
/** Room for a block with its head (BEP 3: one byte of type, index, offset); blocks of 32 KiB are the longest in use. */
const ROOM_BYTES = 65_536;

let isOn = false;

/**
 * Joins a block that comes apart from its head in one buffer that is used again and again. webtorrent sends them apart,
 * and the library makes new memory of 16 KiB to join each: more work for the browser than all that we do with a block.
 * Who receives a block must have copied it when its callback returns, as our peers do; no other message ever lies there.
 */
export function joinBlocksInPlace(): void {
  if (isOn) return;
  isOn = true;
  const { prototype } = WireClass;
  const write = prototype._write;
  const room = new Uint8Array(ROOM_BYTES);
  prototype._write = function (data, done) {
    const [head] = this._buffer;
    const isBlock = head?.[0] === PIECE_MESSAGE && this._parser === this._onMessage && !this._encryptor;
    const lengthBytes = (head?.length ?? 0) + data.length;
    if (head === undefined || !isBlock || lengthBytes !== this._parserSize || lengthBytes > ROOM_BYTES)
      return write.call(this, data, done);
    room.set(head);
    room.set(data, head.length);
    this._buffer = [room.subarray(0, lengthBytes)];
    this._bufferSize = lengthBytes;
    this._processBuffer();
    // Never the case with what is exactly one message; what the library keeps must not be overwritten all the same.
    if (this._buffer[0] !== undefined) this._buffer[0] = this._buffer[0].slice();
    done(null);
  };
}
