import type { TransferId } from '../../../src/model/ids.ts';
import type { ScreenEvent } from '../../../src/model/screen-events.ts';
import type { TransferState, TransferView } from '../../../src/model/transfer-view.ts';
import type { ActionReply, Actions } from '../../../src/ui/actions.ts';
import type { TransferListModel } from '../../../src/ui/transfer-list-model.ts';
import { underlyingState } from '../../../src/ui/underlying-state.ts';
import { metadataView } from './sample-view.ts';
import type { Scene } from './scenes.ts';

const DONE = { ok: true, output: null } as const;

/** A world without an engine for the gallery: commands change the list at once, or are not answered, as the scene says. */
export function galleryActions(scene: Scene, list: TransferListModel, apply: (event: ScreenEvent) => void): Actions {
  const reply = async (happens: () => void): Promise<ActionReply<null>> => {
    if (scene.isEngineGone) return { ok: false, failure: { code: 'no-answer' } };
    happens();
    return DONE;
  };
  const viewOf = (id: TransferId) => list.rows.value.find((candidate) => candidate.id === id)?.view.value;
  const change = (id: TransferId, part: Partial<TransferView>) =>
    reply(() => {
      const view = viewOf(id);
      if (view !== undefined) apply({ type: 'changed', transfers: [{ ...view, ...part }], removed: [] });
    });
  const move = (id: TransferId, next: (state: TransferState) => TransferState) => {
    const view = viewOf(id);
    return view === undefined ? reply(() => {}) : change(id, { state: next(view.state) });
  };
  const add = async (text: string): ReturnType<Actions['add']> => {
    const known = list.rows.value.find((row) => text.includes(row.id));
    if (known !== undefined) return { ok: true, output: { id: known.id, wasThere: true, isStaged: false } };
    if (scene.isEngineGone || !/^magnet:|\.torrent$/u.test(text)) {
      return { ok: false, failure: { code: 'bad-link', text } };
    }
    const view = metadataView(-1 - list.rows.value.length, { name: text.slice(0, 80) });
    apply({ type: 'changed', transfers: [view], removed: [] });
    return { ok: true, output: { id: view.id, wasThere: false, isStaged: false } };
  };
  const addAll = async (urls: readonly string[]): ReturnType<Actions['addAll']> => {
    const replies = await Promise.all(urls.map(add));
    return { ok: true, output: { added: replies.flatMap((one) => (one.ok ? [one.output] : [])), leftOut: 0 } };
  };
  return {
    add,
    addAll,
    countPageLinks: async () => ({ ok: true, output: { count: scene.pageLinks ?? 0 } }),
    pageMedia: async () => ({ ok: true, output: { media: scene.pageMedia ?? [] } }),
    playPageMedia: async () => ({ ok: true, output: { id: null } }),
    addPageLinks: () => addAll(Array.from({ length: scene.pageLinks ?? 0 }, (_, at) => `magnet:?xt=urn:btih:${at}`)),
    addFile: (file) => add(file.name),
    pause: (id) => move(id, (state) => ({ phase: 'paused', resumeTo: underlyingState(state) })),
    resume: (id) => move(id, underlyingState),
    remove: (id) => reply(() => apply({ type: 'changed', transfers: [], removed: [id] })),
    setPolicy: (id, policy) => change(id, { policy }),
    setPatience: (id, patience) => change(id, { patience }),
    saveLog: () => reply(() => {}),
    open: () => reply(() => {}),
    show: () => reply(() => {}),
    openPublishPage: () => {},
    showAddSheet: () => undefined,
    setSettings: (change) => reply(() => apply({ type: 'settings', settings: { ...list.settings.value, ...change } })),
  };
}
