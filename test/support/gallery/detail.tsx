import './made-up-language.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import type { FileIndex } from '../../../src/model/ids.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import type { ActionReply } from '../../../src/ui/actions.ts';
import type { DetailActions } from '../../../src/ui/detail/detail-actions.ts';
import { TransferDetail } from '../../../src/ui/detail/transfer-detail.tsx';
import { DETAIL_SCENES } from './detail-scenes.ts';
import type { DetailWorld } from './detail-world.ts';

/** Draws the detail that the address names: `detail.html?pieces`. */
const scene = DETAIL_SCENES[location.search.slice(1)];
if (scene === undefined) throw new Error('the gallery has no such detail');
document.documentElement.dir = scene.isRightToLeft ? 'rtl' : 'ltr';
const transfer = signal<TransferView>(scene.view);
const announced = signal('');
let world: DetailWorld = scene.world;

const NOTHING_DONE: ActionReply<null> = { ok: true, output: null };
const DONE = async () => (scene.isEngineGone ? NO_ANSWER : NOTHING_DONE);
const NO_ANSWER = { ok: false, failure: { code: 'no-answer' } } as const;
const change = async (part: Partial<TransferView>) => {
  if (!scene.isEngineGone) transfer.value = { ...transfer.value, ...part };
  return DONE();
};

const actions: DetailActions = {
  pause: DONE,
  resume: DONE,
  startNow: DONE,
  setPolicy: (_id, policy) => change({ policy }),
  setPatience: (_id, patience) => change({ patience }),
  setLimits: (_id, limits) => change({ limits }),
  setLabel: (_id, label) => change({ label }),
  open: DONE,
  show: DONE,
  saveLog: DONE,
  details: async (_id, parts) => {
    if (scene.isEngineGone) return NO_ANSWER;
    const told = Object.entries(world.details).filter(([part]) => (parts as readonly string[]).includes(part));
    return { ok: true, output: { details: Object.fromEntries(told) } };
  },
  files: async () => (scene.isEngineGone ? NO_ANSWER : { ok: true, output: { files: world.files } }),
  setFiles: async (_id, wishes) => {
    const wished = new Map(wishes.flatMap(({ files, priority }) => files.map((file) => [file, priority] as const)));
    const files = world.files?.map((file) => ({ ...file, priority: wished.get(file.index) ?? file.priority })) ?? null;
    world = { ...world, files };
    return { ok: true, output: { taken: true } };
  },
  saveFile: async (_id, saved: FileIndex) => {
    const files = world.files?.map((file) => (file.index === saved ? { ...file, isSaved: true, downloadId: 9 } : file));
    world = { ...world, files: files ?? null };
    return { ok: true, output: { isSaved: true } };
  },
  addSources: async () => ({ ok: true, output: { taken: true } }),
  removeSource: DONE,
  recheck: async () => ({ ok: true, output: { outcome: 'checking' } }),
  keepCopy: (_id, keepsCopy) => change({ keepsCopy }),
  dropCopy: async () => ({ ok: true, output: { dropped: true } }),
  reseed: async ({ tell }) => {
    tell({ doneBytes: 1, ofBytes: 2 });
    return { code: 'taken', pieces: 1_145, piecesHere: 900, piecesPut: 310, changed: ['poster.jpg'], missing: [] };
  },
  play: () => undefined,
  copyText: async () => true,
  saveText: () => undefined,
  openSettings: () => undefined,
  openStorage: () => undefined,
};

render(
  <main>
    <h1 class="only-spoken">Rivulet</h1>
    <h2 dir="auto">{scene.view.name}</h2>
    <div class="detail-body">
      <TransferDetail
        transfer={transfer}
        actions={actions}
        announce={(words) => {
          announced.value = words;
        }}
      />
    </div>
    <p class="only-spoken" aria-live="polite">
      {announced}
    </p>
  </main>,
  document.querySelector('#app') as HTMLElement,
);
performance.mark('drawn');

// Tests play the engine through this.
Object.assign(globalThis, {
  tell: (next: Partial<DetailWorld>) => {
    world = { ...world, ...next, details: { ...world.details, ...next.details } };
  },
});
