import type { BrowserDriver, Tab } from '../browser-driver.ts';
import type { Step } from './scenes.ts';

/** What a user does in a scene, in either browser: with the page's own events, since only what it leads to is looked at. */
export async function actInPage(browser: BrowserDriver, tab: Tab, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await browser.waitFor(tab, tryStep, {}, step);
}

/** Runs in the page. False: what the step needs is not there yet. */
function tryStep(step: Step): boolean {
  const nameOf = (control: HTMLElement): string => {
    const ids = (control.getAttribute('aria-labelledby') ?? '').split(' ').filter((id) => id !== '');
    const labels = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const label = (control as HTMLInputElement).labels?.[0]?.textContent;
    return (labels || control.getAttribute('aria-label') || label || control.textContent || '').trim();
  };
  const find = (css: string, name: string) =>
    [...document.querySelectorAll<HTMLElement>(css)].find((control) => nameOf(control) === name);
  const drag = (type: string, files: readonly File[]) => {
    const dataTransfer = new DataTransfer();
    for (const file of files) dataTransfer.items.add(file);
    document.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  };

  if ('press' in step) {
    const [key = '', ...modifiers] = step.press.split('+').toReversed();
    const held = { shiftKey: modifiers.includes('Shift'), ctrlKey: modifiers.includes('Control') };
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, ...held, bubbles: true, cancelable: true }));
    if (key === 'Enter' && target instanceof HTMLInputElement) target.form?.requestSubmit();
    return true;
  }
  if ('type' in step) {
    const field = find('input, textarea', step.into) as HTMLInputElement | undefined;
    if (field === undefined) return false;
    field.focus();
    field.value = step.type;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }
  if ('drop' in step) {
    const files = Object.entries(step.drop).map(([name, size]) => new File([new Uint8Array(size)], name));
    drag('dragover', [new File([], 'over')]);
    if (files.length > 0) drag('drop', files);
    return true;
  }
  if ('dragOver' in step) {
    drag('dragover', []);
    return true;
  }
  const name = 'click' in step ? step.click : 'choose' in step ? step.choose : step.focus;
  const control = find('button, a, summary, input, [role="row"], [role="menuitem"], [role="tab"]', name);
  control?.focus();
  if (!('focus' in step)) control?.click();
  return control !== undefined;
}
