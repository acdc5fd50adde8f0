import type { Command, Input, Output, Reply } from '../../src/model/commands.ts';
import type { ScreenEvent } from '../../src/model/screen-events.ts';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';

/**
 * Sends a command as a screen does, from a page of the extension.
 * @throws {Error} that tells why the command did not run.
 */
export async function sendFrom<C extends Command>(
  { browser, tab }: { readonly browser: BrowserDriver; readonly tab: Tab },
  command: C,
  input: Input<C>,
): Promise<Output<C>> {
  const answered = await browser.evaluate(
    tab,
    (command: string, input: unknown) =>
      chrome.runtime.sendMessage({ to: 'background', kind: 'command', command, input }),
    command as string,
    input as unknown,
  );
  const reply = answered as Reply<C>;
  if (!reply.ok) throw new Error(`${command}: ${JSON.stringify(reply.failure)}`);
  return reply.output;
}

/** What a screen is told first when it opens: all transfers, the settings and what holds for all. */
export async function snapshotFrom(
  browser: BrowserDriver,
  tab: Tab,
): Promise<Extract<ScreenEvent, { type: 'snapshot' }>> {
  const told = await browser.evaluate(tab, async () => {
    await chrome.runtime.sendMessage({ to: 'background', kind: 'command', command: 'engine.wake', input: null });
    const port = chrome.runtime.connect({ name: 'screen' });
    try {
      port.postMessage({ first: [] });
      return await new Promise<unknown>((resolve, reject) => {
        port.onMessage.addListener(resolve);
        port.onDisconnect.addListener(() => reject(new Error('the engine host is gone')));
      });
    } finally {
      port.disconnect();
    }
  });
  const event = told as ScreenEvent;
  if (event.type !== 'snapshot') throw new Error(`a screen was told ${event.type} first`);
  return event;
}
