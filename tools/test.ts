import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILDS, checkSteps, reportOf, testStep } from './check-steps.ts';
import { countTests } from './count-tests.ts';
import { ensureBrowsers } from './ensure-browsers.ts';
import { ensureTestPrograms } from './ensure-test-programs.ts';
import { runStep } from './run-steps.ts';

/*
 * npm test
 * Brings the browsers and the other programs that tests start, then does everything of `npm run check` and the end-to-end tests. It goes on after a step that
 * fails, so that one run tells all. The last line counts the tests.
 */
const reportDir = await mkdtemp(join(tmpdir(), 'rivulet-test-'));
const failedSteps: string[] = [];
try {
  await ensureBrowsers(['chromium', 'firefox']);
  await ensureTestPrograms();
  for (const step of checkSteps(reportDir)) {
    if (!(await runStep(step))) failedSteps.push(step.name);
  }
  const isBuilt = !failedSteps.includes(BUILDS);
  const inBrowsers = testStep('e2e', reportDir);
  const step = isBuilt ? { ...inBrowsers, env: { RIVULET_IS_BUILT: 'yes' } } : inBrowsers;
  if (!(await runStep(step))) failedSteps.push(step.name);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failedSteps.push('programs that tests need');
}
const counts = [await countOf('unit'), await countOf('e2e')];
await rm(reportDir, { recursive: true, force: true });
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
if (failedSteps.length > 0) console.log(`Failed: ${failedSteps.join(', ')}.`);
if (passed + failed === 0) console.log('No test ran.');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failedSteps.length === 0 && failed === 0 && passed > 0 ? 0 : 1;

/** A run that ended before it could write its report has no test to count; its step has failed. */
async function countOf(project: 'unit' | 'e2e'): Promise<{ readonly passed: number; readonly failed: number }> {
  const report = await readFile(reportOf(project, reportDir), 'utf8').catch(() => null);
  return report === null ? { passed: 0, failed: 0 } : countTests(JSON.parse(report));
}
