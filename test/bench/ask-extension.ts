import type { BrowserDriver, Tab } from '../support/browser-driver.ts';

type Reply = { readonly ok: boolean; readonly output: unknown };

/**
 * Sends a command as a screen of the extension does, where no button leads to it at once.
 * @throws {Error} with the reply, when it is a failure.
 */
export async function askExtension<Output>(
  browser: BrowserDriver,
  tab: Tab,
  command: string,
  input: object,
): Promise<Output> {
  const reply = await browser.evaluate(tab, send, command, input);
  if (!reply.ok) throw new Error(`${command}: ${JSON.stringify(reply)}`);
  return reply.output as Output;
}

/** Runs in a page of the extension. */
async function send(command: string, input: object): Promise<Reply> {
  return chrome.runtime.sendMessage({ to: 'background', kind: 'command', command, input });
}
