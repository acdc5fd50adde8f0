import type { InfoHash } from '../../model/ids.ts';
import type { RunOptions } from './run-options.ts';

export type SavedRun = {
  readonly isInSwarm: boolean;
  /** Resolves when nobody else needs the copy. */
  readonly isRead: Promise<void>;
  /** Lets go of the swarm and of the store. */
  readonly close: () => Promise<void>;
};

/**
 * The end of a run whose files are in the Downloads folder: it seeds until it is stopped, or its copy in the store goes,
 * because it only takes space, or it stays there and nobody is served from it.
 */
export async function seedUntilStopped(options: RunOptions, { isInSwarm, isRead, close }: SavedRun): Promise<void> {
  const { ports, book, players, rules, signal } = options;
  const isSharing = rules.maySeed() && isInSwarm;
  if (isSharing && !rules.mayDropCopy(true)) return untilAborted(signal);
  await isRead;
  if (players.isPlayed) {
    await players.untilUnplayed(signal);
    if (signal.aborted) return;
  }
  await close();
  if (!rules.mayDropCopy(isSharing)) return;
  await ports.depot.remove(book.record.id as string as InfoHash);
  book.remember({ isStored: false });
  await book.persist();
}

/** Resolves when a signal fires, or has fired. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}
