import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft } from './draft.ts';
import { BlockState, type OpenPiece, PieceState } from './piece-map.ts';
import type { OriginView } from './plan-view.ts';
import { MIN_RUN_BYTES } from './run-length.ts';

export type Stretch = { readonly startByte: number; readonly endByte: number };

/**
 * What an origin should stream next of what nobody brings; null when there is nothing. `isSpared`: the beginning of a
 * piece will do, others bring the rest.
 */
export function nextStretch(draft: Draft, origin: OriginView, wantedBytes: number, isSpared: boolean): Stretch | null {
  const free = freeStretch(draft, origin, wantedBytes, isSpared && !origin.ignoresRanges);
  const { playback, demand } = draft.view;
  if (isSpared && playback === null && demand?.type === 'rate') return stretchForRate(draft, origin, wantedBytes, free);
  if (free !== null && playback === null) return free;
  const missing = missingStretch(draft, origin, wantedBytes);
  if (free === null || missing === null || playback === null) return free ?? missing;
  // A player needs whichever comes first after the place that it plays.
  const ahead = ({ startByte }: Stretch): number =>
    startByte >= playback.positionByte ? startByte : startByte + draft.map.lengthBytes;
  const isInPiece = draft.map.pieceAt(missing.startByte) === draft.map.pieceAt(playback.positionByte);
  return isInPiece || ahead(missing) < ahead(free) ? missing : free;
}

/**
 * A rate is kept by whole pieces: who begins one after the other leaves more ends than peers can bring in time, and those
 * of pieces that no peer has are brought by nobody else. Single blocks that peers left are not worth a request.
 */
function stretchForRate(draft: Draft, origin: OriginView, wantedBytes: number, free: Stretch | null): Stretch | null {
  const { map, view, kept } = draft;
  const isOrphan = (piece: PieceIndex) => view.holders[piece] === 0;
  const ofOrphan = missingStretch(draft, origin, wantedBytes, isOrphan);
  if (ofOrphan !== null || (free !== null && isOrphan(map.pieceAt(free.startByte)))) return ofOrphan ?? free;
  const begun = missingStretch(draft, origin, wantedBytes, (piece) => kept?.has(piece) !== true);
  if (begun !== null && begun.endByte - begun.startByte >= MIN_RUN_BYTES / 2) return begun;
  return free ?? begun ?? missingStretch(draft, origin, wantedBytes);
}

/**
 * Where an origin should stream next: whole pieces that nobody brings, of about the wanted length. From where a player
 * plays; else from the first piece that no peer has, which peers cannot bring however long one waits; else from the
 * front.
 */
function freeStretch(draft: Draft, origin: OriginView, wantedBytes: number, mayEndInPiece: boolean): Stretch | null {
  const { map, view } = draft;
  if (map.freePieces === 0) return null;
  const isFree = (piece: number): boolean =>
    map.states[piece] === PieceState.free && !origin.barred.has(piece as PieceIndex);
  const start = firstFree(draft, isFree);
  if (start === -1) return null;
  if (mayEndInPiece && wantedBytes < map.lengthOf(start) && !view.suspect.has(start as PieceIndex)) {
    const startByte = map.startOf(start);
    const blocks = Math.ceil(wantedBytes / BLOCK_LENGTH_BYTES);
    return { startByte, endByte: Math.min(startByte + blocks * BLOCK_LENGTH_BYTES, map.startOf(start + 1)) };
  }
  const pieces = Math.max(Math.round(wantedBytes / map.pieceLengthBytes), 1);
  const isOrphan = view.peers.length > 0 && view.holders[start] === 0;
  // Ranges must be long enough to hide the time to their first bytes.
  const leastBytes = ((origin.rateBytesPerS ?? 0) * (origin.firstByteMs ?? 0)) / 1_000;
  const leastPieces = Math.ceil(Math.max(MIN_RUN_BYTES, leastBytes) / map.pieceLengthBytes);
  let end = start + 1;
  while (end < map.pieceCount && end - start < pieces && isFree(end)) {
    // What peers do not have is brought first; a stretch that is long enough need not go on with what they have.
    const isLong = end - start >= leastPieces;
    if (isLong && ((isOrphan && view.holders[end] !== 0) || draft.kept?.has(end) === true)) break;
    end += 1;
  }
  return { startByte: map.startOf(start), endByte: map.startOf(end) };
}

function firstFree(draft: Draft, isFree: (piece: number) => boolean): number {
  const { map, view } = draft;
  const front = draft.reservedPieces > 0 ? draft.reservedFrom : map.firstFree;
  const from = view.playback === null ? front : map.pieceAt(view.playback.positionByte);
  const isOrphanWanted = view.playback === null && view.peers.length > 0 && view.hasOrphans;
  let first = -1;
  let firstOther = -1;
  for (let i = 0; i < map.pieceCount; i++) {
    const piece = from + i < map.pieceCount ? from + i : from + i - map.pieceCount;
    if (!isFree(piece)) continue;
    if (view.claimed.has(piece as PieceIndex) || draft.kept?.has(piece) === true) {
      if (firstOther === -1) firstOther = piece;
      continue;
    }
    if (!isOrphanWanted || view.holders[piece] === 0) return piece;
    if (first === -1) first = piece;
  }
  return first === -1 ? firstOther : first;
}

/** Blocks of begun pieces that nobody brings, as far as they are in one row. */
function missingStretch(
  draft: Draft,
  origin: OriginView,
  wantedBytes: number,
  mayBe: (piece: PieceIndex) => boolean = () => true,
): Stretch | null {
  const { map } = draft;
  if (!map.hasMissingBlocks) return null;
  for (const open of inOrder(draft)) {
    if (open.soleSource !== null || origin.barred.has(open.piece) || !mayBe(open.piece)) continue;
    const first = open.blocks.indexOf(BlockState.missing);
    if (first === -1) continue;
    let end = first + 1;
    while (open.blocks[end] === BlockState.missing && (end - first) * BLOCK_LENGTH_BYTES < wantedBytes) end += 1;
    const start = map.startOf(open.piece);
    const endByte = Math.min(start + end * BLOCK_LENGTH_BYTES, map.startOf(open.piece + 1));
    return { startByte: start + first * BLOCK_LENGTH_BYTES, endByte };
  }
  return null;
}

/** A player needs what comes next; else all open pieces are alike. */
function inOrder({ map, view: { playback } }: Draft): Iterable<OpenPiece> {
  if (playback === null) return map.opens();
  const place = map.pieceAt(playback.positionByte);
  const ahead = ({ piece }: OpenPiece) => (piece >= place ? piece - place : piece - place + map.pieceCount);
  return [...map.opens()].sort((a, b) => ahead(a) - ahead(b));
}
