import type { DeliveryChallenge, DeliveryReport } from '../../model/delivery-report.ts';
import type { PieceIndex } from '../../model/ids.ts';
import type { EnginePorts } from '../ports.ts';
import type { DepotSession } from '../store/depot.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { hexDigits } from '../torrent/whole-hashes.ts';
import type { TransferRecord } from './transfer-record.ts';

const ANSWER_LIMIT_MS = 5_000;
/** After a report that nobody took; then it is given up. */
const RETRY_AFTER_MS = 10_000;
const MAX_CHALLENGE_CHARS = 1_024;

export type ReportPorts = Pick<EnginePorts, 'fetch' | 'sha256' | 'clock'>;

/** What is told of a delivery that ended. Nothing else ever is. */
export function reportOf(
  record: Pick<TransferRecord, 'id' | 'delivery' | 'verified' | 'uploadedBytes'>,
  result: DeliveryReport['result'],
  proof: DeliveryReport['proof'],
): DeliveryReport {
  const { delivery, verified, uploadedBytes } = record;
  return {
    infoHash: record.id,
    cohort: delivery?.cohort ?? 'mixed',
    result,
    originBytes: verified.originBytes,
    peerBytes: verified.peerBytes,
    uploadedBytes,
    seconds: Math.max(Math.round(delivery?.spentMs ?? 0), 1) / 1_000,
    proof,
  };
}

/**
 * Shows an edge that the file is really here: the digest of the pieces that it picks and its nonce. Null when the edge
 * does not ask, or asks for something else. Never rejects.
 */
export async function proveDelivery(
  edge: string,
  info: TorrentInfo,
  store: Pick<DepotSession, 'read'>,
  ports: ReportPorts,
): Promise<DeliveryReport['proof']> {
  try {
    const url = addressOf(edge, 'api/challenge');
    url.searchParams.set('info_hash', info.infoHash);
    const text = await ask(url, {}, ports, async (response) => (response.status === 200 ? textOf(response) : ''));
    const challenge = readChallenge(text ?? '', info.pieceCount);
    if (challenge === null) return null;
    const parts = [bytesOfHex(challenge.nonce)];
    for (const piece of challenge.pieces as readonly PieceIndex[]) {
      parts.push(await store.read(piece, 0, lengthOfPiece(info, piece)));
    }
    return { nonce: challenge.nonce, digest: hexDigits(await ports.sha256(joined(parts))) };
  } catch {
    return null; // the copy is gone, or the edge is: a report without a proof is a report still
  }
}

/**
 * Sends a report, and once more when nobody answered. Without cookies, referrer or origin. Never rejects, and nothing
 * waits for it.
 */
export async function sendReport(edge: string, report: DeliveryReport, ports: ReportPorts): Promise<void> {
  // "no-cors" and no referrer make the browser send `Origin: null`: the origin of an extension in Firefox is a random
  // number that each user has alone. It leaves the content type a text's, hides the status of the answer, and wants
  // redirects to be followed.
  const body = JSON.stringify(report);
  const init = { method: 'POST', mode: 'no-cors', redirect: 'follow', body } as const;
  const url = addressOf(edge, 'api/report');
  const isAnswered = async () => true;
  if (await ask(url, init, ports, isAnswered)) return;
  await new Promise<void>((resolve) => ports.clock.after(RETRY_AFTER_MS, resolve));
  await ask(url, init, ports, isAnswered);
}

const bytesOfHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Reads what an edge sends; null when it is no challenge about a torrent of so many pieces. */
export function readChallenge(text: string, pieceCount: number): DeliveryChallenge | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('nonce' in value) || !('pieces' in value)) return null;
  const { nonce, pieces } = value;
  if (typeof nonce !== 'string' || !/^[0-9a-f]{32}$/.test(nonce) || !Array.isArray(pieces)) return null;
  const areInRange = pieces.every((piece) => Number.isInteger(piece) && piece >= 0 && piece < pieceCount);
  return areInRange && pieces.length >= 1 && pieces.length <= 3 ? { nonce, pieces } : null;
}

/** What is read of an answer; null when nobody answers in time, or not to the end. */
async function ask<T>(
  url: URL,
  init: RequestInit,
  { fetch, clock }: ReportPorts,
  read: (response: Response) => Promise<T>,
): Promise<T | null> {
  const abort = new AbortController();
  const stop = clock.after(ANSWER_LIMIT_MS, () => abort.abort());
  try {
    const response = await fetch(url.href, {
      redirect: 'error',
      ...init,
      signal: abort.signal,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    return await read(response);
  } catch {
    return null;
  } finally {
    stop();
    abort.abort(); // a body that nobody reads
  }
}

/** An address below that of an edge, which may have a path of its own. */
function addressOf(edge: string, path: string): URL {
  const base = new URL(edge);
  base.search = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return new URL(path, base);
}

/** Empty when it is longer than any challenge. */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > MAX_CHALLENGE_CHARS) return '';
  }
  return text;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
