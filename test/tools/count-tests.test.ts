import { expect, test } from 'vitest';
import { countTests } from '../../tools/count-tests.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((result) => ({ status: result })),
});

test.each([
  ['nothing ran', [], { passed: 0, failed: 0 }],
  ['all passed', [file('passed', 'passed', 'passed'), file('passed', 'passed')], { passed: 3, failed: 0 }],
  ['a test failed', [file('failed', 'passed', 'failed')], { passed: 1, failed: 1 }],
  ['skipped tests are neither', [file('passed', 'passed', 'skipped', 'todo')], { passed: 1, failed: 0 }],
  ['a file that cannot be loaded has no tests', [file('failed')], { passed: 0, failed: 1 }],
  ['a file whose clean-up fails after its tests passed', [file('failed', 'passed')], { passed: 1, failed: 1 }],
])('%s', (_name, testResults, expected) => {
  expect(countTests({ testResults })).toEqual(expected);
});
