import './made-up-language.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import type { Settings } from '../../../src/model/settings.ts';
import type { Actions } from '../../../src/ui/actions.ts';
import { SettingsView } from '../../../src/ui/settings/settings-view.tsx';
import { SCENES } from './scenes.ts';

/** Draws all settings, without the frame around them: `all-settings.html?all-settings-busy`. */
const scene = SCENES[location.search.slice(1)];
if (scene === undefined) throw new Error('the gallery has no such scene');
const settings = signal<Settings>(scene.settings);
const asked: Partial<Settings>[] = [];
const setSettings: Actions['setSettings'] = async (change) => {
  asked.push(change);
  if (scene.isEngineGone) return { ok: false, failure: { code: 'no-answer' } };
  settings.value = { ...settings.value, ...change };
  return { ok: true, output: null };
};
render(
  <main>
    <h1 class="only-spoken">Rivulet</h1>
    <SettingsView settings={settings} setSettings={setSettings} />
  </main>,
  document.querySelector('#app') as HTMLElement,
);
performance.mark('drawn');

// Tests look at what was asked of the engine.
Object.assign(globalThis, { askedSettings: asked });
