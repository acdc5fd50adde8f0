import { cpSync } from 'node:fs';
import { build } from 'vite';

/** Copies a built extension and adds a page to it that offers files to a transfer; for tests alone. */
export async function buildOwnFilesPage(extensionDir: string, outDir: string): Promise<void> {
  cpSync(extensionDir, outDir, { recursive: true });
  const names = 'own-files/[name].js';
  await build({
    root: import.meta.dirname,
    base: '/',
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: names, chunkFileNames: names } } },
    build: {
      outDir,
      emptyOutDir: false,
      target: ['chrome140', 'firefox142'],
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: `${import.meta.dirname}/own-files.html`,
        output: { entryFileNames: names, chunkFileNames: names },
      },
    },
  });
}
