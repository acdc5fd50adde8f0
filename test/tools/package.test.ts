import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, test, vi } from 'vitest';
import { packageFiles } from '../../tools/package-files.ts';
import { readTree, zipTree } from '../../tools/zip-tree.ts';

const dir = mkdtempSync(join(tmpdir(), 'rivulet-package-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const FILES = [
  ['manifest.json', '{"name":"x"}'],
  ['assets/b.js', 'b();'],
  ['assets/a.js', 'a();'],
  ['Z.html', ''],
] as const;

/** Writes the files in this order, all with this age. */
function writeTree(name: string, files: readonly (readonly [string, string])[], modifiedAt: Date): string {
  const root = join(dir, name);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    utimesSync(join(root, path), modifiedAt, modifiedAt);
  }
  return root;
}

test('two archives of the same files are the same bytes, whatever the order, the age and the clock', () => {
  const one = zipTree(readTree(writeTree('one', FILES, new Date('2001-02-03'))));
  vi.useFakeTimers({ now: new Date('2033-07-08T09:10:11Z') });
  try {
    const other = zipTree(readTree(writeTree('other', FILES.toReversed(), new Date('2020-12-24'))));
    const shuffled = zipTree(Object.fromEntries(Object.entries(readTree(join(dir, 'one'))).reverse()));
    expect(Buffer.from(other).equals(one)).toBe(true);
    expect(Buffer.from(shuffled).equals(one)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('an archive is the same in another time zone', () => {
  const zone = process.env.TZ;
  const files = readTree(writeTree('zones', FILES, new Date('2001-02-03')));
  try {
    const archives = ['Pacific/Kiritimati', 'America/Los_Angeles'].map((name) => {
      process.env.TZ = name;
      return Buffer.from(zipTree(files)).toString('hex');
    });
    expect(archives[0]).toBe(archives[1]);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('an archive holds every file under its path, sorted', () => {
  const unpacked = unzipSync(zipTree(readTree(writeTree('whole', FILES, new Date()))));
  expect(Object.keys(unpacked)).toEqual(['Z.html', 'assets/a.js', 'assets/b.js', 'manifest.json']);
  for (const [path, text] of FILES) expect(strFromU8(unpacked[path] ?? new Uint8Array())).toBe(text);
});

test('one changed byte changes the archive', () => {
  const files = readTree(writeTree('changed', FILES, new Date()));
  const changed = { ...files, 'Z.html': new Uint8Array([1]) };
  expect(Buffer.from(zipTree(changed)).equals(zipTree(files))).toBe(false);
});

test.each([
  ['chrome', false],
  ['firefox', true],
] as const)('what goes to the store of %s: has a key is %s, all else stays', (browser, hasKey) => {
  const manifest = { name: 'Rivulet', key: 'abc', version: '1' };
  const files = { 'manifest.json': new TextEncoder().encode(JSON.stringify(manifest)), 'a.js': new Uint8Array([7]) };
  const packed = packageFiles(browser, files);
  const { key, ...rest } = JSON.parse(new TextDecoder().decode(packed['manifest.json']));
  expect(key !== undefined).toBe(hasKey);
  expect(rest).toEqual({ name: 'Rivulet', version: '1' });
  expect(packed['a.js']).toBe(files['a.js']);
});
