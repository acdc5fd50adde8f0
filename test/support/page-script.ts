/** A function that is carried into a page as text: it sees its arguments and the page's globals, nothing else. */
// biome-ignore lint/suspicious/noExplicitAny: arguments and results cross as JSON, whatever the page makes of them
export type PageFunction<Args extends readonly any[], Result> = (...args: Args) => Result | Promise<Result>;

/**
 * The expression that runs a function in a page, and gives a promise of its outcome as JSON: both browsers then agree
 * on what crosses. It needs no `eval`, which the CSP of extension pages forbids.
 */
export function pageExpression(fn: PageFunction<never, unknown>, args: readonly unknown[]): string {
  // tsx (esbuild's keepNames) wraps inner functions in calls of __name, which no page has.
  return `(async (__name) => {
    try {
      const value = await (${fn.toString()})(...${JSON.stringify(args)});
      return JSON.stringify({ value: value === undefined ? null : value });
    } catch (error) {
      return JSON.stringify({ error: String(error), stack: String(error?.stack ?? '') });
    }
  })((fn) => fn)`;
}

/**
 * The result that `pageExpression` sent.
 * @throws {Error} what the function threw in the page, or that the page went.
 */
export function readPageOutcome<Result>(json: string): Result {
  const outcome = JSON.parse(json) as { value: Result } | { error: string; stack: string } | null;
  if (outcome === null) throw new Error('the page went before it answered'); // Firefox's way to say so
  if ('error' in outcome) throw new Error(`in the page: ${outcome.error}\n${outcome.stack}`);
  return outcome.value;
}
