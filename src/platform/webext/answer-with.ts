import type { CommandFailure } from '../../model/commands.ts';
import { failureOf } from './link-error.ts';

export type Answer<T> =
  | { readonly ok: true; readonly output: T }
  | { readonly ok: false; readonly failure: CommandFailure };

/** Turns a handler of a table into an answer that can cross to another process. Never rejects. */
export async function answerWith(
  handlers: object,
  name: string,
  ...args: readonly unknown[]
): Promise<Answer<unknown>> {
  const handler: unknown = Object.hasOwn(handlers, name) ? handlers[name as keyof typeof handlers] : undefined;
  if (typeof handler !== 'function') return { ok: false, failure: { code: 'rejected', reason: `unknown: ${name}` } };
  try {
    return { ok: true, output: await handler(...args) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
