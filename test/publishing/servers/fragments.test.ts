import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writeApacheFragment } from '../../../src/publishing/servers/apache-fragment.ts';
import { writeCaddyFragment } from '../../../src/publishing/servers/caddy-fragment.ts';
import { writeHeadersFile } from '../../../src/publishing/servers/headers-file.ts';
import { writeNginxFragment } from '../../../src/publishing/servers/nginx-fragment.ts';
import { writeS3Script } from '../../../src/publishing/servers/s3-script.ts';
import { NASTY_NAME, publication } from '../published-folder.ts';

// Whether real servers take them is seen in test/e2e/publish-interop.test.ts; here is why they look as they do.

describe('every fragment', () => {
  test.each([
    ['nginx', writeNginxFragment],
    ['Apache', writeApacheFragment],
    ['Caddy', writeCaddyFragment],
    ['_headers', writeHeadersFile],
  ])('of %s has each Link in a line of its own, with a rel without quotes', async (_name, write) => {
    const text = write([await publication(['a b.mp4']), await publication(['second.iso'])]);
    const links = text.split('\n').filter((line) => line.includes('rel='));
    expect(links.length).toBeGreaterThanOrEqual(4);
    for (const line of links) expect(line.match(/rel=(?:describedby|duplicate);/g)).toHaveLength(1);
    expect(text).toContain('https://cdn.example/media/second.iso.torrent');
    expect(text).toContain('application/metalink4+xml');
  });
});

test('nginx matches paths as it sees them after decoding, and is not given a variable', async () => {
  const text = writeNginxFragment([await publication(['$uri "q".mp4'], { baseUrl: 'https://cdn.example/a%24b/' })]);
  expect(text).toContain('location = "/a$b/$uri \\"q\\".mp4" {');
  expect(text.split('\n').filter((line) => line.includes('add_header') && line.includes('$'))).toEqual([]);
});

test('Apache gets a pattern in which only letters stand for themselves, and every percent sign of a value twice', async () => {
  const text = writeApacheFragment([await publication([`a b%{X}'"ü.mp4`])]);
  expect(text).toContain('m#^/media/a\\x20b\\x25\\x7bX\\x7d\\x27\\x22\\xc3\\xbc\\.mp4$#');
  expect(text).toContain('/media/a%%20b%%25%%7BX%%7D%%27%%22%%C3%%BC.mp4.torrent>');
  expect(text.match(/Header add Link/g)).toHaveLength(4);
});

test('Caddy gets a pattern in which only letters stand for themselves, and one matcher for each file', async () => {
  const text = writeCaddyFragment([await publication(['a * [Ü]{b}🎧.mp4']), await publication()]);
  expect(text).toContain(
    '@rivulet0 path_regexp ^/media/a\\x{20}\\x{2a}\\x{20}\\x{5b}\\x{dc}\\x{5d}\\x{7b}b\\x{7d}\\x{1f3a7}\\.mp4$\n',
  );
  expect(text).toContain('@rivulet1 path_regexp ^/media/ep42\\.mp4$\n');
});

test('_headers keeps paths encoded, and leaves mirrors out, because hosts join links by commas', async () => {
  const text = writeHeadersFile([await publication(['a b:c.mp4'])]);
  expect(text).toContain('\n/media/a%20b%3Ac.mp4\n  Link: ');
  expect(text).not.toContain('duplicate');
});

describe('the script for buckets', () => {
  /** Runs it in a shell with an `aws` that writes down its words. */
  function run(script: string, env: Readonly<Record<string, string>>): string[][] {
    const folder = mkdtempSync(join(tmpdir(), 'rivulet-s3-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'rivulet'));
    writeFileSync(join(folder, 'rivulet/s3-headers.sh'), script);
    writeFileSync(
      join(folder, 'aws'),
      `#!/bin/sh\nfor word in "$@"; do printf '%s\\0' "$word" >> "${folder}/log"; done\nprintf '\\0' >> "${folder}/log"\n`,
    );
    chmodSync(join(folder, 'aws'), 0o755);
    execFileSync('sh', ['rivulet/s3-headers.sh'], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}`, ...env },
      stdio: 'pipe',
    });
    const calls = readFileSync(join(folder, 'log'), 'utf8')
      .split('\0\0')
      .filter((call) => call !== '');
    return calls.map((call) => call.split('\0'));
  }

  test('says the type and the headers of each file, whatever its name is', async () => {
    const made = await publication(['sub', NASTY_NAME]);
    const key = `media/sub/${NASTY_NAME}`;
    const calls = run(writeS3Script([made]), { BUCKET: 'my-bucket' });
    expect(calls.map((call) => call.slice(0, 4))).toEqual([
      ['s3', 'cp', `s3://my-bucket/${key}`, `s3://my-bucket/${key}`],
      ['s3', 'cp', `./sub/${NASTY_NAME}.torrent`, `s3://my-bucket/${key}.torrent`],
      ['s3', 'cp', `./sub/${NASTY_NAME}.meta4`, `s3://my-bucket/${key}.meta4`],
    ]);
    expect(calls[0]).toContain('video/mp4');
    const metadata = JSON.parse(calls[0]?.at(-1) ?? '');
    expect(metadata['repr-digest']).toMatch(/^sha-256=:.{44}:$/);
    expect(metadata.link).toContain(`<${made.torrentUrl}>; rel=describedby`);
  });

  test('does nothing without the name of a bucket', async () => {
    const script = writeS3Script([await publication()]);
    expect(() => run(script, {})).toThrow('Set BUCKET');
  });
});
