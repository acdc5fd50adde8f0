import type { TransferId } from '../../../src/model/ids.ts';
import type { ScreenEvent } from '../../../src/model/screen-events.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import type { ManagerActions } from '../../../src/ui/manager/manager-actions.ts';
import type { TransferListModel } from '../../../src/ui/transfer-list-model.ts';
import { galleryActions } from './gallery-actions.ts';
import type { Scene } from './scenes.ts';

const GONE = { ok: false, failure: { code: 'no-answer' } } as const;
const DONE = { ok: true, output: null } as const;

/** A world without an engine for the manager. `note` is told of what cannot be seen in the list. */
export function managerGalleryActions(
  scene: Scene,
  list: TransferListModel,
  apply: (event: ScreenEvent) => void,
  note: (what: string, ...details: unknown[]) => void,
): ManagerActions {
  const views = () => list.rows.value.map(({ view }) => view.peek());
  const change = (transfers: readonly TransferView[]) => apply({ type: 'changed', transfers, removed: [] });
  const noted = async (what: string, ...details: unknown[]) => {
    if (scene.isEngineGone) return GONE;
    note(what, ...details);
    return DONE;
  };
  const changeOne = (id: TransferId, part: Partial<TransferView>) => {
    change(
      views()
        .filter((view) => view.id === id)
        .map((view) => ({ ...view, ...part })),
    );
  };
  return {
    ...galleryActions(scene, list, apply),
    moveInQueue: async (ids, before) => {
      if (scene.isEngineGone) return GONE;
      note('move', ids, before);
      const queue = views()
        .filter(({ queuePlace }) => queuePlace !== null)
        .sort((a, b) => (a.queuePlace ?? 0) - (b.queuePlace ?? 0));
      const rest = queue.filter(({ id }) => !ids.includes(id));
      const moved = ids.flatMap((id) => queue.filter((view) => view.id === id));
      const place = before === null ? rest.length : rest.findIndex(({ id }) => id === before);
      change(rest.toSpliced(place, 0, ...moved).map((view, at) => ({ ...view, queuePlace: at + 1 })));
      return DONE;
    },
    startNow: async (id) => {
      if (scene.isEngineGone) return GONE;
      changeOne(id, { isWaiting: false });
      return DONE;
    },
    setLabel: async (id, label) => {
      if (scene.isEngineGone) return GONE;
      changeOne(id, { label });
      return DONE;
    },
    copyMagnets: (ids) => noted('magnets', ids),
    saveTorrent: (id, name) => noted('torrent', id, name),
    play: (id, file) => noted('play', id, file),
    open: (downloadId) => noted('open', downloadId),
    show: (downloadId) => noted('show', downloadId),
  };
}
