import type { Reply } from '../model/commands.ts';
import { isSiteIgnored } from '../model/site-rules.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { storedSettings } from './stored-settings.ts';

/** Whether links in a page are the browser's. Answered without the engine, which need not run for it. */
export async function areLinksLeft({ pageUrl }: Pick<PageSource, 'pageUrl'>): Promise<Reply<'page.is-left'>> {
  const settings = await storedSettings();
  return { ok: true, output: { isLeft: settings !== null && isSiteIgnored(settings, pageUrl) } };
}
