import type { RunOptions } from './run-options.ts';

/**
 * Tells the user that files are in the Downloads folder. What was put right in the store was saved before, and what the
 * user has elsewhere is saved nowhere: that is no news.
 */
export function tellSaved({ ports, book }: Pick<RunOptions, 'ports' | 'book'>): void {
  const { id, name, restores, saved, shown } = book.record;
  if (!restores && saved.length > 0) ports.notify(id, name, shown?.downloadId ?? null);
  book.remember({ restores: false });
}
