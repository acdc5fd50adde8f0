import './made-up-language.ts';
import { render } from 'preact';
import type { ScreenEvent } from '../../../src/model/screen-events.ts';
import { AddModel } from '../../../src/ui/add-model.ts';
import { ManagerList } from '../../../src/ui/manager/list/manager-list.ts';
import { ManagerModel } from '../../../src/ui/manager/manager-model.ts';
import type { ManagerParts } from '../../../src/ui/manager/manager-parts.ts';
import { ManagerScreen } from '../../../src/ui/manager/manager-screen.tsx';
import type { Memory } from '../../../src/ui/manager/memory.ts';
import { SettingsView } from '../../../src/ui/settings/settings-view.tsx';
import { TransferListModel } from '../../../src/ui/transfer-list-model.ts';
import { managerGalleryActions } from './manager-gallery-actions.ts';
import { SCENES } from './scenes.ts';
import { ShortDetail } from './short-detail.tsx';

/** Draws the manager: `manager.html?manager`. */
const scene = SCENES[location.search.slice(1)];
if (scene === undefined) throw new Error('the gallery has no such scene');

const remembered = new Map<string, unknown>(Object.entries(scene.remembered ?? {}));
const memory: Memory = {
  read: (name) => remembered.get(name) ?? null,
  write: (name, value) => void remembered.set(name, value),
};
const list = new TransferListModel();
list.showCold({ transfers: scene.transfers, settings: scene.settings });
const managed = new ManagerList(list, {
  memory,
  now: () => performance.now(),
  later: (act, afterMs) => void setTimeout(act, afterMs),
});
const apply = (event: ScreenEvent) => managed.apply(event);
const asked: unknown[][] = [];
const actions = managerGalleryActions(scene, list, apply, (...what) => void asked.push(what));
const model = new ManagerModel(managed, actions, memory);
model.isEngineLost.value = scene.isEngineGone;
const parts: ManagerParts = {
  Detail: ShortDetail,
  Totals: null,
  Settings: () => <SettingsView settings={list.settings} setSettings={actions.setSettings} />,
};
render(
  <ManagerScreen model={model} adding={new AddModel(actions)} actions={actions} parts={parts} />,
  document.querySelector('#app') as HTMLElement,
);
performance.mark('drawn');

// Tests play the engine through this, and look at what was asked of it and what is remembered.
Object.assign(globalThis, { applyScreenEvent: apply, sceneTransfers: scene.transfers, asked, remembered });
