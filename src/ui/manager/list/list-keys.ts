import type { TransferId } from '../../../model/ids.ts';
import { isEditable } from '../is-editable.ts';
import type { ManagerModel } from '../manager-model.ts';
import { openRowMenu } from './row-menu.ts';
import { chooseAll, chooseNone, chooseOnly, moveTo, stretchTo, toggle } from './selection.ts';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** What a key asks of the list. */
export type KeyIntent =
  | {
      readonly to: 'go';
      readonly where: 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down';
      readonly how: GoHow;
    }
  | { readonly to: 'move'; readonly step: 'up' | 'down' }
  | { readonly to: Simple };
type Simple = 'toggle' | 'all' | 'none' | 'details' | 'remove' | 'menu' | 'search' | 'pause' | 'keys';
type GoHow = 'choose' | 'stretch' | 'leave';

const WHERE: Readonly<Record<string, (KeyIntent & { to: 'go' })['where']>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'page-up',
  PageDown: 'page-down',
};
const PLAIN: Readonly<Record<string, Simple>> = {
  ' ': 'toggle',
  Enter: 'details',
  Delete: 'remove',
  Escape: 'none',
};
/** Letters and signs: they hold wherever the focus is, save in fields. */
const ANYWHERE: Readonly<Record<string, Simple>> = {
  '/': 'search',
  p: 'pause',
  '?': 'keys',
};

/** @param isInList The focus is on the list, or nowhere. */
export function intentOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Key, isInList: boolean): KeyIntent | null {
  const isCtrl = ctrlKey || metaKey;
  const anywhere = ANYWHERE[key.length === 1 ? key.toLowerCase() : key];
  if (anywhere !== undefined && !isCtrl && !altKey) return { to: anywhere };
  if (!isInList) return null;
  if (altKey) {
    const step = { ArrowUp: 'up', ArrowDown: 'down' } as const;
    return !isCtrl && !shiftKey && (key === 'ArrowUp' || key === 'ArrowDown') ? { to: 'move', step: step[key] } : null;
  }
  const where = WHERE[key];
  if (where !== undefined) return { to: 'go', where, how: shiftKey ? 'stretch' : isCtrl ? 'leave' : 'choose' };
  if (key.toLowerCase() === 'a' && isCtrl && !shiftKey) return { to: 'all' };
  if (key === 'F10' && shiftKey) return { to: 'menu' };
  const plain = PLAIN[key];
  return plain !== undefined && (!isCtrl || key === ' ') && !shiftKey ? { to: plain } : null;
}

/** Listens on the whole document, so that keys work before anything was clicked. */
export function listKeys(event: KeyboardEvent, model: ManagerModel, isListShown: boolean): void {
  if (event.defaultPrevented || model.question.peek() !== null || model.menu.peek() !== null) return;
  if (isEditable(event.target)) return;
  const grid = document.getElementById('transfers');
  const isInList = event.target === grid || event.target === document.body;
  const intent = intentOf(event, isInList && isListShown);
  if (intent === null || (!isListShown && intent.to !== 'keys')) return;
  if (perform(intent, model)) event.preventDefault();
}

/** Tells whether the key did anything: else it stays the browser's. */
function perform(intent: KeyIntent, model: ManagerModel): boolean {
  const { list } = model;
  const selection = list.selection.peek();
  const chosen = [...selection.chosen];
  switch (intent.to) {
    case 'go':
      return go(intent, model);
    case 'move':
      model.moveInQueue(chosen, intent.step);
      return chosen.length > 0;
    case 'toggle':
      if (selection.current !== null) list.selection.value = toggle(selection, selection.current);
      return true;
    case 'all':
      list.selection.value = chooseAll(list.rows.peek(), selection);
      return true;
    case 'none':
      list.selection.value = chooseNone(selection);
      return true;
    case 'details':
      if (selection.current === null) return false;
      list.selection.value = chooseOnly(selection.current);
      model.showDetails();
      return true;
    case 'remove':
      if (chosen.length > 0) model.ask({ kind: 'remove', ids: chosen });
      return true;
    case 'menu':
      openRowMenu(model, null);
      return true;
    case 'pause':
      void model.toggle(chosen);
      return chosen.length > 0;
    case 'search': {
      const field = document.querySelector<HTMLInputElement>('#search');
      field?.focus();
      field?.select();
      return true;
    }
    case 'keys':
      model.ask({ kind: 'keys' });
      return true;
  }
}

function go({ where, how }: KeyIntent & { to: 'go' }, { list }: ManagerModel): boolean {
  const rows = list.rows.peek();
  const selection = list.selection.peek();
  const at = rows.findIndex(({ id }) => id === selection.current);
  const to = {
    up: at - 1,
    down: at + 1,
    first: 0,
    last: rows.length - 1,
    'page-up': at - list.pageRows,
    'page-down': at + list.pageRows,
  }[where];
  const id: TransferId | undefined = rows[Math.min(Math.max(to, 0), rows.length - 1)]?.id;
  if (id === undefined) return false;
  if (how === 'choose') list.selection.value = chooseOnly(id);
  else list.selection.value = how === 'stretch' ? stretchTo(selection, rows, id) : moveTo(selection, id);
  list.reveal(id);
  document.getElementById('transfers')?.focus();
  return true;
}
