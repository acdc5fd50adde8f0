import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { launchChromium } from '../test/support/gallery/launch-chromium.ts';
import { type Look, openScene } from '../test/support/gallery/open-scene.ts';
import { SCENES } from '../test/support/gallery/scenes.ts';
import { serveGallery } from '../test/support/gallery/serve-gallery.ts';

/*
 * Takes a picture of every screen in every state and checks each with axe-core (WCAG 2.2 AA).
 * npx tsx tools/gallery-screenshots.ts [--out /tmp/gallery] [--look accented,mirrored] [scene …]
 */
const LOOKS: Readonly<Record<string, Look>> = {
  light: { width: 400, height: 600, colorScheme: 'light' },
  dark: { width: 400, height: 600, colorScheme: 'dark' },
  narrow: { width: 320, height: 600, colorScheme: 'light' },
  large: { width: 1600, height: 900, colorScheme: 'light' },
  wide: { width: 1200, height: 800, colorScheme: 'light' },
  accented: { width: 400, height: 600, colorScheme: 'light', words: 'accented' },
  mirrored: { width: 400, height: 600, colorScheme: 'dark', words: 'mirrored' },
  german: { width: 400, height: 600, colorScheme: 'light', words: 'de' },
  french: { width: 320, height: 600, colorScheme: 'light', words: 'fr' },
  arabic: { width: 400, height: 600, colorScheme: 'light', words: 'ar' },
  forced: { width: 400, height: 600, colorScheme: 'dark', forcedColors: 'active' },
};
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const args = process.argv.slice(2);
const outAt = args.indexOf('--out');
const out = outAt < 0 ? '/tmp/gallery' : (args.splice(outAt, 2)[1] ?? '/tmp/gallery');
const lookAt = args.indexOf('--look');
const looks = lookAt < 0 ? Object.keys(LOOKS) : (args.splice(lookAt, 2)[1] ?? '').split(',');
const names = args.length > 0 ? args : Object.keys(SCENES);
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

await mkdir(out, { recursive: true });
const gallery = await serveGallery();
const browser = await launchChromium();
let faults = 0;
for (const name of names) {
  for (const [lookName, look] of Object.entries(LOOKS)) {
    if (!looks.includes(lookName) || !isWorthIt(name, lookName)) continue;
    const opened = await openScene(browser, gallery.url, name, sizeFor(name, look)).catch((reason) => {
      // A control whose name has a number or a language in it is not found in another language.
      console.log(`${name} ${lookName}: left out, ${String(reason).split('\n', 1)}`);
      faults += look.words === undefined ? 1 : 0;
      return null;
    });
    if (opened === null) continue;
    const { page, complaints } = opened;
    await page.screenshot({ path: path.join(out, `${name}.${lookName}.png`), fullPage: true });
    for (const complaint of [
      ...complaints,
      ...(await axe(page)),
      ...(await overflow(page)),
      ...(await clipped(page)),
    ]) {
      faults += 1;
      console.log(`${name} ${lookName}: ${complaint}`);
    }
    await page.close();
  }
}
await browser.close();
await gallery.close();
console.log(`${names.length} scenes in ${out}, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

/** Looks that change the layout or the colours of everything alike are taken of a few scenes only. */
function isWorthIt(name: string, lookName: string): boolean {
  if (lookName === 'wide') return ['store', 'empty', 'settings', 'welcome-set'].includes(name);
  if (name === 'manager-columns' && lookName === 'narrow') return false; // one column has no columns
  if (lookName === 'large') return name.startsWith('manager');
  if (lookName === 'forced')
    return [
      'busy',
      'waiting',
      'settings',
      'remove-finished',
      'empty',
      'welcome',
      'publish-no-ranges',
      'publish-copying',
      'manager',
      'manager-menu',
    ].includes(name);
  return true;
}

/** The welcome page is a tab, never a popup; the manager is a large one. */
function sizeFor(name: string, look: Look): Look {
  if (SCENES[name]?.screen === 'manager' && look.width === 400) return { ...look, width: 1280, height: 800 };
  return SCENES[name]?.screen !== 'popup' && look.width === 400 ? { ...look, width: 1000, height: 800 } : look;
}

/** What axe-core finds. It is evaluated by the debugger, which the page's policy does not bind. */
async function axe(page: Awaited<ReturnType<typeof openScene>>['page']): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (tags) => {
    type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] };
    type Axe = { run: (context: Document, options: object) => Promise<{ violations: Violation[] }> };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, {
      runOnly: { type: 'tag', values: tags },
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`,
    );
  }, TAGS);
}

/** A page that scrolls sideways is broken at that width (WCAG 1.4.10). */
async function overflow(page: Awaited<ReturnType<typeof openScene>>['page']): Promise<string[]> {
  const [wide, available] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  return (wide ?? 0) > (available ?? 0) ? [`is ${wide} px wide in ${available} px`] : [];
}

/** Words that have no room: what is cut off without being meant to, as names that end in "…" are. */
async function clipped(page: Awaited<ReturnType<typeof openScene>>['page']): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, label, summary, p, span, h1, h2, h3, h4, li, legend')]
      .filter((element) => {
        const { overflowX, textOverflow, position } = getComputedStyle(element);
        const isMeant = textOverflow === 'ellipsis' || position === 'absolute';
        return !isMeant && overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `cuts off “${element.textContent?.slice(0, 60)}”`),
  );
}
