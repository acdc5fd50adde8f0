import { signal } from '@preact/signals';
import { render } from 'preact';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';
import { readColdViews } from '../platform/browser/cold-views.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import { WelcomeScreen } from '../ui/components/welcome-screen.tsx';

/** The page of the first run: it says who sees what, and asks about sharing. */
const settings = signal<Settings>(readColdViews()?.settings ?? DEFAULT_SETTINGS);
render(
  <WelcomeScreen settings={settings} setSettings={(change) => sendCommand('settings.set', change)} />,
  document.querySelector('#app') as HTMLElement,
);
