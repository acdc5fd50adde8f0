import { join } from 'node:path';
import type { Step } from './run-steps.ts';

/** The step that leaves both extensions and the programs for Node in `dist`. */
export const BUILDS = 'builds';

/** Everything that holds without a browser, quick things first. Results of the unit tests go into `reportDir`. */
export const checkSteps = (reportDir: string): readonly Step[] => [
  { name: 'format and lint', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'types', command: 'tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'types of the engine', command: 'tsc', args: ['--noEmit', '-p', 'src/engine/tsconfig.json'] },
  testStep('unit', reportDir),
  { name: BUILDS, command: 'tsx', args: ['tools/build.ts'] },
  {
    name: 'lint of the Firefox build',
    command: 'web-ext',
    args: ['lint', '-s', 'dist/firefox', '--no-config-discovery', '--warnings-as-errors'],
  },
];

/** The tests of one Vitest project; their results are written to {@link reportOf}. */
export const testStep = (project: 'unit' | 'e2e', reportDir: string): Step => ({
  name: `${project} tests`,
  // Some minutes at leisure; a machine with other work is slower, and then the tests still say what they found.
  limitS: 2_400,
  command: 'vitest',
  args: [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(project, reportDir)}`,
  ],
});

export const reportOf = (project: 'unit' | 'e2e', reportDir: string): string => join(reportDir, `${project}.json`);
