import './made-up-language.ts';
import { render } from 'preact';
import type { ScreenEvent } from '../../../src/model/screen-events.ts';
import { AddModel } from '../../../src/ui/add-model.ts';
import type { AddSheetActions } from '../../../src/ui/add-sheet/add-sheet-actions.ts';
import { AddSheetModel } from '../../../src/ui/add-sheet/add-sheet-model.ts';
import { AddSheet } from '../../../src/ui/components/add-sheet.tsx';
import { TransferListModel } from '../../../src/ui/transfer-list-model.ts';
import { galleryActions } from './gallery-actions.ts';
import { SCENES } from './scenes.ts';
import { filesOfScene } from './staged-views.ts';

/** Draws an add sheet: `add.html?add-films`. */
const scene = SCENES[location.search.slice(1)];
if (scene === undefined) throw new Error('the gallery has no such scene');
const list = new TransferListModel();
const apply = (event: ScreenEvent) => list.apply(event);
const shared = galleryActions(scene, list, apply);
const gone = { ok: false, failure: { code: 'no-answer' } } as const;
const actions: AddSheetActions = {
  ...shared,
  open: async () => gone,
  files: async (id) => ({ ok: true, output: { files: filesOfScene(id) } }),
  setFiles: async () => (scene.isEngineGone ? gone : { ok: true, output: null }),
  accept: async (id) => {
    if (scene.isEngineGone) return gone;
    apply({ type: 'changed', transfers: [], removed: [id] });
    return { ok: true, output: null };
  },
  space: async () => ({ ok: true, output: { freeBytes: 41_000_000_000 } }),
  saveTorrent: async () => ({ ok: false, failure: { code: 'no-torrent' } }),
  play: async () => undefined,
  close: () => undefined,
};
list.showCold({ transfers: scene.transfers, settings: scene.settings });
render(
  <AddSheet list={list} sheet={new AddSheetModel(list, actions)} adding={new AddModel(actions)} actions={actions} />,
  document.querySelector('#app') as HTMLElement,
);
performance.mark('drawn');
