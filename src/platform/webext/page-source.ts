import type { PageSource } from './command-source.ts';
import { isApart, pageUrlOf, type SenderFacts } from './sender.ts';

/** What a command of a page's is told of by the browser: the sender of a message, or a tab and its address. */
export const pageSource = (sender: SenderFacts): PageSource => ({
  kind: 'page',
  pageUrl: pageUrlOf(sender),
  isApart: isApart(sender),
  atMs: Date.now(),
  tabId: sender.tab?.id,
  isPrivateWindow: sender.tab?.incognito === true,
});
