import type { Engine } from '../engine.ts';
import type { Transfer } from './transfer.ts';
import type { TransferRecord } from './transfer-record.ts';

/** The user wants a file that was only played from its page: it is fetched to its end, and saved like any other. */
export async function keepPlayed(transfer: Transfer): Promise<void> {
  const { book } = transfer;
  if (book.record.isPlayedOnly !== true) return;
  await transfer.whileStopped(() => {
    book.remember({ isPlayedOnly: false });
    book.move({ type: 'more-wanted' });
  });
}

/**
 * Nobody plays it any more. One that was only played is fetched no further: it waits in the list, paused. One that is
 * here whole is seeded, if the user shares; else nobody has more use for it, and it is removed.
 */
export async function leavePlayed(transfer: Transfer, engine: Pick<Engine, 'remove'>): Promise<void> {
  const { record } = transfer;
  if (record.isPlayedOnly !== true) return;
  if (record.state.phase !== 'done') await transfer.pause();
  else if (!transfer.isSeeding) await engine.remove(record.id, false);
}

/** What was only played when the browser ended goes on when it is played again. */
export function restAfterStart(record: TransferRecord): TransferRecord {
  const { state, isPlayedOnly } = record;
  const isAtRest = state.phase === 'done' || state.phase === 'paused' || state.phase === 'failed';
  return isPlayedOnly !== true || isAtRest ? record : { ...record, state: { phase: 'paused', resumeTo: state } };
}

/** Removes what was only played and is here whole, when it is not shared: the browser that played it has ended. */
export async function forgetPlayed(engine: Pick<Engine, 'remove' | 'transfers' | 'settings'>): Promise<void> {
  if (engine.settings.sharing === 'share') return;
  const isOver = ({ record }: Transfer) => record.isPlayedOnly === true && record.state.phase === 'done';
  for (const { id } of [...engine.transfers].filter(isOver)) await engine.remove(id, false);
}
