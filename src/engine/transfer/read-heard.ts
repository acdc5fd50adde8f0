import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import { type Patience, POLICIES } from '../../model/policy.ts';
import type { Source } from '../store/depot.ts';
import type { Playback } from './download-ports.ts';
import type { FlightHeader, Heard, LoggedStoreEvent } from './flight-entry.ts';
import {
  amount,
  list,
  type Members,
  members,
  oneOf,
  orNull,
  PlainValueError,
  text,
  truth,
  whole,
} from './plain-values.ts';

const MAX_NAME_CHARS = 200;
const MAX_URL_CHARS = 4_096;
const MAX_CODE_CHARS = 60;
const MAX_MARK = 255;
const MAX_MIRRORS = 100;
const MAX_ORIGINS = 1_000;

type Bounds = Pick<FlightHeader, 'pieceCount' | 'pieceLengthBytes'>;
type Readers<Union extends { readonly type: string }> = {
  readonly [Type in Union['type']]: (from: Members, bounds: Bounds) => Extract<Union, { readonly type: Type }>;
};

/** Reads one thing that was heard, as anybody may have written it. @throws {PlainValueError} */
export function readHeard(from: Members, bounds: Bounds): Heard {
  const type = oneOf(from.type, 'the type of what was heard', Object.keys(HEARD) as Heard['type'][]);
  return HEARD[type](from, bounds);
}

/** A bitfield of `pieceCount` pieces in base64. @throws {PlainValueError} */
export function readBitfield(value: unknown, what: string, pieceCount: number): string {
  const bytes = Math.ceil(pieceCount / 8);
  const base64 = text(value, what, Math.ceil(bytes / 3) * 4);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0 || atob(base64).length !== bytes) {
    throw new PlainValueError(`${what} is no bitfield of ${pieceCount} pieces`);
  }
  return base64;
}

/** Reads how long a transfer that spares its origins may wait. @throws {PlainValueError} */
export function readPatience(from: Members): Patience {
  const type = oneOf(from.type, 'patience', ['deadline', 'least-rate']);
  return type === 'deadline'
    ? { type, atMs: amount(from.atMs, 'atMs') }
    : { type, bytesPerS: amount(from.bytesPerS, 'bytesPerS') };
}

// A new kind of entry does not compile until it can be read.
const HEARD: Readers<Heard> = {
  begun: () => ({ type: 'begun' }),
  'peer-joined': (from, bounds) => ({
    type: 'peer-joined',
    peer: peerOf(from),
    client: text(from.client, 'client', MAX_NAME_CHARS),
    pieces: readBitfield(from.pieces, 'pieces', bounds.pieceCount),
    isChoking: truth(from.isChoking, 'isChoking'),
    maxRequests: whole(from.maxRequests, 'maxRequests'),
  }),
  'peer-changed': (from, bounds) => ({
    type: 'peer-changed',
    peer: peerOf(from),
    piece: orNull(from.piece, (piece) => pieceOf(piece, bounds)),
    pieces: orNull(from.pieces, (pieces) => readBitfield(pieces, 'pieces', bounds.pieceCount)),
    isChoking: truth(from.isChoking, 'isChoking'),
  }),
  'peer-left': (from) => ({ type: 'peer-left', peer: peerOf(from) }),
  block: (from, bounds) => ({
    type: 'block',
    peer: peerOf(from),
    piece: pieceOf(from.piece, bounds),
    offset: whole(from.offset, 'offset', bounds.pieceLengthBytes),
    lengthBytes: whole(from.lengthBytes, 'lengthBytes', bounds.pieceLengthBytes),
  }),
  refused: (from, bounds) => ({
    type: 'refused',
    peer: peerOf(from),
    piece: pieceOf(from.piece, bounds),
    offset: whole(from.offset, 'offset', bounds.pieceLengthBytes),
  }),
  claimed: (from, bounds) => ({
    type: 'claimed',
    peer: peerOf(from),
    pieces: list(from.pieces, 'pieces', bounds.pieceCount, (piece) => pieceOf(piece, bounds)),
  }),
  'origins-added': (from) => ({
    type: 'origins-added',
    origins: list(from.origins, 'origins', MAX_ORIGINS, originOf),
  }),
  store: (from, bounds) => ({ type: 'store', event: readStoreEvent(members(from.event, 'event'), bounds) }),
  policy: (from) => ({ type: 'policy', policy: oneOf(from.policy, 'policy', POLICIES) }),
  patience: (from) => ({ type: 'patience', patience: readPatience(members(from.patience, 'patience')) }),
  pace: (from) => ({
    type: 'pace',
    peersBytesPerS: orNull(from.peersBytesPerS, (value) => amount(value, 'peersBytesPerS')),
    originsBytesPerS: orNull(from.originsBytesPerS, (value) => amount(value, 'originsBytesPerS')),
  }),
  playback: (from) => ({ type: 'playback', playback: orNull(from.playback, readPlayback) }),
  alone: (from) => ({ type: 'alone', isAlone: truth(from.isAlone, 'isAlone') }),
  tick: () => ({ type: 'tick' }),
  plan: () => ({ type: 'plan' }),
};

const STORE: Readers<LoggedStoreEvent> = {
  verified: (from, bounds) => ({
    type: 'verified',
    pieces: list(from.pieces, 'pieces', bounds.pieceCount, (value) => {
      const piece = members(value, 'a piece');
      return {
        piece: pieceOf(piece.piece, bounds),
        mark: whole(piece.mark, 'mark', MAX_MARK),
        from: list(piece.from, 'from', bounds.pieceLengthBytes, (value) => {
          const { source, bytes } = members(value, 'a part of a piece');
          return { source: sourceOf(source), bytes: whole(bytes, 'bytes', bounds.pieceLengthBytes) };
        }),
      };
    }),
  }),
  'run-progress': (from) => ({
    type: 'run-progress',
    run: whole(from.run, 'run'),
    bytes: whole(from.bytes, 'bytes'),
    position: whole(from.position, 'position'),
    firstByteMs: orNull(from.firstByteMs, (value) => amount(value, 'firstByteMs')),
  }),
  'run-ended': (from) => ({
    type: 'run-ended',
    run: whole(from.run, 'run'),
    positionByte: whole(from.positionByte, 'positionByte'),
    end: endOf(members(from.end, 'end')),
  }),
  'run-answered': (from) => ({
    type: 'run-answered',
    run: whole(from.run, 'run'),
    host: text(from.host, 'host', MAX_NAME_CHARS),
  }),
  'origin-requested': (from) => ({ type: 'origin-requested', origin: originOf(from.origin) }),
  'mirrors-named': (from) => ({
    type: 'mirrors-named',
    origin: originOf(from.origin),
    mirrors: list(from.mirrors, 'mirrors', MAX_MIRRORS, originOf),
  }),
  'piece-failed': (from, bounds) => ({
    type: 'piece-failed',
    piece: pieceOf(from.piece, bounds),
    sources: list(from.sources, 'sources', bounds.pieceLengthBytes, sourceOf),
  }),
  'liars-found': (from, bounds) => ({
    type: 'liars-found',
    piece: pieceOf(from.piece, bounds),
    sources: list(from.sources, 'sources', bounds.pieceLengthBytes, sourceOf),
  }),
  wasted: (from) => ({
    type: 'wasted',
    bytes: whole(from.bytes, 'bytes'),
    reason: oneOf(from.reason, 'reason', ['duplicate', 'failed-hash', 'thrown-away']),
  }),
  failed: (from) => ({
    type: 'failed',
    failure: { code: text(members(from.failure, 'failure').code, 'code', MAX_CODE_CHARS) },
  }),
};

function readPlayback(value: unknown): Playback {
  const { positionByte, bytesPerS, waitsForBytes } = members(value, 'playback');
  const place = { positionByte: amount(positionByte, 'positionByte'), bytesPerS: amount(bytesPerS, 'bytesPerS') };
  return waitsForBytes === undefined ? place : { ...place, waitsForBytes: amount(waitsForBytes, 'waitsForBytes') };
}

function readStoreEvent(from: Members, bounds: Bounds): LoggedStoreEvent {
  const type = oneOf(from.type, 'the type of what the store told', Object.keys(STORE) as LoggedStoreEvent['type'][]);
  return STORE[type](from, bounds);
}

function endOf(from: Members): Extract<LoggedStoreEvent, { type: 'run-ended' }>['end'] {
  const type = oneOf(from.type, 'how a run ended', ['finished', 'stopped', 'fault']);
  if (type !== 'fault') return { type };
  return {
    type,
    fault: text(from.fault, 'fault', MAX_CODE_CHARS),
    status: orNull(from.status, (status) => whole(status, 'status', 999)),
    retryAfterS: orNull(from.retryAfterS, (seconds) => amount(seconds, 'retryAfterS')),
    host: orNull(from.host ?? null, (host) => text(host, 'host', MAX_NAME_CHARS)), // older logs have none
  };
}

function sourceOf(value: unknown): Source {
  const from = members(value, 'a source');
  const kind = oneOf(from.kind, 'the kind of a source', ['peer', 'origin']);
  if (kind === 'peer') return { kind, peer: peerOf(from) };
  return { kind, origin: originOf(from.origin) };
}

const originOf = (value: unknown): OriginUrl => text(value, 'origin', MAX_URL_CHARS) as OriginUrl;

const peerOf = ({ peer }: Members): PeerId => text(peer, 'peer', MAX_NAME_CHARS) as PeerId;

const pieceOf = (value: unknown, { pieceCount }: Bounds): PieceIndex =>
  whole(value, 'piece', Math.max(pieceCount - 1, 0)) as PieceIndex;
