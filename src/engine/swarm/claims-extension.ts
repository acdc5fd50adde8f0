import type { Wire } from 'webtorrent';
import type { PieceIndex } from '../../model/ids.ts';

/** Its name in the extended handshake. */
const NAME = 'rv_claim';
/** A message is a list of runs of pieces, each its first piece and its length, as two 32-bit numbers, big end first. */
const RUN_BYTES = 8;
const MAX_RUNS = 128;
const MAX_PIECES = 4_096;
/** Messages that a peer may send at once, and each second from then on; who sends more is not heard. */
const BURST_MESSAGES = 32;
const MESSAGES_PER_S = 8;

export type ClaimListener = {
  /** Pieces of the torrent; null while the metadata is missing, and claims cannot be judged. */
  readonly pieceCount: () => number | null;
  readonly nowMs: () => number;
  readonly claimed: (pieces: readonly PieceIndex[]) => void;
};

/**
 * Teaches a wire our own extension message: "I fetch these pieces from an origin now", so that neighbours wait for them
 * rather than fetch them too. A message that nobody honest sends ends the connection; one of too many is passed over.
 * A claim is a hint from a stranger: who hears it must let it expire, and never miss a deadline because of it.
 * @see BEP 10 (extension protocol).
 */
export function listenForClaims(wire: Wire, listener: ClaimListener): void {
  let allowed = BURST_MESSAGES;
  let lastMs = listener.nowMs();
  const onMessage = (bytes: Uint8Array) => {
    const nowMs = listener.nowMs();
    allowed = Math.min(allowed + ((nowMs - lastMs) / 1_000) * MESSAGES_PER_S, BURST_MESSAGES);
    lastMs = nowMs;
    const pieceCount = listener.pieceCount();
    if (allowed < 1 || pieceCount === null) return;
    allowed -= 1;
    const pieces = readClaim(bytes, pieceCount);
    if (pieces === null) wire.destroy();
    else listener.claimed(pieces);
  };
  // The library makes the handler with `new` and takes the name from its prototype.
  function Claims() {
    return { onMessage };
  }
  Claims.prototype.name = NAME;
  wire.use(Claims as unknown as new (wire: Wire) => { onMessage(bytes: Uint8Array): void });
}

/** Sends a claim if the peer speaks the extension; else does nothing. */
export function sendClaim(wire: Wire, messages: readonly Uint8Array[]): void {
  const theirNumber = wire.peerExtendedMapping[NAME] ?? 0; // 0: switched off (BEP 10)
  if (!Number.isInteger(theirNumber) || theirNumber < 1 || theirNumber > 255) return;
  for (const message of messages) wire.extended(theirNumber, message);
}

/** The messages that claim these pieces, in any order and each once or more; usually one message, none for no piece. */
export function claimMessages(pieces: readonly PieceIndex[]): Uint8Array[] {
  const messages: Uint8Array[] = [];
  const sorted = [...new Set(pieces)].sort((a, b) => a - b);
  let runs: { start: number; length: number }[] = [];
  let count = 0;
  const finish = () => {
    const message = new DataView(new ArrayBuffer(runs.length * RUN_BYTES));
    for (const [i, { start, length }] of runs.entries()) {
      message.setUint32(i * RUN_BYTES, start);
      message.setUint32(i * RUN_BYTES + 4, length);
    }
    messages.push(new Uint8Array(message.buffer));
    runs = [];
    count = 0;
  };
  for (const piece of sorted) {
    const last = runs.at(-1);
    const isNext = last !== undefined && piece === last.start + last.length;
    if (count === MAX_PIECES || (!isNext && runs.length === MAX_RUNS)) finish();
    const run = runs.at(-1);
    if (isNext && run !== undefined) run.length += 1;
    else runs.push({ start: piece, length: 1 });
    count += 1;
  }
  if (runs.length > 0) finish();
  return messages;
}

/**
 * Reads a claim that anybody may have written: at most 4,096 pieces, all of them in the torrent, in rising order and
 * without repetition. Null when it is anything else.
 */
export function readClaim(message: Uint8Array, pieceCount: number): PieceIndex[] | null {
  const { byteLength } = message;
  if (byteLength === 0 || byteLength % RUN_BYTES !== 0 || byteLength > MAX_RUNS * RUN_BYTES) return null;
  const view = new DataView(message.buffer, message.byteOffset, byteLength);
  const pieces: PieceIndex[] = [];
  let next = 0;
  for (let at = 0; at < byteLength; at += RUN_BYTES) {
    const start = view.getUint32(at);
    const length = view.getUint32(at + 4);
    if (start < next || length === 0 || start + length > pieceCount) return null;
    if (pieces.length + length > MAX_PIECES) return null;
    next = start + length;
    for (let piece = start; piece < next; piece++) pieces.push(piece as PieceIndex);
  }
  return pieces;
}
