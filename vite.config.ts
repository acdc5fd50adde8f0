import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type InlineConfig, type Plugin } from 'vite';

export type Browser = 'chrome' | 'firefox';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Puts pages at the root of the build, where the manifest and the world outside know them. */
const pagesAtRoot: Plugin = {
  name: 'pages-at-root',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.fileName.endsWith('.html')) file.fileName = basename(file.fileName);
  },
};

/**
 * Has each page name all scripts that its own script imports, so that the browser need not find them one after another.
 * Vite's own way to do this puts code for it around imports in the background too.
 */
const scriptsNamed: Plugin = {
  name: 'scripts-named',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { chunk, bundle = {} }) => {
      const named = new Set<string>();
      const name = (fileName: string): void => {
        const file = bundle[fileName];
        if (named.has(fileName) || file?.type !== 'chunk') return;
        named.add(fileName);
        file.imports.forEach(name);
      };
      chunk?.imports.forEach(name);
      return [...named].map((fileName) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` },
        injectTo: 'head',
      }));
    },
  },
};

/** Preact can set markup (`dangerouslySetInnerHTML`). Nothing here does, and what is built cannot: it sets text. */
const noMarkup: Plugin = {
  name: 'no-markup',
  transform: (code, id) =>
    id.includes('/node_modules/preact/') ? code.replaceAll('.innerHTML', '.textContent') : null,
};

/** What both builds of a browser share. */
function common(browser: Browser): InlineConfig {
  return {
    root: path('src'),
    base: '/',
    publicDir: path('public'),
    configFile: false,
    logLevel: 'warn',
    resolve: {
      alias: {
        '#webext/host-link': path(`src/platform/webext/host-link.${browser}.ts`),
        // Node's modules that webtorrent's own code still names in a browser.
        path: 'path-esm',
        // Never used (the store is ours); on import it would empty a directory of the origin-private file system.
        'fs-chunk-store': 'memory-chunk-store',
        'fsa-chunk-store': 'memory-chunk-store',
      },
    },
    define: { global: 'globalThis', 'process.browser': 'true', 'process.env.NODE_ENV': '"production"' },
  };
}

const output = (browser: Browser, outRoot: string) => ({
  outDir: resolve(outRoot, browser),
  target: ['chrome140', 'firefox142'],
  modulePreload: false as const,
  reportCompressedSize: false,
  // The engine with webtorrent in it has 500 kB, read from the disk once when a browser starts. What doubles that tells.
  chunkSizeWarningLimit: 700,
});

/** Pages, background, engine host and Worker of one browser: modules that share chunks. */
export function extensionConfig(browser: Browser, outRoot: string): InlineConfig {
  // In Chrome the engine host is a page of its own (offscreen); in Firefox it runs in the background's event page.
  const host = browser === 'chrome' ? 'src/engine-host/engine-host.html' : 'src/engine-host/main.ts';
  return {
    ...common(browser),
    plugins: [pagesAtRoot, scriptsNamed, noMarkup],
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/[name].js' } } },
    build: {
      ...output(browser, outRoot),
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          background: path('src/background/main.ts'),
          'engine-host': path(host),
          popup: path('src/popup/popup.html'),
          welcome: path('src/welcome/welcome.html'),
          publish: path('src/publish-page/publish.html'),
          add: path('src/add/add.html'),
          player: path('src/player/player.html'),
          manager: path('src/manager/manager.html'),
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'assets/[name].js',
          assetFileNames: 'assets/[name][extname]',
        },
      },
    },
  };
}

/** The content script: one classic script, because pages load no modules for extensions. */
export function contentConfig(browser: Browser, outRoot: string): InlineConfig {
  return {
    ...common(browser),
    publicDir: false,
    build: {
      ...output(browser, outRoot),
      emptyOutDir: false,
      lib: { entry: path('src/content/main.ts'), formats: ['iife'], name: 'rivulet', fileName: () => 'content.js' },
    },
  };
}

/** The programs of publishers, for Node: bundles of our own code; packages stay packages. */
export function nodeConfig(outRoot: string): InlineConfig {
  return {
    root: path('src'),
    publicDir: false,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: resolve(outRoot, 'node'),
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          publish: path('src/publish/main.ts'),
          'hash-worker': path('src/publish/hash-worker.ts'),
          edge: path('src/edge/main.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  };
}

/** The page that an edge shows to its publisher, as files that the edge serves. */
export function dashboardConfig(outRoot: string): InlineConfig {
  return {
    root: path('src/dashboard'),
    base: './',
    publicDir: false,
    configFile: false,
    logLevel: 'warn',
    plugins: [noMarkup],
    build: {
      outDir: resolve(outRoot, 'node/dashboard'),
      emptyOutDir: true,
      // The page's policy allows files of the edge alone, and no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: path('src/dashboard/index.html'),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  };
}

export default defineConfig(extensionConfig('chrome', 'dist'));
