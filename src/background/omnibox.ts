import { api } from '../platform/webext/api.ts';
import { tellUser } from './notifications.ts';
import { linksOfOmnibox, omniboxHint } from './omnibox-text.ts';
import type { TakeLinks } from './page-links.ts';

/** Takes what is typed after "rivulet" into the address bar. To be called at once when the script runs. */
export function watchOmnibox(take: TakeLinks): void {
  // Firefox for Android has no such thing.
  api.omnibox?.onInputStarted.addListener(() => hint(''));
  api.omnibox?.onInputChanged.addListener((text) => hint(text));
  api.omnibox?.onInputEntered.addListener((text) => void enter(text, take));
}

const hint = (text: string): void => void api.omnibox.setDefaultSuggestion({ description: omniboxHint(text) });

async function enter(text: string, take: TakeLinks): Promise<void> {
  const urls = linksOfOmnibox(text);
  if (urls.length === 0) await tellUser('That is no magnet link, .torrent address or info hash.');
  else await take(urls, { kind: 'ui' });
}
