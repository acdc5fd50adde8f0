import { expect, test } from 'vitest';
import { intentOf, type KeyIntent } from '../../../../src/ui/manager/list/list-keys.ts';

/** `Shift+ArrowUp` as an event has it. */
function press(keys: string) {
  const parts = keys.split('+');
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: has('Control'),
    metaKey: has('Meta'),
    shiftKey: has('Shift'),
    altKey: has('Alt'),
  };
}
const told = (intent: KeyIntent | null) => (intent === null ? 'nothing' : Object.values(intent).join(' '));

test.each([
  ['ArrowDown', 'go down choose'],
  ['ArrowUp', 'go up choose'],
  ['Home', 'go first choose'],
  ['End', 'go last choose'],
  ['PageDown', 'go page-down choose'],
  ['PageUp', 'go page-up choose'],
  ['Shift+ArrowDown', 'go down stretch'],
  ['Shift+End', 'go last stretch'],
  ['Control+ArrowDown', 'go down leave'],
  ['Control+Shift+Home', 'go first stretch'],
  ['Alt+ArrowUp', 'move up'],
  ['Alt+ArrowDown', 'move down'],
  ['Alt+ArrowLeft', 'nothing'],
  [' ', 'toggle'],
  ['Control+ ', 'toggle'],
  ['Enter', 'details'],
  ['Control+Enter', 'nothing'],
  ['Delete', 'remove'],
  ['Shift+Delete', 'nothing'],
  ['Escape', 'none'],
  ['Control+a', 'all'],
  ['Meta+a', 'all'],
  ['a', 'nothing'],
  ['Shift+F10', 'menu'],
  ['/', 'search'],
  ['?', 'keys'],
  ['Shift+?', 'keys'],
  ['p', 'pause'],
  ['Shift+P', 'pause'],
  ['Control+p', 'nothing'],
  ['Alt+p', 'nothing'],
  ['x', 'nothing'],
])('%s on the list asks for: %s', (keys, expected) => expect(told(intentOf(press(keys), true))).toBe(expected));

test.each([
  ['ArrowDown', 'nothing'],
  ['Enter', 'nothing'],
  [' ', 'nothing'],
  ['Delete', 'nothing'],
  ['Control+a', 'nothing'],
  ['/', 'search'],
  ['?', 'keys'],
  ['p', 'pause'],
])('%s elsewhere asks for: %s', (keys, expected) => expect(told(intentOf(press(keys), false))).toBe(expected));
