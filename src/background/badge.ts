import { api } from '../platform/webext/api.ts';

const COLOUR = '#0b57d0';
const TEXT_COLOUR = '#ffffff';
/** Well below the 30 s after which the background may be stopped. */
const FLASH_MS = 3_000;

let restingText: string | null = null;
let flash: ReturnType<typeof setTimeout> | null = null;

/** Shows how many transfers run on the toolbar button; nothing when none does. */
export async function showRunning(transfers: number): Promise<void> {
  restingText = transfers > 0 ? String(transfers) : '';
  if (flash === null) await show(restingText);
}

/** Shows "+1" for some seconds, so that a click that opened no popup is seen to have done something. */
export async function flashAdded(): Promise<void> {
  // Null after the background was started anew: the browser remembers the badge better than we do.
  restingText ??= await api.action.getBadgeText({});
  if (flash !== null) clearTimeout(flash);
  flash = setTimeout(() => {
    flash = null;
    void show(restingText ?? '');
  }, FLASH_MS);
  await show('+1');
}

async function show(text: string): Promise<void> {
  await api.action.setBadgeBackgroundColor({ color: COLOUR });
  await api.action.setBadgeTextColor({ color: TEXT_COLOUR });
  await api.action.setBadgeText({ text });
}
