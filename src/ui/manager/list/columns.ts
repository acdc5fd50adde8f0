import { POLICIES } from '../../../model/policy.ts';
import type { TransferView } from '../../../model/transfer-view.ts';
import { dataStateOf } from '../../data-state.ts';
import { progressOf } from '../../progress.ts';
import { isInTrouble } from './state-groups.ts';

export const COLUMN_IDS = [
  'name',
  'size',
  'progress',
  'state',
  'down',
  'up',
  'left',
  'peers',
  'origins',
  'offload',
  'ratio',
  'uploaded',
  'added',
  'label',
  'policy',
  'queue',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** What a column is sorted by. Null comes last, in either direction. */
export type SortKey = number | string | null;

export type Column = {
  readonly widthPx: number;
  readonly isNumber: boolean;
  /** The direction of the first click: numbers begin with the largest where that is what one looks for. */
  readonly first: 'ascending' | 'descending';
  readonly keyOf: (view: TransferView) => SortKey;
};

/** What changes only when the user, or the torrent's metadata, says so; all others are figures that change by themselves. */
const STEADY: ReadonlySet<ColumnId> = new Set(['name', 'size', 'added', 'label', 'policy', 'queue']);

export const isSteady = (column: ColumnId): boolean => STEADY.has(column);

/** In the order of what a user would do something about. */
const STATE_RANK = ['failed', 'trouble', 'downloading', 'fetching-metadata', 'checking', 'choosing', 'waiting'];
const REST_RANK = ['paused', 'seeding', 'done'];

const number = (widthPx: number, keyOf: Column['keyOf'], first: Column['first'] = 'descending'): Column => ({
  widthPx,
  isNumber: true,
  first,
  keyOf,
});
const text = (widthPx: number, keyOf: Column['keyOf']): Column => ({
  widthPx,
  isNumber: false,
  first: 'ascending',
  keyOf,
});

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  name: text(300, ({ name }) => name),
  size: number(84, ({ sizeBytes }) => sizeBytes),
  progress: number(124, (view) => progressOf(view).percent),
  state: text(164, stateRank),
  down: number(88, (view) => orNull(view.peerBytesPerS + view.originBytesPerS)),
  up: number(88, ({ uploadBytesPerS }) => orNull(uploadBytesPerS)),
  left: number(92, ({ secondsLeft }) => secondsLeft, 'ascending'),
  peers: number(60, ({ peersConnected }) => orNull(peersConnected)),
  origins: number(68, ({ originsUsable }) => orNull(originsUsable)),
  offload: number(72, offloadOf),
  ratio: number(60, ratioOf),
  uploaded: number(92, ({ uploadedBytes }) => orNull(uploadedBytes)),
  added: number(164, ({ addedAtMs }) => addedAtMs),
  label: text(112, ({ label }) => label),
  policy: text(128, ({ policy }) => POLICIES.indexOf(policy)),
  queue: number(76, ({ queuePlace }) => queuePlace, 'ascending'),
};

/** Share of the downloaded bytes that peers brought; null while nothing was downloaded. */
export function offloadOf({ ledger, verified }: TransferView): number | null {
  return verified.peerBytes + verified.originBytes > 0 ? ledger.offload : null;
}

/** Uploaded bytes as a multiple of the torrent's; null while its size is unknown. */
export function ratioOf({ uploadedBytes, sizeBytes }: TransferView): number | null {
  return sizeBytes === null || sizeBytes === 0 ? null : uploadedBytes / sizeBytes;
}

function stateRank(view: TransferView): number {
  const state = dataStateOf(view.state);
  if (state === 'failed') return 0;
  if (isInTrouble(view)) return 1;
  if (view.isWaiting) return STATE_RANK.indexOf('waiting');
  const rank = STATE_RANK.indexOf(state);
  if (rank >= 0) return rank;
  return STATE_RANK.length + REST_RANK.indexOf(view.isSeeding ? 'seeding' : state);
}

/** Nothing now is no amount: rows with nothing stay together below those with something, whichever way one sorts. */
const orNull = (amount: number): number | null => (amount > 0 ? amount : null);
