import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { moneySaved, type Price } from '../../model/statistics.ts';
import type { DaySums, FileSums, Span } from '../records/day-sums.ts';
import { sendText } from './answer.ts';
import type { Book } from './book.ts';
import { tally } from './reckon.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INFO_HASH = /^[0-9a-f]{40}$/;

/** Reads `from`, `to` (days, included) and `file` (an info hash) of an address, or says what is wrong. */
export function readSpan(query: URLSearchParams): Span | { readonly wrong: string } {
  const [from, to, infoHash] = [query.get('from'), query.get('to'), query.get('file')];
  for (const day of [from, to])
    if (day !== null && !isDay(day)) return { wrong: `a day looks like 2026-11-22, not ${day.slice(0, 40)}` };
  if (infoHash !== null && !INFO_HASH.test(infoHash))
    return { wrong: 'file is an info hash of 40 lower-case hex digits' };
  return { from, to, infoHash };
}

/** Not every such text is a day: February has no 30th, and JavaScript takes it for the 2nd of March. */
function isDay(text: string): boolean {
  const at = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const COLUMNS = 'day,info_hash,name,size_bytes,completions,plain,with_peers,control'
  .concat(',delivered_bytes,origin_bytes,saved_bytes,price_per_gb,currency,money_saved')
  .concat(',claimed_completed,claimed_proven,claimed_origin_bytes,claimed_peer_bytes,claimed_uploaded_bytes');

/** Sends one line for each day and file: what an invoice is made of. Lines are sent as they are read (RFC 4180). */
export async function sendCsv(response: ServerResponse, query: URLSearchParams, book: Book): Promise<void> {
  const span = readSpan(query);
  if ('wrong' in span) return sendText(response, 400, span.wrong);
  const price = await book.price();
  const isOriginSeen = await book.isOriginSeen();
  response.writeHead(200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="rivulet-${span.from ?? 'begin'}-${span.to ?? 'today'}.csv"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (response.req.method === 'HEAD') return void response.end();
  response.write(`${COLUMNS}\r\n`);
  for await (const row of book.eachDayAndFile(span)) {
    if (response.destroyed) return;
    if (!response.write(lineOf(row, price, isOriginSeen))) await roomIn(response);
  }
  response.end();
}

/** Waits until the reader has taken something, or is gone. */
async function roomIn(response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const closed = once(response, 'close', { signal: gone.signal });
  await Promise.race([once(response, 'drain', { signal: gone.signal }), closed].map((one) => one.catch(() => {})));
  gone.abort();
}

export function lineOf(row: DaySums & FileSums, price: Price | null, isOriginSeen: boolean): string {
  const { completions, plain, withPeers, control, deliveredBytes, originBytes, savedBytes, claims } = tally(
    row,
    isOriginSeen,
  );
  const money = price === null || savedBytes === null ? null : inMillionths(moneySaved(savedBytes, price));
  const cells = [
    ...[row.day, row.infoHash, row.name, row.sizeBytes, completions, plain, withPeers, control],
    ...[deliveredBytes, originBytes, savedBytes, price?.perGB ?? null, price?.currency ?? null, money],
    ...[claims.completed, claims.proven, claims.originBytes, claims.peerBytes, claims.uploadedBytes],
  ];
  return `${cells.map(cell).join(',')}\r\n`;
}

/** What rounds to nothing is nothing, and not less than that. */
function inMillionths(amount: number): string {
  const text = amount.toFixed(6);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** A name that begins like a formula is shown as text: tables run formulas of files that strangers named. */
function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+@\t\r]|^-(?![\d.]+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
