import { type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import type { Settings } from '../model/settings.ts';
import { readColdViews } from '../platform/browser/cold-views.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import { WelcomeScreen } from '../ui/components/welcome-screen.tsx';

/** The page of the first run: it says who sees what, and asks about sharing. */
const settings: Signal<Settings | null> = signal(null);
render(
  <WelcomeScreen settings={settings} setSettings={(change) => sendCommand('settings.set', change)} />,
  document.querySelector('#app') as HTMLElement,
);
readColdViews().then(
  (cold) => {
    settings.value = cold.settings;
  },
  (error) => console.warn('The settings could not be read; the page shows no earlier choice.', error),
);
