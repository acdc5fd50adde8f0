import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSteps } from './check-steps.ts';
import { ensurePostgres } from './ensure-test-programs.ts';
import { runStep } from './run-steps.ts';

/*
 * npm run check
 * Format, lint, types, unit tests and both builds. It stops at the first step that fails.
 */
await ensurePostgres();
const reportDir = await mkdtemp(join(tmpdir(), 'rivulet-check-'));
for (const step of checkSteps(reportDir)) {
  if (await runStep(step)) continue;
  process.exitCode = 1;
  break;
}
await rm(reportDir, { recursive: true, force: true });
