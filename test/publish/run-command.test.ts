import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandIo } from '../../src/publish/command.ts';
import { COMMANDS } from '../../src/publish/commands.ts';
import { runCommand } from '../../src/publish/run-command.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function run(words: readonly string[], io: Partial<CommandIo> = {}) {
  let [out, err] = ['', ''];
  const code = await runCommand(words, {
    print: (text) => {
      out += text;
    },
    tell: (text) => {
      err += text;
    },
    columns: null,
    folder: temporaryFolder(),
    signal: new AbortController().signal,
    ...io,
  });
  return { code, out, err };
}

describe('exit codes and where words go', () => {
  test('help is what was asked for', async () => {
    const { code, out, err } = await run(['--help']);
    expect([code, err]).toEqual([0, '']);
    for (const name of [...Object.keys(COMMANDS), 'edge']) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  test.each(Object.keys(COMMANDS))('every command has help of its own: %s', async (name) => {
    const { code, out, err } = await run([name, '--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^Usage: rivulet ${name} `));
  });

  test.each<[string, readonly string[], number, string]>([
    ['no command', [], 2, 'Usage: rivulet COMMAND'],
    ['an unknown one', ['constructor'], 2, 'There is no command "constructor"'],
    ['words that mean nothing', ['publish', '--nope'], 2, 'See: rivulet publish --help'],
    [
      'a folder that is not there',
      ['publish', 'nowhere', '--base', 'https://cdn.example'],
      1,
      'nowhere is not a folder',
    ],
    ['a folder without files', ['publish', '.', '--base', 'https://cdn.example'], 1, 'nothing to publish'],
  ])('%s', async (_name, words, expected, message) => {
    const { code, out, err } = await run(words);
    expect([code, out]).toEqual([expected, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('names of files do not reach into the terminal', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a\u001b[2J\nb.mp4'), 'x');
    writeFileSync(join(folder, 'c.mp4'), '');
    const { code, err } = await run(['publish', folder, '--base', 'https://cdn.example']);
    expect(code).toBe(1);
    expect(err).toMatch(/Passed over a\ufffd\[2J\ufffdb\.mp4: its name .* Passed over c\.mp4: it is empty\.\n$/);
  });

  test('a file system that refuses is told in words', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a.mp4.torrent'));
    writeFileSync(join(folder, 'a.mp4'), 'x');
    const { code, err } = await run(['publish', folder, '--base', 'https://cdn.example']);
    expect([code, err]).toEqual([1, expect.stringMatching(/^The system refused: EISDIR.*\.\n$/)]);
  });

  test('Ctrl-C has a code of its own', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.mp4'), 'x');
    const { code, err } = await run(['publish', folder, '--base', 'https://cdn.example'], {
      signal: AbortSignal.abort(),
    });
    expect([code, err]).toEqual([130, 'Stopped.\n']);
  });
});
