import './made-up-language.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import type { ScreenEvent } from '../../../src/model/screen-events.ts';
import { AddModel } from '../../../src/ui/add-model.ts';
import { PopupScreen } from '../../../src/ui/components/popup-screen.tsx';
import { WelcomeScreen } from '../../../src/ui/components/welcome-screen.tsx';
import { TransferListModel } from '../../../src/ui/transfer-list-model.ts';
import { galleryActions } from './gallery-actions.ts';
import { SCENES } from './scenes.ts';

/** Draws the scene that the address names: `popup.html?one`. */
const scene = SCENES[location.search.slice(1)] ?? SCENES.empty;
if (scene === undefined) throw new Error('the gallery has no scene');

const list = new TransferListModel();
const settings = signal(scene.settings);
const apply = (event: ScreenEvent) => {
  list.apply(event);
  settings.value = list.settings.value;
};
const actions = galleryActions(scene, list, apply);
const screen =
  scene.screen === 'popup' ? (
    <PopupScreen list={list} adding={new AddModel(actions)} actions={actions} />
  ) : (
    <WelcomeScreen settings={settings} setSettings={actions.setSettings} />
  );
list.showCold({ transfers: scene.transfers, settings: scene.settings });
render(screen, document.querySelector('#app') as HTMLElement);
performance.mark('drawn');

// Tests play the engine through this.
Object.assign(globalThis, { applyScreenEvent: apply, sceneTransfers: scene.transfers });
