import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

const REAL_BROWSERS = ['test/e2e/**/*.test.ts', 'test/support/*.test.ts', 'test/ui/**/*-in-browser.test.ts'];

// `unit` needs nothing but Node; `e2e` starts real browsers, two files at a time: they wait for each other more than for
// the processor. `npx vitest run --project unit`, `npx vitest run --project e2e test/e2e/sources.test.ts`.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: REAL_BROWSERS,
          // Of two cores Vitest would use one.
          maxWorkers: '100%',
          // Nothing here sleeps; a machine with other work can still be six times slower than usual.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: REAL_BROWSERS,
          globalSetup: ['test/e2e/build-extension.ts', 'test/e2e/warm-firefox.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
