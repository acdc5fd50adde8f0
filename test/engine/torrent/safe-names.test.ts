import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeName } from '../../../src/engine/torrent/safe-name.ts';
import { safePaths } from '../../../src/engine/torrent/safe-names.ts';
import type { FileIndex } from '../../../src/model/ids.ts';
import { filesOf } from './torrent-bytes.ts';

describe('safeName', () => {
  test.each([
    ['a plain name', 'Film (2024) [1080p].mkv', 'Film (2024) [1080p].mkv'],
    ['letters of all scripts', 'Füße 日本 ελ 😀.txt', 'Füße 日本 ελ 😀.txt'],
    ['signs that nobody minds', "a,b;c=d&e#f'g`h$i@j!k^l+m~n{o}.x", "a,b;c=d&e#f'g`h$i@j!k^l+m~n{o}.x"],
    ['two blanks and an ideographic one', 'a  b\u3000c.txt', 'a  b\u3000c.txt'],
    ['an emoji with a variation selector', '❤\ufe0f.png', '❤\ufe0f.png'],
    ['several suffixes', 'a.tar.gz', 'a.tar.gz'],
    ['a shell suffix that is not the last', 'a.lnk.gz', 'a.lnk.gz'],
    ['a name that begins like a device', 'console.txt', 'console.txt'],
    ['an underscore', '_', '_'],
  ])('keeps %s', (_name, part, expected) => {
    expect(safeName(part, 'file')).toBe(expected);
  });

  test.each([
    ['signs of Windows', 'a<b>c:d"e/f\\g|h?i*j', 'a_b_c_d_e_f_g_h_i_j'],
    ['a percent sign', '100%.txt', '100_.txt'],
    ['a NUL', 'a\0b', 'a_b'],
    ['controls', 'a\u0001b\u007fc\u0085d', 'a_b_c_d'],
    ['tabs and line ends', 'a\tb\r\nc\u2028d', 'a b  c d'],
    ['odd blanks', 'a\u00a0b\u2003c\u202fd', 'a b c d'],
    ['a bidirectional override', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['zero-width characters', 'a\u200bb\u200dc\ufeffd\u00ade\u2060f', 'abcdef'],
    ['characters that look like nothing', 'a\u3164b\u115fc\u034fd', 'abcd'],
    ['noncharacters', 'a\uffffb\ufdd0c\u{1fffe}', 'a_b_c_'],
    ['half a character', 'a\ud800b', 'a_b'],
    ['tag characters', 'a\u{e0041}b', 'ab'],
    ['a decomposed umlaut', 'u\u0308', 'ü'],
    ['one that only comes together here', 'u\u200d\u0308', 'ü'],
    ['a leading dot', '.htaccess', '_htaccess'],
    ['a leading tilde', '~$doc.docx', '_$doc.docx'],
    ['a trailing tilde', 'backup.txt~', 'backup.txt_'],
    ['leading blanks', '  a', 'a'],
    ['trailing blanks and dots', 'etc. . .', 'etc'],
    ['a dot', '.', 'unnamed'],
    ['two dots', '..', 'unnamed'],
    ['nothing', '', 'unnamed'],
    ['nothing that is seen', '\u200b\u200e', 'unnamed'],
    ['a device', 'CON', 'CON_'],
    ['a device with suffixes', 'com1.tar.gz', 'com1_.tar.gz'],
    ['a device with a blank', 'nul .txt', 'nul_ .txt'],
    ['a device with a superscript', 'COM¹.txt', 'COM¹_.txt'],
    ['a device after a dot', '.aux', '_aux'],
    ['a device behind a zero-width character', 'c\u200bon', 'con_'],
    ['desktop.ini', 'Desktop.ini', 'Desktop_ini'],
    ['thumbs.db', 'Thumbs.db', 'Thumbs_db'],
    ['a shortcut', 'setup.LNK', 'setup_LNK'],
    ['a shortcut behind a suffix', 'film.mkv.lnk', 'film.mkv_lnk'],
    ['a shortcut with trailing dots', 'a.lnk...', 'a_lnk'],
    ['an address', 'site.url', 'site_url'],
    ['a shell command', 'x.scf', 'x_scf'],
    ['a launcher', 'x.desktop', 'x_desktop'],
    ['a local file of Windows', 'x.local', 'x_local'],
    ['a class of Windows', 'x.{21ec2020-3aea-1069-a2dd-08002b30309d}', 'x_{21ec2020-3aea-1069-a2dd-08002b30309d}'],
    ['a file with a blank after its last dot', '01. Intro', '01_ Intro'],
    ['a shortcut with a blank', 'a.l nk', 'a_l nk'],
    ['a path', '../../etc/passwd', '__.._etc_passwd'],
    ['a drive', 'C:\\x', 'C__x'],
  ])('changes %s', (_name, part, expected) => {
    expect(safeName(part, 'file')).toBe(expected);
  });

  test.each([
    ['a blank after the last dot', '01. Intro', '01. Intro'],
    ['a shortcut', 'a.lnk', 'a_lnk'],
    ['a leading dot', '.git', '_git'],
    ['a device', 'aux', 'aux_'],
  ])('of a folder with %s', (_name, part, expected) => {
    expect(safeName(part, 'folder')).toBe(expected);
  });

  test.each([
    ['ASCII', `${'a'.repeat(300)}.mkv`, `${'a'.repeat(196)}.mkv`],
    ['letters of three bytes', `${'日'.repeat(100)}.mkv`, `${'日'.repeat(65)}.mkv`],
    ['emoji, never in half', `${'😀'.repeat(60)}.mkv`, `${'😀'.repeat(49)}.mkv`],
    ['a name without suffix', 'a'.repeat(300), 'a'.repeat(200)],
    ['an ending that is too long for a suffix', `a.${'b'.repeat(300)}`, `a.${'b'.repeat(198)}`],
    ['one whose cut end is a shortcut', `${'a'.repeat(196)}.lnkxxxxxxxxxxxxxxx`, `${'a'.repeat(196)}_lnk`],
    ['one whose cut end is a dot', `${'a'.repeat(199)}.${'b'.repeat(50)}`, 'a'.repeat(199)],
  ])('cuts %s', (_name, part, expected) => {
    expect(safeName(part, 'file')).toBe(expected);
  });
});

const infoOf = (name: string, list: readonly (string | readonly string[])[], isMultiFile = true) => ({
  name,
  isMultiFile,
  files: filesOf(list.map(() => ['x', 1] as const)).map((file, index) => {
    const given = list[index] ?? 'x';
    const path = typeof given === 'string' ? given.split('/') : given;
    return { ...file, index: index as FileIndex, path, isPadding: path[0] === '.pad' };
  }),
});

describe('safePaths', () => {
  const joined = (info: ReturnType<typeof infoOf>) => safePaths(info).paths.map((path) => path.join('/'));

  test.each([
    ['keeps what is safe', ['a/b.txt', 'a/c.txt', 'd'], ['a/b.txt', 'a/c.txt', 'd']],
    ['numbers equal names', ['a.txt', 'a.txt', 'a.txt'], ['a.txt', 'a (2).txt', 'a (3).txt']],
    ['numbers names that differ in case', ['A.txt', 'a.TXT'], ['A.txt', 'a (2).TXT']],
    ['numbers names that differ in form', ['\u00fc', 'u\u0308'], ['ü', 'ü (2)']],
    ['numbers names that become equal', ['a:b', 'a?b'], ['a_b', 'a_b (2)']],
    ['passes over numbers that are taken', ['a', 'a (2)', 'a'], ['a', 'a (2)', 'a (3)']],
    ['numbers folders that differ in case', ['Dir/a', 'dir/a', 'Dir/b'], ['Dir/a', 'dir (2)/a', 'Dir/b']],
    ['numbers a file that is a folder too', ['a/b', 'a'], ['a/b', 'a (2)']],
    ['numbers a folder that is a file too', ['a', 'a/b', 'a/c'], ['a', 'a (2)/b', 'a (2)/c']],
    [
      'does not climb',
      [
        ['..', '..', 'etc', 'x'],
        ['a', '.', 'b'],
      ],
      ['unnamed/unnamed/etc/x', 'a/unnamed/b'],
    ],
    ['does not take separators for folders', [['a/b'], ['a\\b']], ['a_b', 'a_b (2)']],
    ['lets real files choose before padding', ['.pad/5', '_pad/5'], ['_pad (2)/5', '_pad/5']],
    [
      'keeps folders apart that only look alike',
      [
        ['a:', 'x'],
        ['a?', 'x'],
      ],
      ['a_/x', 'a_ (2)/x'],
    ],
  ])('%s', (_name, list, expected) => {
    expect(joined(infoOf('root', list))).toEqual(expected);
  });

  test('has no folder for a single file', () => {
    expect(safePaths(infoOf('a:b.mkv', [['a:b.mkv']], false))).toEqual({
      root: null,
      paths: [['a_b.mkv']],
      changed: 1,
    });
  });

  test.each([
    ['nothing for safe paths', 'root', ['a', 'b/c'], 0],
    ['files with a part that changed', 'root', ['a:', 'b:/c', 'd'], 2],
    ['numbered files', 'root', ['a', 'a'], 1],
    ['all files when the folder changed', 'ro:ot', ['a', 'b'], 2],
    ['no padding', 'root', ['.pad/5', 'a'], 0],
    ['no change of form', 'u\u0308', ['u\u0308'], 0],
  ])('counts as changed: %s', (_name, name, list, expected) => {
    expect(safePaths(infoOf(name, list)).changed).toBe(expected);
  });

  test('cuts names of paths that are too long, and no others', () => {
    const long = ['f'.repeat(100), 'g'.repeat(100), `${'h'.repeat(50)}.mkv`];
    const { root, paths } = safePaths(infoOf('root', [long, ['g'.repeat(40)]]));
    expect(paths[0]?.map((part) => part.length)).toEqual([69, 69, 54]);
    expect([root, ...(paths[0] ?? [])].join('/')).toHaveLength(199);
    expect(paths[0]?.at(-1)).toMatch(/h\.mkv$/);
    expect(paths[1]).toEqual(['g'.repeat(40)]);
  });

  test('keeps cut names apart', () => {
    const list = Array.from({ length: 30 }, (_, at) => ['d'.repeat(180), `${'x'.repeat(190)}${at}.mkv`]);
    const paths = joined(infoOf('r'.repeat(150), list));
    expect(new Set(paths).size).toBe(30);
    expect(Math.max(...paths.map((path) => path.length))).toBeLessThan(200);
  });

  // What Chromium 156 and Firefox ESR 153 refused when every code point was tried in front, within and behind.
  const refusedAnywhere =
    /["*/:<>?\\|%\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u180e]|[\ufdd0-\ufdef\ufffe\uffff]/u;
  const refusedAtEnds = /^[\s.~]|[\s.~]$/u;
  const refusedWhole = /^(?:con|prn|aux|nul|clock\$|conin\$|com\d|lpt\d)(?:\.|$)|^(?:desktop\.ini|thumbs\.db)$/i;
  const refusedEnding = /\.\s*(?:lnk|local|url|scf|desktop|\{[^.]*\})$/i;

  const dangerous = fc.constantFrom(
    '.',
    '..',
    '~',
    ' ',
    '/',
    '\\',
    ':',
    '%',
    '\0',
    '\t',
    '\u202e',
    '\u200d',
    '\u00a0',
    '\u3000',
    '\ufeff',
    '\ud800',
    'con',
    'COM1',
    'nul',
    'desktop.ini',
    '.lnk',
    '.url',
    '.{x}',
    '.local',
    'a',
    'A',
    'ü',
    'u\u0308',
    'ß',
    'SS',
    ' (2)',
    'x'.repeat(90),
    '日'.repeat(60),
    '\u0308',
    '\uffff',
    '.mkv',
    'K',
    '\u212a',
    'ſ',
    '<',
    '\u0338',
  );
  const part = fc.oneof(
    fc.array(dangerous, { maxLength: 5 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('a', 'A', 'b', 'a (2)'),
  );
  const anyInfo = fc
    .tuple(part, fc.array(fc.array(part, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 }))
    .map(([name, list]) => infoOf(name, list));

  const isRefused = (name: string) =>
    name === '' ||
    [refusedAnywhere, refusedAtEnds, refusedWhole, refusedEnding].some((pattern) => pattern.test(name)) ||
    name !== name.normalize('NFC') ||
    new TextEncoder().encode(name).length > 200;

  test('every name is one that no browser refuses', () => {
    fc.assert(
      fc.property(anyInfo, (info) => {
        const { root, paths } = safePaths(info);
        expect([root ?? '', ...paths.flat()].filter(isRefused)).toEqual([]);
        expect(paths.map((path) => path.at(-1)).filter((name) => /\.[^.]* [^.]*$/.test(name ?? ''))).toEqual([]);
        expect(paths.map((path) => path.length)).toEqual(info.files.map((file) => file.path.length));
      }),
      { numRuns: 500 },
    );
  });

  test('no two files share a path, and no file is a folder, whatever the case', () => {
    fc.assert(
      fc.property(anyInfo, (info) => {
        const keys = safePaths(info).paths.map((path) => path.join('/').toLowerCase());
        expect(new Set(keys).size).toBe(keys.length);
        const folders = new Set(
          keys.flatMap((key) => [...key.matchAll(/\//g)].map((slash) => key.slice(0, slash.index))),
        );
        expect(keys.filter((key) => folders.has(key))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('safe paths stay as they are', () => {
    fc.assert(
      fc.property(anyInfo, (info) => {
        const once = safePaths(info);
        const files = info.files.map((file, index) => ({ ...file, path: once.paths[index] ?? [] }));
        expect(safePaths({ ...info, name: once.root ?? '', files })).toEqual({ ...once, changed: 0 });
      }),
      { numRuns: 500 },
    );
  });

  test('takes 30,000 equal names, each number once', () => {
    // Looking for a free number from the start each time would take minutes.
    const { paths } = safePaths(infoOf('root', new Array(30_000).fill('a'.repeat(250))));
    expect(new Set(paths.map(([name]) => name)).size).toBe(30_000);
  });
});
