import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { OpenSocket } from '../publishing/verify/introduce-peers.ts';

const ACCEPT_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CONNECT_TIMEOUT_MS = 15_000;
/** A tracker's messages have a few KiB. */
const MAX_MESSAGE_BYTES = 1_048_576;

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/**
 * Opens a WebSocket that speaks text. Node has one of its own from version 22 on; this is for those before.
 * @see RFC 6455.
 */
export const openNodeSocket: OpenSocket = (url, events) =>
  new Promise((resolve, reject) => {
    const address = new URL(url);
    const isSecure = address.protocol === 'wss:';
    address.protocol = isSecure ? 'https:' : 'http:';
    const key = randomBytes(16).toString('base64');
    const request = (isSecure ? httpsRequest : httpRequest)(address, {
      headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': key },
      timeout: CONNECT_TIMEOUT_MS,
    });
    const refuse = (reason: string) => {
      request.destroy();
      reject(new Error(reason));
    };
    request.once('timeout', () => refuse('no answer'));
    request.once('error', (error) => reject(new Error('code' in error ? String(error.code) : error.message)));
    request.once('response', ({ statusCode }) => refuse(`error ${statusCode}`));
    request.once('upgrade', (response, socket, head) => {
      const expected = createHash('sha1')
        .update(key + ACCEPT_SUFFIX)
        .digest('base64');
      if (response.headers['sec-websocket-accept'] !== expected) return refuse('it is no WebSocket');
      socket.setTimeout(0);
      const write = (opcode: number, payload: Buffer) => {
        if (socket.writable) socket.write(frameOf(opcode, payload));
      };
      readFrames(socket as Socket, head, {
        frame: (opcode, payload) => {
          if (opcode === TEXT) events.message(payload.toString('utf8'));
          if (opcode === PING) write(PONG, payload);
          if (opcode === CLOSE) socket.end();
        },
        closed: () => events.closed('it closed the connection'),
      });
      resolve({
        send: (text) => write(TEXT, Buffer.from(text, 'utf8')),
        close: () => {
          write(CLOSE, Buffer.alloc(0));
          socket.end();
        },
      });
    });
    request.end();
  });

type FrameEvents = {
  /** One whole message; `opcode` is that of its first frame. */
  readonly frame: (opcode: number, payload: Buffer) => void;
  readonly closed: () => void;
};

function readFrames(socket: Socket, head: Buffer, { frame, closed }: FrameEvents): void {
  let rest = head;
  let parts: Buffer[] = [];
  let firstOpcode = 0;
  const take = () => {
    for (let read = readFrame(rest); read !== null; read = readFrame(rest)) {
      rest = rest.subarray(read.endByte);
      const { opcode, isLast, payload } = read;
      if (opcode >= CLOSE) {
        frame(opcode, payload); // control frames come between the parts of others
        continue;
      }
      if (opcode !== 0) firstOpcode = opcode;
      parts.push(payload);
      if (parts.reduce((sum, part) => sum + part.length, 0) > MAX_MESSAGE_BYTES) return void socket.destroy();
      if (!isLast) continue;
      frame(firstOpcode, Buffer.concat(parts));
      parts = [];
    }
    if (rest.length > MAX_MESSAGE_BYTES) socket.destroy();
  };
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    take();
  });
  socket.once('close', closed);
  socket.on('error', () => socket.destroy());
  take();
}

type Frame = { readonly opcode: number; readonly isLast: boolean; readonly payload: Buffer; readonly endByte: number };

/** The frame at the start of `bytes`, or null while it is not all there. Servers do not mask. */
function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return null;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const endByte = start + length;
  if (bytes.length < endByte) return null;
  return { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, payload: bytes.subarray(start, endByte), endByte };
}

/** One frame of a client, which masks what it sends. */
function frameOf(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([head, mask, masked]);
}
