import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Seconds of the files that take longest, on two cores. A rough figure will do: files that begin last should be short, so
 * that both workers end together.
 */
const SECONDS: Readonly<Record<string, number>> = {
  'test/e2e/player-film.test.ts': 94,
  'test/e2e/popup.test.ts': 85,
  'test/e2e/sources.test.ts': 85,
  'test/e2e/links.test.ts': 85,
  'test/e2e/publisher-links.test.ts': 80,
  'test/e2e/fit-for-everybody.test.ts': 75,
  'test/e2e/limits.test.ts': 55,
  'test/e2e/restarts.test.ts': 50,
  'test/e2e/cdn.test.ts': 45,
  'test/e2e/player-feeds.test.ts': 45,
  'test/e2e/manager-detail.test.ts': 45,
  'test/e2e/manager.test.ts': 42,
  'test/ui/screens-in-browser.test.ts': 40,
  'test/e2e/file-trees.test.ts': 38,
  'test/e2e/add-sheet.test.ts': 34,
  'test/ui/detail/detail-in-browser.test.ts': 34,
  'test/e2e/data.test.ts': 32,
  'test/e2e/edge-dashboard.test.ts': 29,
  'test/ui/manager/manager-in-browser.test.ts': 28,
  'test/e2e/settings.test.ts': 28,
  'test/e2e/publish-page.test.ts': 25,
  'test/edge/tracker/introductions.test.ts': 19,
  'test/engine/schedule/worlds.test.ts': 16,
  'test/edge/records/kill.test.ts': 15,
  'test/edge/records/records.test.ts': 12,
  'test/edge/tracker/hostile.test.ts': 11,
  'test/edge/program.test.ts': 9,
};

/** Begins with the files that take longest; the others follow as Vitest likes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const secondsOf = ({ moduleId, project }: TestSpecification) =>
      SECONDS[relative(project.config.root, moduleId).replaceAll('\\', '/')] ?? 0;
    return (await super.sort(files)).toSorted((a, b) => secondsOf(b) - secondsOf(a));
  }
}
