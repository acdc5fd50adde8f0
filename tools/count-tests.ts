/** What Vitest's JSON reporter writes, as far as it counts here. @see https://vitest.dev/guide/reporters#json-reporter */
export type VitestReport = {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type TestCount = { readonly passed: number; readonly failed: number };

/** Counts tests that passed and failed. A file that failed as a whole, before any test of it did, counts as one. */
export function countTests({ testResults }: VitestReport): TestCount {
  let [passed, failed] = [0, 0];
  for (const { status, assertionResults } of testResults) {
    const failedHere = assertionResults.filter((test) => test.status === 'failed').length;
    passed += assertionResults.filter((test) => test.status === 'passed').length;
    failed += status === 'failed' ? Math.max(failedHere, 1) : failedHere;
  }
  return { passed, failed };
}
