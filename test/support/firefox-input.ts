import type { ClickOptions } from './browser-driver.ts';
import { type Marionette, MarionetteError } from './marionette.ts';
import { waitUntil } from './wait-until.ts';

/** The member of a WebDriver element reference that holds its ID. @see https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
type ElementReference = { readonly [ELEMENT]: string };

const BUTTONS = { left: 0, middle: 1, right: 2 } as const;

/** @see https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};

/** What passes by itself while a page is being drawn. */
const NOT_YET = new Set([
  'no such element',
  'stale element reference',
  'element not interactable',
  'element click intercepted',
]);

/** Clicks as a user would: at the middle of the element, once it can be seen and reached. */
export async function clickElement(marionette: Marionette, css: string): Promise<void> {
  await withElement(marionette, css, ({ [ELEMENT]: id }) => marionette.send('WebDriver:ElementClick', { id }));
}

/** Clicks with modifier keys held, or with another button. */
export async function clickElementWith(marionette: Marionette, css: string, options: ClickOptions): Promise<void> {
  const { modifiers = [], button = 'left' } = options;
  const keys = modifiers.map(keyValue);
  await withElement(marionette, css, async (origin) => {
    const script = 'arguments[0].scrollIntoView({ block: "center" })';
    await marionette.send('WebDriver:ExecuteScript', { script, args: [origin] });
    // One tick holds one action of each device, hence the pauses.
    const pauses = (count: number) => Array.from({ length: count }, () => ({ type: 'pause' }));
    const keyActions = [
      ...keys.map((value) => ({ type: 'keyDown', value })),
      ...pauses(3),
      ...keys.map((value) => ({ type: 'keyUp', value })),
    ];
    const pointerActions = [
      ...pauses(keys.length),
      { type: 'pointerMove', origin, x: 0, y: 0 },
      { type: 'pointerDown', button: BUTTONS[button] },
      { type: 'pointerUp', button: BUTTONS[button] },
    ];
    await marionette.send('WebDriver:PerformActions', {
      actions: [
        { type: 'key', id: 'keyboard', actions: keyActions },
        { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: pointerActions },
      ],
    });
  });
}

/** Empties a field and types into it. */
export async function fillElement(marionette: Marionette, css: string, text: string): Promise<void> {
  await withElement(marionette, css, async ({ [ELEMENT]: id }) => {
    await marionette.send('WebDriver:ElementClear', { id });
    await marionette.send('WebDriver:ElementSendKeys', { id, text });
  });
}

/** Gives a file to `<input type=file>`, which may be hidden. */
export async function chooseFileIn(marionette: Marionette, css: string, file: string): Promise<void> {
  await withElement(marionette, css, ({ [ELEMENT]: id }) =>
    marionette.send('WebDriver:ElementSendKeys', { id, text: file }),
  );
}

/** Presses a key, or several held together such as `Shift+Tab`, in the element that has the focus. */
export async function pressKey(marionette: Marionette, key: string): Promise<void> {
  const values = key.split('+').map(keyValue);
  const down = values.map((value) => ({ type: 'keyDown', value }));
  const up = values.toReversed().map((value) => ({ type: 'keyUp', value }));
  const actions = [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }];
  await marionette.send('WebDriver:PerformActions', { actions });
}

async function withElement<T>(
  marionette: Marionette,
  css: string,
  use: (element: ElementReference) => Promise<T>,
): Promise<void> {
  const outcome = await waitUntil(
    async () => {
      try {
        const using = { using: 'css selector', value: css };
        await use(await marionette.send<ElementReference>('WebDriver:FindElement', using));
        return { done: true } as const;
      } catch (error) {
        if (error instanceof MarionetteError && NOT_YET.has(error.code)) throw error;
        return { done: false, error } as const;
      }
    },
    { what: `the element ${css}` },
  );
  if (!outcome.done) throw outcome.error;
}

function keyValue(key: string): string {
  const value = KEYS[key] ?? key;
  if ([...value].length !== 1) throw new Error(`no such key: ${key}`);
  return value;
}
