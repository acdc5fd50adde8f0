import './made-up-language.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { PublishScreen } from '../../../src/publish-page/publish-screen.tsx';
import { publishWorld } from './publish-world.ts';
import { SCENES } from './scenes.ts';

/** Draws the scene of the page for publishers that the address names: `publish.html?publish-done`. */
const scene = SCENES[location.search.slice(1)];
if (scene?.publish === undefined) throw new Error('the gallery has no such scene');
const settings = signal(scene.settings);
const world = publishWorld(scene.publish, () => settings.value);
render(
  <PublishScreen
    {...world}
    settings={settings}
    setSettings={async (change) => {
      settings.value = { ...settings.value, ...change };
      return { ok: true, output: null };
    }}
    takeAway={{ copyText: async () => true, saveFile: () => undefined }}
  />,
  document.querySelector('#app') as HTMLElement,
);
performance.mark('drawn');
