import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { manifestFor } from '../../tools/manifest-for.ts';
import { writeLocales } from '../../tools/write-locales.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rivulet-locales-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the parts of each language become one file that browsers read', async () => {
  for (const [language, text] of [
    ['en', 'Add'],
    ['zh_CN', '添加'],
  ] as const) {
    mkdirSync(join(folder, 'from', language), { recursive: true });
    writeFileSync(join(folder, 'from', language, 'popup.json'), JSON.stringify({ add: text }));
    writeFileSync(join(folder, 'from', language, 'settings-page.json'), JSON.stringify({ cost: '$1' }));
  }
  await writeLocales(join(folder, 'from'), join(folder, 'to'));
  const read = (language: string) => JSON.parse(readFileSync(join(folder, 'to', language, 'messages.json'), 'utf8'));
  expect(read('en')).toEqual({ popup_add: { message: 'Add' }, settings_page_cost: { message: '$$1' } });
  expect(read('zh_CN').popup_add).toEqual({ message: '添加' });
});

test('every text that a manifest names is there in English', () => {
  const source = JSON.parse(readFileSync('manifest.json', 'utf8'));
  const texts = JSON.parse(readFileSync('src/_locales/en/extension.json', 'utf8'));
  for (const browser of ['chrome', 'firefox'] as const) {
    const manifest = JSON.stringify(manifestFor(browser, source));
    const named = [...manifest.matchAll(/__MSG_extension_(\w+?)__/g)].map(([, key]) => key ?? '');
    expect(named).toContain('description');
    expect(named.filter((key) => !(key in texts))).toEqual([]);
    expect(manifest.match(/__MSG_(?!extension_)/)).toBeNull();
    expect(manifestFor(browser, source).default_locale).toBe('en');
  }
});
