import { signal } from '@preact/signals';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';
import { readColdViews } from '../platform/browser/cold-views.ts';
import { connectWhileSeen } from '../platform/webext/connect-while-seen.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import { WelcomeScreen } from '../ui/components/welcome-screen.tsx';
import { showScreen } from '../ui/show-screen.ts';
import { WELCOME_WORDS } from '../ui/words/welcome-words.ts';

/** The page of the first run: it says who sees what, and asks about sharing. */
const settings = signal<Settings>(readColdViews()?.settings ?? DEFAULT_SETTINGS);
connectWhileSeen((event) => {
  if ('settings' in event) settings.value = event.settings;
});
showScreen({
  title: () => WELCOME_WORDS.title,
  draw: () => <WelcomeScreen settings={settings} setSettings={(change) => sendCommand('settings.set', change)} />,
  settings,
  speak: speakLanguage,
});
