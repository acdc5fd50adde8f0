import type { EngineFacts } from './engine-facts.ts';
import type { TransferId } from './ids.ts';
import type { Settings } from './settings.ts';
import type { TransferView } from './transfer-view.ts';

/** Name of the port that a screen opens to the engine host to be told what happens. */
export const SCREEN_PORT = 'screen';

type Everything = {
  readonly transfers: readonly TransferView[];
  readonly settings: Settings;
  readonly engine: EngineFacts;
};

/** What a screen hears: everything, then what changed, at most four times a second. */
export type ScreenEvent =
  /** Of a long list what the screen shows first; the whole of it follows in a moment, as a snapshot. */
  | ({ readonly type: 'first' } & Everything)
  | ({ readonly type: 'snapshot' } & Everything)
  | { readonly type: 'changed'; readonly transfers: readonly TransferView[]; readonly removed: readonly TransferId[] }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'engine'; readonly engine: EngineFacts };

/** What goes through the port: a long list comes in parts, so that nobody stands still while all of it is told. */
export type ScreenMessage =
  | Exclude<ScreenEvent, { readonly type: 'first' }>
  /** A part, and how many transfers are told after it; the last part is the snapshot. */
  | ({ readonly type: 'part'; readonly rest: number } & Everything);

/** Most transfers that a screen may name as those it shows first. */
export const MAX_SHOWN_FIRST = 100;

/** What a screen says when it opens its port, and now and then. */
export type ScreenHello = {
  /** The transfers on top of its list, in the order that it was given; empty when the newest are on top. */
  readonly first: readonly TransferId[];
};

/** Reads what came through the port of a screen. What is no hello counts as one that names nothing. */
export function readScreenHello(message: unknown): ScreenHello {
  const { first } = (message ?? {}) as Partial<Record<'first', unknown>>;
  if (!Array.isArray(first)) return { first: [] };
  const ids = first.filter((id): id is TransferId => typeof id === 'string');
  return { first: ids.slice(0, MAX_SHOWN_FIRST) };
}
