import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { ensurePrograms, findProgram, type ProgramSearch } from '../../tools/ensure-programs.ts';

/** A folder with two programs and a file that is none. */
function toolFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['old-tool', 'new-tool', 'readme']) writeFileSync(join(folder, name), '');
  for (const name of ['old-tool', 'new-tool']) chmodSync(join(folder, name), 0o755);
  return folder;
}

const search = (more: Partial<ProgramSearch> = {}): ProgramSearch => ({
  name: 'tool',
  variable: 'RIVULET_TEST_TOOL_BIN',
  commands: ['new-tool', 'old-tool'],
  packages: ['tool-package'],
  ...more,
});

afterEach(() => vi.unstubAllEnvs());

test('a program is found in PATH, by the first of its names', () => {
  const folder = toolFolder();
  vi.stubEnv('PATH', folder);
  expect(findProgram(search())).toBe(join(folder, 'new-tool'));
});

test('one that will not do is passed over, and so is a file that is no program', () => {
  const folder = toolFolder();
  vi.stubEnv('PATH', folder);
  expect(findProgram(search({ isUsable: (path) => path.endsWith('old-tool') }))).toBe(join(folder, 'old-tool'));
  expect(findProgram(search({ commands: ['readme', 'nothing-of-this-name'] }))).toBeNull();
});

test('a variable wins, and must name a program', async () => {
  const folder = toolFolder();
  vi.stubEnv('PATH', folder);
  vi.stubEnv('RIVULET_TEST_TOOL_BIN', join(folder, 'old-tool'));
  expect(await ensurePrograms([search()], 'of a test')).toEqual([join(folder, 'old-tool')]);
  vi.stubEnv('RIVULET_TEST_TOOL_BIN', join(folder, 'readme'));
  expect(() => findProgram(search())).toThrow('RIVULET_TEST_TOOL_BIN names');
});

test('what cannot be installed is told in one line', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const wanted = search({ commands: ['nothing-of-this-name'] });
  await expect(ensurePrograms([wanted], 'of a test')).rejects.toThrow(
    'A program is missing: install tool-package (or set RIVULET_TEST_TOOL_BIN to the path of tool).',
  );
});
