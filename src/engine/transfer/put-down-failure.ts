import type { TransferBook } from './transfer-book.ts';
import { failureOfError } from './transfer-error.ts';

/** Puts down why a run ended before its time. What is no failure that a user can be told of is an error of ours. */
export async function putDownFailure(book: TransferBook, error: unknown): Promise<void> {
  const known = failureOfError(error);
  if (known === null) console.error('transfer', book.record.id, error);
  book.move({ type: 'failed', failure: known ?? { code: 'store-failed', reason: String(error) } });
  await book.persist().catch((reason: unknown) => console.error('records', String(reason)));
}
