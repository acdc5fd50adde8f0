import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../../src/model/settings.ts';
import { messagesOf, type Parts, textsOfMessages } from '../../../src/words/messages.ts';
import { accentedParts, englishParts, mirroredParts, partsOf } from '../pseudo-language.ts';
import type { MadeUpLanguage } from './made-up-language.ts';
import { SCENES, type Step } from './scenes.ts';

export type Look = {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  readonly forcedColors?: 'active';
  /** A language; or English letters with accents and longer words, or letters that run from right to left. */
  readonly words?: Language | 'accented' | 'mirrored';
};

/** Opens a scene, does what its user does, and collects what the browser complains about, such as its policy. */
export async function openScene(browser: Browser, galleryUrl: string, name: string, look: Look) {
  const scene = SCENES[name];
  if (scene === undefined) throw new Error(`the gallery has no scene ${name}`);
  const { page, complaints } = await newPage(browser, look);
  const words = madeUp(look.words);
  await page.addInitScript((given) => {
    if (given !== null) Object.assign(globalThis, { madeUpLanguage: given });
  }, words);
  const said = saidAs(words);
  await page.goto(`${galleryUrl}${scene.screen}.html?${name}`);
  await page.locator('main').waitFor();
  for (const step of scene.does) await doStep(page, step, said);
  return { page, complaints };
}

/** A page of that look, and what it complains about from now on. */
export async function newPage(
  browser: Browser,
  { width, height, colorScheme, forcedColors }: Look,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme,
    forcedColors: forcedColors ?? 'none',
    reducedMotion: 'reduce',
    deviceScaleFactor: 2,
    bypassCSP: false,
  });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** German and Arabic stand for all languages of their kind. */
function madeUp(words: Look['words']): MadeUpLanguage | null {
  if (words === undefined) return null;
  const texts = (parts: Parts) => [...textsOfMessages(messagesOf(parts))];
  if (words === 'accented') return { language: 'de', texts: texts(accentedParts()) };
  if (words === 'mirrored') return { language: 'ar', texts: texts(mirroredParts()) };
  return { language: words, texts: texts(partsOf(words)) };
}

/** The name of a control in the made-up language. */
function saidAs(words: MadeUpLanguage | null): (english: string) => string {
  if (words === null) return (text) => text;
  const texts = new Map(words.texts);
  const names = new Map(
    [...textsOfMessages(messagesOf(englishParts()))].map(([name, text]) => [text, texts.get(name)]),
  );
  return (text) => names.get(text) ?? text;
}

async function doStep(page: Page, step: Step, said: (english: string) => string): Promise<void> {
  if ('click' in step) {
    const named = (role: 'button' | 'radio' | 'row' | 'menuitem') =>
      page.getByRole(role, { name: said(step.click), exact: true });
    const summary = page.locator('summary').filter({ hasText: said(step.click) });
    await named('button').or(named('radio')).or(named('row')).or(named('menuitem')).or(summary).first().click();
  } else if ('choose' in step) {
    await page.getByRole('radio', { name: said(step.choose), exact: true }).check();
  } else if ('type' in step) {
    const named = (role: 'textbox' | 'searchbox') => page.getByRole(role, { name: said(step.into), exact: true });
    await named('textbox').or(named('searchbox')).fill(step.type);
  } else if ('focus' in step) {
    const button = page.getByRole('button', { name: said(step.focus), exact: true }).first();
    await button.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
  } else if ('press' in step) {
    await page.keyboard.press(step.press);
  } else if ('drop' in step) {
    await dropFiles(page, step.drop);
  } else {
    await page.evaluate(() => {
      document.dispatchEvent(
        new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() }),
      );
    });
  }
}

/** Drags files over the page, and drops them unless there are none. */
async function dropFiles(page: Page, files: Readonly<Record<string, number>>): Promise<void> {
  await page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    const entries = Object.entries(files);
    for (const [name, size] of entries) dataTransfer.items.add(new File([new Uint8Array(size)], name));
    if (entries.length === 0) dataTransfer.items.add(new File([], 'over'));
    for (const type of ['dragover', ...(entries.length === 0 ? [] : ['drop'])]) {
      document.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    }
  }, files);
}
