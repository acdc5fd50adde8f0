import { POLICIES } from '../../../model/policy.ts';
import type { TransferView } from '../../../model/transfer-view.ts';
import { controlsOf } from '../../controls.ts';
import { sayInManager } from '../../words/manager-words.ts';
import { POLICY_WORDS } from '../../words/policy-words.ts';
import type { ManagerModel } from '../manager-model.ts';
import type { MenuItem, OpenMenu } from '../menu-model.ts';
import type { QueueStep } from './queue-moves.ts';
import { rowElementId } from './table-row.tsx';

type At = OpenMenu['at'] | null;

const LINE: MenuItem = { kind: 'line' };
const QUEUE_STEPS: readonly QueueStep[] = ['top', 'up', 'down', 'bottom'];
const QUEUE_KEYS: Partial<Record<QueueStep, string>> = { up: 'Alt ↑', down: 'Alt ↓' };

/** Opens the menu of everything that can be done with what is chosen; at the active row when no place is given. */
export function openRowMenu(model: ManagerModel, at: At): void {
  const views = chosenViews(model);
  if (views.length > 0) open(model, 'more', rowMenuItems(model, views), at);
}

export function openPolicyMenu(model: ManagerModel, at: At): void {
  open(model, 'policy', policyItems(model, chosenViews(model)), at);
}

export function openQueueMenu(model: ManagerModel, at: At): void {
  open(model, 'queue', queueItems(model, chosenViews(model)), at);
}

/** Everything that makes sense for these. */
export function rowMenuItems(model: ManagerModel, views: readonly TransferView[]): readonly MenuItem[] {
  const ids = views.map(({ id }) => id);
  const toggles = views.map((view) => controlsOf(view).toggle);
  const [only] = views;
  const isOne = views.length === 1 && only !== undefined;
  const isSaved = isOne && only.saved !== null;
  const isQueued = views.some(({ queuePlace }) => queuePlace !== null);
  const say = sayInManager;
  return trimmed([
    ...(isSaved ? [item(say('open'), () => model.open(only.id), { icon: 'open' })] : []),
    ...(isSaved ? [item(say('show'), () => model.show(only.id), { icon: 'folder' })] : []),
    ...(isOne && only.playable !== null ? [item(say('play'), () => model.play(only.id), { icon: 'resume' })] : []),
    ...(isOne ? [item(say('details'), () => model.showDetails(), { icon: 'inform', keys: '↵' })] : []),
    LINE,
    ...(toggles.includes('pause') ? [item(say('pause'), () => model.pause(ids), { icon: 'pause', keys: 'P' })] : []),
    ...(toggles.includes('resume')
      ? [
          item(say('resume'), () => model.resume(ids), {
            icon: 'resume',
            ...(toggles.includes('pause') ? {} : { keys: 'P' }),
          }),
        ]
      : []),
    ...(views.some(({ isWaiting }) => isWaiting)
      ? [item(say('startNow'), () => model.startNow(ids), { icon: 'first' })]
      : []),
    ...(isQueued ? [item(say('queueMore'), () => openQueueMenu(model, model.menuAt), { icon: 'list' })] : []),
    item(say('policyMore'), () => openPolicyMenu(model, model.menuAt), { icon: 'settings' }),
    item(say('labelMore'), () => model.ask({ kind: 'label', ids }), { icon: 'label' }),
    LINE,
    item(say('magnet'), () => model.copyMagnets(ids), { icon: 'link' }),
    item(say('torrent'), () => model.saveTorrents(ids), { icon: 'drop' }),
    LINE,
    item(say('removeMore'), () => model.ask({ kind: 'remove', ids }), { icon: 'bin', keys: 'Del', isDanger: true }),
  ]);
}

function policyItems(model: ManagerModel, views: readonly TransferView[]): readonly MenuItem[] {
  const ids = views.map(({ id }) => id);
  return POLICIES.map((policy) =>
    item(POLICY_WORDS[policy].name, () => model.setPolicy(ids, policy), {
      isChecked: views.every((view) => view.policy === policy),
    }),
  );
}

function queueItems(model: ManagerModel, views: readonly TransferView[]): readonly MenuItem[] {
  const ids = views.map(({ id }) => id);
  return QUEUE_STEPS.map((step) => {
    const keys = QUEUE_KEYS[step];
    return item(sayInManager(`queue_${step}`), () => model.moveInQueue(ids, step), keys === undefined ? {} : { keys });
  });
}

function open(model: ManagerModel, label: 'more' | 'policy' | 'queue', items: readonly MenuItem[], at: At): void {
  const grid = document.querySelector<HTMLElement>('#transfers');
  const { current } = model.list.selection.peek();
  const row = current === null ? null : document.getElementById(rowElementId(current));
  const box = (row ?? grid)?.getBoundingClientRect();
  const isMirrored = document.documentElement.dir === 'rtl';
  const edge = box === undefined ? 0 : isMirrored ? Math.min(box.right, innerWidth) - 48 : Math.max(box.left, 0) + 48;
  model.menuAt = at ?? { x: edge, y: box?.bottom ?? 0 };
  model.menu.value = { label: sayInManager(label), items, at: model.menuAt, returnTo: grid };
}

const chosenViews = (model: ManagerModel): readonly TransferView[] =>
  model.viewsOf([...model.list.selection.peek().chosen]);

const item = (
  label: string,
  act: () => unknown,
  more: Partial<Omit<MenuItem & { kind: 'item' }, 'kind' | 'label' | 'act'>> = {},
): MenuItem => ({ kind: 'item', label, act: () => void act(), ...more });

/** Without lines at the ends, and without two in a row. */
const trimmed = (items: readonly MenuItem[]): readonly MenuItem[] =>
  items.filter((one, at) => one.kind !== 'line' || (at > 0 && at < items.length - 1 && items[at - 1]?.kind !== 'line'));
