/** What a key asks of the player. */
export type KeyWish =
  | { readonly do: 'toggle' | 'mute' | 'fullscreen' | 'subtitles' | 'next' | 'previous' | 'help' }
  | { readonly do: 'seek'; readonly byS: number }
  | { readonly do: 'seek-part'; readonly part: number }
  | { readonly do: 'volume'; readonly by: number }
  | { readonly do: 'speed'; readonly steps: -1 | 1 };

export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
};

/**
 * What has the focus: `field` takes every key itself, `choice` (a slider, one of several) arrows and Space, `button`
 * Space and Enter, `page` scrolls with arrows, and `stage` none.
 */
export type KeyPlace = 'stage' | 'page' | 'button' | 'choice' | 'field';

const VOLUME_STEP = 0.05;
/** Keys that controls and scrolling pages have their own use for. */
const OWN_KEYS: Readonly<Record<KeyPlace, readonly string[]>> = {
  stage: [],
  page: ['ArrowUp', 'ArrowDown'],
  button: [' ', 'Enter'],
  choice: [' ', 'Enter', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'],
  field: [],
};

const WISHES: Readonly<Record<string, KeyWish>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  ArrowLeft: { do: 'seek', byS: -5 },
  ArrowRight: { do: 'seek', byS: 5 },
  j: { do: 'seek', byS: -10 },
  l: { do: 'seek', byS: 10 },
  ArrowUp: { do: 'volume', by: VOLUME_STEP },
  ArrowDown: { do: 'volume', by: -VOLUME_STEP },
  m: { do: 'mute' },
  f: { do: 'fullscreen' },
  c: { do: 'subtitles' },
  n: { do: 'next' },
  p: { do: 'previous' },
  '<': { do: 'speed', steps: -1 },
  '>': { do: 'speed', steps: 1 },
  '?': { do: 'help' },
};

/** What a key means where it was pressed; null when it is not the player's. Time runs to the right in every language. */
export function wishOfKey({ key, ctrlKey, altKey, metaKey }: KeyPress, place: KeyPlace): KeyWish | null {
  if (ctrlKey || altKey || metaKey || place === 'field' || OWN_KEYS[place].includes(key)) return null;
  if (/^\d$/.test(key)) return { do: 'seek-part', part: Number(key) / 10 };
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(WISHES, name) ? (WISHES[name] ?? null) : null;
}

/** Speeds that are offered, in order. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The next speed up or down from any speed. */
export function speedAfter(speed: number, steps: -1 | 1): number {
  const next = steps > 0 ? SPEEDS.find((one) => one > speed) : SPEEDS.findLast((one) => one < speed);
  return next ?? speed;
}
