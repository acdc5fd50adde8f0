import './made-up-language.ts';
import { render } from 'preact';
import type { TotalsActions } from '../../../src/ui/totals/totals-actions.ts';
import { TotalsView } from '../../../src/ui/totals/totals-view.tsx';
import { TOTALS_SCENES } from './totals-scenes.ts';

/** Draws the totals that the address names: `totals.html?busy`. */
const scene = TOTALS_SCENES[location.search.slice(1)];
if (scene === undefined) throw new Error('the gallery has no such totals');
document.documentElement.dir = scene.isRightToLeft ? 'rtl' : 'ltr';
let { use } = scene;

const answer = async <T,>(output: T) =>
  scene.isEngineGone ? ({ ok: false, failure: { code: 'no-answer' } } as const) : ({ ok: true, output } as const);
const drop = (id: string) => {
  use = { ...use, transfers: use.transfers.filter((stored) => stored.id !== id) };
};

const actions: TotalsActions = {
  totals: () => answer(scene.totals),
  use: () => answer(use),
  clean: () => {
    const freedBytes = use.strays.bytes;
    use = { ...use, strays: { count: 0, bytes: 0 } };
    return answer({ freedBytes });
  },
  dropCopy: (id) => {
    drop(id);
    return answer({ dropped: true });
  },
  removeWithData: (id) => {
    drop(id);
    return answer(null);
  },
  exportState: () => answer({ text: '{}', withoutInfo: 0, leftOut: 0 }),
  importState: () => answer({ ok: true, added: 3, wereThere: 1, unreadable: 0 } as const),
  saveText: () => undefined,
};

render(
  <main class="view">
    <h1 class="only-spoken">Rivulet</h1>
    <TotalsView actions={actions} />
  </main>,
  document.querySelector('#app') as HTMLElement,
);
performance.mark('drawn');
