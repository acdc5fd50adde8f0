import type { OriginUrl } from '../../model/ids.ts';
import { POLICIES } from '../../model/policy.ts';
import {
  FLIGHT_VERSION,
  type FlightEntry,
  type FlightHeader,
  type FlightLog,
  type LoggedDecision,
  MAX_LOGGED_FILES,
} from './flight-entry.ts';
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
import { readBitfield, readHeard, readPatience } from './read-heard.ts';

const MAX_CHARS = 8_000_000;
const MAX_LINES = 200_000;
/** Far above any torrent's, and its bitfield is 2 MiB. */
const MAX_PIECES = 2 ** 24;
const MAX_ORIGINS = 1_000;
const MAX_URL_CHARS = 4_096;
const MAX_DECISIONS = 10_000;
const MAX_MEMBERS = 20;
const MAX_MEMBER_CHARS = 4_096;
const MAX_MEMBER_ITEMS = 10_000;
const MEMBER_NAME = /^[A-Za-z]{1,40}$/;

/** The text is no flight log. `line` counts from 1; the message says what is wrong with it. */
export class FlightLogError extends Error {
  readonly line: number;

  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`);
    this.line = line;
  }
}

/**
 * Reads a log that `recordFlight` wrote, and that anybody may have changed since: every value is checked, and nothing
 * that is not described by `FlightLog` gets in. Pure.
 * @throws {FlightLogError}
 */
export function readFlightLog(log: string): FlightLog {
  if (log.length > MAX_CHARS) throw new FlightLogError(1, `the log is longer than ${MAX_CHARS} characters`);
  const lines = log.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MAX_LINES) throw new FlightLogError(MAX_LINES, `the log has more than ${MAX_LINES} lines`);
  const header = onLine(1, () => readHeader(parsed(lines[0] ?? '')));
  const second = lines.length > 1 ? onLine(2, () => parsed(lines[1] ?? '')) : null;
  const hasDropped = second !== null && 'dropped' in second;
  const dropped = hasDropped ? onLine(2, () => whole(second.dropped, 'dropped')) : 0;
  const first = hasDropped ? 2 : 1;
  const entries = lines
    .slice(first)
    .map((line, index) => onLine(first + index + 1, () => readEntry(parsed(line), header)));
  return { header, dropped, entries };
}

function onLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlainValueError) throw new FlightLogError(line, error.message);
    throw error;
  }
}

function parsed(line: string): Members {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new PlainValueError('it is no JSON');
  }
  return members(value, 'it');
}

function readHeader(from: Members): FlightHeader {
  if (from.flight !== FLIGHT_VERSION)
    throw new PlainValueError(`it is no header of a flight log, version ${FLIGHT_VERSION}`);
  const pieceCount = whole(from.pieceCount, 'pieceCount', MAX_PIECES);
  const pieceLengthBytes = whole(from.pieceLengthBytes, 'pieceLengthBytes');
  const lengthBytes = whole(from.lengthBytes, 'lengthBytes');
  if (pieceLengthBytes === 0 || Math.ceil(lengthBytes / pieceLengthBytes) !== pieceCount) {
    throw new PlainValueError('pieceCount does not fit the lengths');
  }
  const isMultiFile = truth(from.isMultiFile, 'isMultiFile');
  const fileLengths = orNull(from.fileLengths, (lengths) => readFileLengths(lengths, lengthBytes));
  if (!isMultiFile && fileLengths?.length !== 1) throw new PlainValueError('one file has not one length');
  const lastFile = Math.max((fileLengths?.length ?? 0) - 1, 0);
  return {
    startedAtMs: amount(from.startedAtMs, 'startedAtMs'),
    pieceLengthBytes,
    lengthBytes,
    pieceCount,
    here: readBitfield(from.here, 'here', pieceCount),
    later: from.later === undefined || from.later === null ? null : readBitfield(from.later, 'later', pieceCount),
    policy: oneOf(from.policy, 'policy', POLICIES),
    patience: readPatience(members(from.patience, 'patience')),
    seed: whole(from.seed, 'seed'),
    origins: list(from.origins, 'origins', MAX_ORIGINS, (url) => text(url, 'an origin', MAX_URL_CHARS) as OriginUrl),
    isPrivate: truth(from.isPrivate, 'isPrivate'),
    isMultiFile,
    fileLengths,
    paddingFiles: list(from.paddingFiles, 'paddingFiles', MAX_LOGGED_FILES, (file) => whole(file, 'a file', lastFile)),
  };
}

function readFileLengths(value: unknown, lengthBytes: number): number[] {
  const lengths = list(value, 'fileLengths', MAX_LOGGED_FILES, (length) => whole(length, 'a length', lengthBytes));
  if (lengths.reduce((sum, length) => sum + length, 0) !== lengthBytes) {
    throw new PlainValueError('fileLengths do not add up to lengthBytes');
  }
  return lengths;
}

function readEntry(from: Members, header: FlightHeader): FlightEntry {
  const atMs = header.startedAtMs + amount(from.at, 'at');
  if ('heard' in from) return { atMs, heard: readHeard(members(from.heard, 'heard'), header) };
  if ('decided' in from) return { atMs, decided: list(from.decided, 'decided', MAX_DECISIONS, readDecision) };
  throw new PlainValueError('it says neither what was heard nor what was decided');
}

function readDecision(value: unknown): LoggedDecision {
  const from = Object.entries(members(value, 'a decision'));
  if (from.length > MAX_MEMBERS) throw new PlainValueError(`a decision has more than ${MAX_MEMBERS} members`);
  const read = from.map(([name, member]) => {
    if (!MEMBER_NAME.test(name)) throw new PlainValueError('a decision has a member with a name that none has');
    return [name, readMember(member, name)] as const;
  });
  const { type, ...others } = Object.fromEntries(read);
  return { ...others, type: text(type, 'the type of a decision', 40) };
}

function readMember(value: unknown, what: string): LoggedDecision[string] {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return text(value, what, MAX_MEMBER_CHARS);
  if (Array.isArray(value)) return list(value, what, MAX_MEMBER_ITEMS, (item) => amount(item, what));
  return amount(value, what);
}
