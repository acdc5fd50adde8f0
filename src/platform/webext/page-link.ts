import type { Reply } from '../../model/commands.ts';
import { api } from './api.ts';
import type { ToBackground } from './envelope.ts';
import { CLICK_LIMIT_MS } from './time-limits.ts';
import { within } from './within.ts';

/** Whether the extension that this content script belongs to is still there. Chrome leaves scripts behind on a reload. */
export const isExtensionAlive = (): boolean => api?.runtime?.id !== undefined;

/** Hands a clicked link to the extension. Never rejects; null when nobody answered in time. */
export async function captureLink(url: string): Promise<Reply<'link.capture'> | null> {
  const envelope: ToBackground = { to: 'background', kind: 'command', command: 'link.capture', input: { url } };
  try {
    const asked: Promise<Reply<'link.capture'> | undefined> = api.runtime.sendMessage(envelope);
    return (await within(CLICK_LIMIT_MS, asked, undefined)) ?? null;
  } catch {
    return null;
  }
}
