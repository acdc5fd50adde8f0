import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchChromium } from '../test/support/gallery/launch-chromium.ts';

/*
 * Renders the drawings in public/icons into the sizes that the manifest names, with a transparent ground. The smallest
 * has a drawing of its own, whose gap between the streams is one whole pixel.
 * npx tsx tools/render-icons.ts
 */
const SIZES_PX = [16, 32, 48, 128] as const;
/** Stores want air around the large icon (96 of 128 px); in a toolbar every pixel is needed. */
const MARGIN_PX: Readonly<Record<number, number>> = { 48: 2, 128: 12 };

const icons = path.join(import.meta.dirname, '../public/icons');
const browser = await launchChromium();
const page = await browser.newPage();
for (const sizePx of SIZES_PX) {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(await readFile(path.join(icons, sizePx === 16 ? 'rivulet-16.svg' : 'rivulet.svg'), 'utf8'));
  await page.addStyleTag({
    content: `body { margin: 0 } svg { display: block; box-sizing: border-box; width: ${sizePx}px; height: ${sizePx}px; padding: ${MARGIN_PX[sizePx] ?? 0}px }`,
  });
  await page.screenshot({ path: path.join(icons, `${sizePx}.png`), omitBackground: true });
}
await browser.close();
