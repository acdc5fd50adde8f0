import type { Command, Reply } from '../../model/commands.ts';
import type { PublishedLinkText } from '../../model/published-link.ts';
import { api } from './api.ts';
import type { ToBackground } from './envelope.ts';
import { CLICK_LIMIT_MS } from './time-limits.ts';
import { within } from './within.ts';

/** Whether the extension that this content script belongs to is still there. Chrome leaves scripts behind on a reload. */
export const isExtensionAlive = (): boolean => api?.runtime?.id !== undefined;

/** Hands a clicked link to the extension. Never rejects; null when nobody answered in time. */
export const captureLink = (url: string): Promise<Reply<'link.capture'> | null> => send('link.capture', { url });

/** Hands over a clicked link of a publisher's, who named a torrent beside it. Never rejects; null as above. */
export const deliverLink = (link: PublishedLinkText): Promise<Reply<'link.deliver'> | null> =>
  send('link.deliver', link);

/** Whether the user wants links of this page left to the browser. Never rejects; null when nobody answered. */
export async function areLinksLeft(): Promise<boolean | null> {
  const reply = await send('page.is-left', null);
  return reply?.ok === true ? reply.output.isLeft : null;
}

async function send<C extends Command>(command: C, input: unknown): Promise<Reply<C> | null> {
  const envelope: ToBackground = { to: 'background', kind: 'command', command, input };
  try {
    const asked: Promise<Reply<C> | undefined> = api.runtime.sendMessage(envelope);
    return (await within(CLICK_LIMIT_MS, asked, undefined)) ?? null;
  } catch {
    return null;
  }
}
