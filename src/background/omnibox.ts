import { api } from '../platform/webext/api.ts';
import { BACKGROUND_WORDS } from './background-words.ts';
import { tellUser } from './notifications.ts';
import { linksOfOmnibox, omniboxHint } from './omnibox-text.ts';
import type { TakeLinks } from './page-links.ts';
import { speakUsersLanguage } from './users-language.ts';

/** What was typed last: its hint is the one to be shown. */
let typed = '';

/** Takes what is typed after "rivulet" into the address bar. To be called at once when the script runs. */
export function watchOmnibox(take: TakeLinks): void {
  // Firefox for Android has no such thing.
  api.omnibox?.onInputStarted.addListener(() => void hint(''));
  api.omnibox?.onInputChanged.addListener((text) => void hint(text));
  api.omnibox?.onInputEntered.addListener((text) => void enter(text, take));
}

async function hint(text: string): Promise<void> {
  typed = text;
  await speakUsersLanguage();
  if (typed === text) await api.omnibox.setDefaultSuggestion({ description: omniboxHint(text) });
}

async function enter(text: string, take: TakeLinks): Promise<void> {
  const urls = linksOfOmnibox(text);
  if (urls.length === 0) await tellUser(() => BACKGROUND_WORDS.typedIsNone);
  else await take(urls, { kind: 'ui' });
}
