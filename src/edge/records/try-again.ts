import { setTimeout as wait } from 'node:timers/promises';

/** Codes of SQL and of Node for what passes: lost connections, a server that restarts, a deadlock. */
const PASSING = /^(08...|40001|40P01|53300|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** `pg` gives no code to these. */
const PASSING_WORDS = /Connection terminated|timeout exceeded when trying to connect/;

/**
 * Does a thing again, with longer and longer waits, while what stops it is of the passing kind. The thing must be
 * harmless when done twice: an answer that was lost may have been a success.
 * @param waitsMs how long to wait before each further try; the last error is thrown after them.
 */
export async function tryAgain<Result>(doIt: () => Promise<Result>, waitsMs: readonly number[]): Promise<Result> {
  for (const waitMs of waitsMs) {
    try {
      return await doIt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await wait(waitMs);
    }
  }
  return doIt();
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return PASSING.test(code) || PASSING_WORDS.test(error.message);
}
