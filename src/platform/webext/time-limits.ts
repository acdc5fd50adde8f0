import type { Command } from '../../model/commands.ts';

/** How long the background waits for the engine host, its start included. */
const COMMAND_LIMIT_MS = 15_000;

/** How long a content script waits before a click goes the browser's own way. */
export const CLICK_LIMIT_MS = 10_000;

/**
 * How long a click on a publisher's link may take to become a transfer, the start of the engine host included. Then it
 * is an ordinary download.
 */
export const DELIVERY_LIMIT_MS = 3_000;

/** What looks at every file of the store, writes down many records, or copies a file. */
const LONG_LIMIT_MS = 120_000;
const LONG: ReadonlySet<Command> = new Set([
  'transfer.save-file',
  'store.use',
  'store.clean',
  'state.export',
  'state.import',
]);

/** How long a screen waits for the background: the command's own limit and the time to wake a sleeping background. */
export const screenLimitMs = (command: Command): number => Math.max(COMMAND_LIMIT_MS, commandLimitMs(command)) + 5_000;

/** How long the engine host waits for the background, which may have to be woken and to touch the disk. */
export const REQUEST_LIMIT_MS = 30_000;

/**
 * How long one command may take in the engine host. A captured click gets less than the page waits, so that the page
 * hears of a failure instead of giving up while the engine may still be adding the link.
 */
export function commandLimitMs(command: Command): number {
  if (command === 'link.capture') return CLICK_LIMIT_MS - 1_000;
  if (LONG.has(command)) return LONG_LIMIT_MS;
  // The engine keeps to the limit itself; what it says at the last moment is still heard.
  return command === 'link.deliver' ? DELIVERY_LIMIT_MS + 500 : COMMAND_LIMIT_MS;
}
