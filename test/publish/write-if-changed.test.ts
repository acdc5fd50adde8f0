import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readIfThere, writeIfChanged } from '../../src/publish/write-if-changed.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a file is written with its folders, and not again when it is the same', async () => {
  const path = join(temporaryFolder(), 'a/b/c.txt');
  expect(await readIfThere(path)).toBeNull();
  expect(await writeIfChanged(path, 'one')).toBe(true);
  const { ino, mtimeMs } = statSync(path);
  expect(await writeIfChanged(path, new TextEncoder().encode('one'))).toBe(false);
  expect(statSync(path)).toMatchObject({ ino, mtimeMs });
  expect(await writeIfChanged(path, 'two')).toBe(true);
  expect((await readIfThere(path))?.toString()).toBe('two');
});

test('many files of one folder at a time do not mix', async () => {
  const folder = temporaryFolder();
  const names = Array.from({ length: 50 }, (_, index) => `${index}.txt`);
  await Promise.all(names.map((name) => writeIfChanged(join(folder, name), name.repeat(1000))));
  expect(readdirSync(folder).sort()).toEqual([...names].sort());
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8')).toBe(name.repeat(1000));
});

test('a write that fails leaves nothing behind', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'name'));
  await expect(writeIfChanged(join(folder, 'name'), 'x')).rejects.toThrow('EISDIR');
  await expect(writeIfChanged(join(folder, 'n'.repeat(300)), 'x')).rejects.toThrow('ENAMETOOLONG');
  expect(readdirSync(folder)).toEqual(['name']);
});

test('a script can be run', async () => {
  const path = join(temporaryFolder(), 'run.sh');
  writeFileSync(path, 'old');
  chmodSync(path, 0o600);
  await writeIfChanged(path, '#!/bin/sh\n', 0o755);
  expect(statSync(path).mode & 0o100).toBe(0o100);
});
