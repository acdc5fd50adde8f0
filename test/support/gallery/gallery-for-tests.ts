import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from './launch-chromium.ts';
import { type Look, newPage, openScene } from './open-scene.ts';
import { type Gallery, serveGallery } from './serve-gallery.ts';

/** Made-up states of the screens for the tests of one file. A page about which the browser complains fails its test. */
export type GalleryForTests = {
  /** A scene of the gallery, after what its user does in it. */
  readonly open: (scene: string, look: Look) => Promise<Page>;
  /** Any page of the gallery by its path. */
  readonly openPath: (path: string, look: Look) => Promise<Page>;
};

const START_LIMIT_MS = 120_000;

/** Serves the gallery to one Chromium from before the first test to after the last one. */
export function galleryForTests(): GalleryForTests {
  let gallery: Gallery;
  let browser: Browser;
  let opened: { readonly page: Page; readonly complaints: readonly string[] } | null = null;

  beforeAll(async () => {
    gallery = await serveGallery();
    browser = await launchChromium();
  }, START_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await gallery?.close();
  });
  afterEach(async () => {
    const last = opened;
    opened = null;
    expect(last?.complaints ?? []).toEqual([]);
    await last?.page.close();
  });

  return {
    open: async (scene, look) => {
      opened = await openScene(browser, gallery.url, scene, look);
      return opened.page;
    },
    openPath: async (path, look) => {
      opened = await newPage(browser, look);
      await opened.page.goto(`${gallery.url}${path}`);
      await opened.page.locator('main').waitFor();
      return opened.page;
    },
  };
}
