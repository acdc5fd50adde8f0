import bencode from 'bencode';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInfo } from '../../../src/engine/torrent/read-info.ts';
import { readTorrent } from '../../../src/engine/torrent/read-torrent.ts';
import { cpuMs } from './cpu-time.ts';
import { failureLine } from './failure-of.ts';
import { folderWith, hashes, infoWith, sha1, sha1Hex, text, torrentBytes } from './torrent-bytes.ts';

const latin1 = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'latin1'));
const file = (path: unknown, length: unknown, more: Record<string, unknown> = {}) => ({ path, length, ...more });
const pathsOf = async (info: unknown): Promise<string[]> =>
  (await readTorrent(torrentBytes(info), sha1)).info.files.map(({ path }) => path.join('/'));

describe('readTorrent', () => {
  test('describes a single file', async () => {
    const bytes = torrentBytes(infoWith({ private: 1 }), { announce: 'wss://t.example/' });
    const { info, sources } = await readTorrent(bytes, sha1);
    expect(info).toMatchObject({
      name: 'film.mkv',
      pieceLengthBytes: 16_384,
      lengthBytes: 40_960,
      pieceCount: 3,
      isMultiFile: false,
      isPrivate: true,
      files: [{ index: 0, path: ['film.mkv'], lengthBytes: 40_960, startByte: 0, isPadding: false }],
    });
    expect(info.infoHash).toBe(sha1Hex(new Uint8Array(bencode.encode(infoWith({ private: 1 })))));
    expect(sources).toEqual({ trackers: ['wss://t.example/'], origins: [] });
  });

  test('describes several files, empty ones and padding among them', async () => {
    const files = [
      file(['a.bin'], 10_000),
      file(['.pad', '6384'], 6384, { attr: 'p' }),
      file(['sub', 'empty'], 0),
      file(['sub', 'b.bin'], 24_576, { attr: 'xh' }),
    ];
    const { info } = await readTorrent(torrentBytes(folderWith(files)), sha1);
    expect(info.isMultiFile).toBe(true);
    expect(info.files.map(({ path, startByte, isPadding }) => [path.join('/'), startByte, isPadding])).toEqual([
      ['a.bin', 0, false],
      ['.pad/6384', 10_000, true],
      ['sub/empty', 16_384, false],
      ['sub/b.bin', 16_384, false],
    ]);
  });

  test('takes the info hash from the bytes, also when the keys are out of order', async () => {
    const unsorted = `d6:lengthi40960e4:name1:x12:piece lengthi16384e6:pieces60:${'7'.repeat(60)}1:ai1ee`;
    const { info } = await readTorrent(text(`d4:info${unsorted}e`), sha1);
    expect(info.infoHash).toBe(sha1Hex(text(unsorted)));
    expect(Buffer.from(info.infoBytes).toString()).toBe(unsorted);
    expect((await readInfo(text(unsorted), sha1)).infoHash).toBe(info.infoHash);
  });

  test('does not change when the bytes it was read from do', async () => {
    const bytes = torrentBytes(infoWith());
    const { info } = await readTorrent(bytes, sha1);
    bytes.fill(0);
    expect(info.pieceHashes).toEqual(hashes(3));
    expect(sha1Hex(info.infoBytes)).toBe(info.infoHash);
  });

  test.each([
    ['a name in UTF-8', infoWith({ name: 'Füße.mkv' }), 'Füße.mkv'],
    ['a name in windows-1252', infoWith({ name: latin1('F\xfc\xdfe.mkv') }), 'Füße.mkv'],
    ['name.utf-8 before name', infoWith({ name: latin1('?'), 'name.utf-8': '日本' }), '日本'],
    ['the info hash for an empty name', infoWith({ name: '' }), expect.stringMatching(/^[0-9a-f]{40}$/)],
    ['the info hash for no name', infoWith({ name: undefined }), expect.stringMatching(/^[0-9a-f]{40}$/)],
    ['a name that looks like a path, as it is', infoWith({ name: '../x' }), '../x'],
  ])('reads %s', async (_name, info, expected) => {
    expect((await readTorrent(torrentBytes(info), sha1)).info.name).toEqual(expected);
  });

  test.each([
    ['path.utf-8 before path', [file([latin1('\xe9')], 40_960, { 'path.utf-8': ['é', '日'] })], ['é/日']],
    ['path when path.utf-8 is broken', [file(['a'], 40_960, { 'path.utf-8': [1] })], ['a']],
    ['dots and separators as they are', [file(['..', 'a/b', ''], 40_960)], ['../a/b/']],
    ['padding without a path', [file(['a'], 40_000), file(undefined, 960, { attr: 'p' })], ['a', '.pad/960']],
    ['a file of one part', [file(['only'], 40_960)], ['only']],
  ])('reads %s', async (_name, files, expected) => {
    expect(await pathsOf(folderWith(files))).toEqual(expected);
  });

  test('counts a symbolic link as an entry without bytes that is never saved', async () => {
    const link = file(['l'], 999, { attr: 'l', 'symlink path': ['..', 'x'] });
    const { info } = await readTorrent(torrentBytes(folderWith([link, file(['a'], 40_960)])), sha1);
    expect(info.files[0]).toMatchObject({ lengthBytes: 0, isPadding: true });
    expect(info.files[1]).toMatchObject({ index: 1, startByte: 0 });
  });

  test('reads a hybrid as version 1, its padding hidden', async () => {
    const fileTree = { 'a.bin': { '': { length: 10_000, 'pieces root': new Uint8Array(32) } } };
    const files = [file(['a.bin'], 10_000), file(['.pad', '6384'], 6384, { attr: 'p' }), file(['b.bin'], 24_576)];
    const info = folderWith(files, { 'meta version': 2, 'file tree': fileTree });
    const read = (await readTorrent(torrentBytes(info, { 'piece layers': {} }), sha1)).info;
    expect(read.files.map((one) => one.isPadding)).toEqual([false, true, false]);
    expect(read.files[2]?.index).toBe(2);
  });

  const v2Info = { name: 'x', 'piece length': 16_384, 'meta version': 2, 'file tree': { x: { '': { length: 5 } } } };
  const many = (count: number, length: number) => Array.from({ length: count }, (_, at) => file([`${at}`], length));

  test.each([
    ['an empty file', new Uint8Array(), 'unreadable-torrent: the file is empty'],
    ['a web page', text('\n<!DOCTYPE html><title>Sign in</title>'), 'it is a web page'],
    ['a web page with a BOM', text('\ufeff<html>'), 'it is a web page'],
    ['a compressed file', new Uint8Array([0x1f, 0x8b, 8]), 'the file is compressed'],
    ['a text', text('hello'), 'it is not a .torrent file'],
    ['a list', text('le'), 'it is not a .torrent file'],
    ['a file above 32 MiB', new Uint8Array(32 * 1024 * 1024 + 1), 'larger than 32 MiB'],
    ['a torrent that breaks off', torrentBytes(infoWith()).subarray(0, 50), 'it breaks off'],
    ['a dictionary without info', text('de'), 'it has no info'],
    ['info that is a string', torrentBytes('x'), 'its info is not a dictionary'],
    ['a version 2 torrent', torrentBytes(v2Info), 'v2-only'],
    ['no pieces', torrentBytes(infoWith({ pieces: undefined })), 'it has no piece hashes'],
    ['pieces in a list', torrentBytes(infoWith({ pieces: [hashes(3)] })), 'it has no piece hashes'],
    ['half a hash', torrentBytes(infoWith({ pieces: new Uint8Array(59) })), '59 bytes of hashes for 3 pieces'],
    ['a hash too few', torrentBytes(infoWith({ pieces: hashes(2) })), '40 bytes of hashes for 3 pieces'],
    ['a hash too many', torrentBytes(infoWith({ pieces: hashes(4) })), '80 bytes of hashes for 3 pieces'],
    ['no piece length', torrentBytes(infoWith({ 'piece length': undefined })), 'bad piece length'],
    ['a piece length of 0', torrentBytes(infoWith({ 'piece length': 0 })), 'bad piece length'],
    ['a negative piece length', torrentBytes(infoWith({ 'piece length': -16_384 })), 'bad piece length'],
    ['pieces of 512 bytes', torrentBytes(infoWith({ 'piece length': 512, pieces: hashes(80) })), 'bad piece length'],
    ['pieces of 1 TiB', torrentBytes(infoWith({ 'piece length': 2 ** 40, pieces: hashes(1) })), 'larger than 64 MiB'],
    ['no length', torrentBytes(infoWith({ length: undefined })), 'neither a length nor files'],
    ['a negative length', torrentBytes(infoWith({ length: -1 })), 'neither a length nor files'],
    ['a length of 0', torrentBytes(infoWith({ length: 0, pieces: hashes(0) })), 'it holds no data'],
    ['a length of 10^300', text(`d4:infod6:lengthi1${'0'.repeat(300)}eee`), 'a number that is too large'],
    ['a length of 2^51', torrentBytes(infoWith({ length: 2 ** 51 })), 'it is too large'],
    ['too many pieces', torrentBytes(infoWith({ length: 2 ** 40 })), 'more than 1000000 pieces'],
    ['no files', torrentBytes(folderWith([])), 'it holds no data'],
    ['files that are no list', torrentBytes(folderWith({ a: 1 })), 'its files are not a list'],
    ['a file that is a string', torrentBytes(folderWith(['a'])), 'file 0 is not described'],
    ['a file without path', torrentBytes(folderWith([file(undefined, 1)])), 'file 0 has no name'],
    ['a file with an empty path', torrentBytes(folderWith([file([], 1)])), 'file 0 has no name'],
    ['a path of numbers', torrentBytes(folderWith([file([1], 1)])), 'file 0 has no name'],
    ['a file without length', torrentBytes(folderWith([file(['a'], undefined)])), 'file 0 has no length'],
    ['a negative file length', torrentBytes(folderWith([file(['a'], 1), file(['b'], -1)])), 'file 1 has no length'],
    ['files that are too large together', torrentBytes(folderWith(many(3, 2 ** 49))), 'it is too large'],
    ['a path of 65 parts', torrentBytes(folderWith([file(new Array(65).fill('a'), 1)])), 'more than 64 parts'],
    ['a name of 5000 bytes', torrentBytes(infoWith({ name: 'a'.repeat(5000) })), 'a name is too long'],
    ['200,001 files', torrentBytes(folderWith(many(200_001, 1))), 'more than 200000 files'],
  ])('refuses %s', async (_name, bytes, expected) => {
    expect(await failureLine(() => readTorrent(bytes, sha1))).toContain(expected);
  });

  const http = 'http://t.example/announce';
  test.each([
    [
      'tiers in order, each tracker once',
      { 'announce-list': [['udp://a:1', http], ['wss://b'], [http]] },
      ['udp://a:1', http, 'wss://b'],
    ],
    ['announce after the tiers', { announce: 'wss://z', 'announce-list': [['wss://a']] }, ['wss://a', 'wss://z']],
    ['announce that is a tier too, once', { announce: http, 'announce-list': [[http]] }, [http]],
    ['a flat list', { 'announce-list': ['ws://a', 'wss://b'] }, ['ws://a', 'wss://b']],
    [
      'nothing of what is no tracker',
      { announce: 'dht://x', 'announce-list': [['', 'wss://', 'x', 'ftp://a'], 3] },
      [],
    ],
    ['blanks around', { announce: ' wss://a/ \n' }, ['wss://a/']],
  ])('keeps of trackers: %s', async (_name, outer, expected) => {
    expect((await readTorrent(torrentBytes(infoWith(), outer), sha1)).sources.trackers).toEqual(expected);
  });

  test('keeps 64 trackers, and the ones that a browser can reach first of all', async () => {
    const udp = Array.from({ length: 100 }, (_, at) => [`udp://t${at}.example:80`]);
    const outer = { 'announce-list': [...udp, ['wss://last.example']] };
    const { trackers } = (await readTorrent(torrentBytes(infoWith(), outer), sha1)).sources;
    expect(trackers).toHaveLength(64);
    expect(trackers.at(-1)).toBe('wss://last.example');
    expect(trackers[62]).toBe('udp://t62.example:80');
  });

  test.each([
    ['one string', 'https://o.example/f/', ['https://o.example/f/']],
    ['nothing of an empty string', '', []],
    ['a list, without ftp, udp and empty', ['ftp://o/x', 'udp://o', '', 'http://o.example'], ['http://o.example/']],
    [
      'what is written in two ways, once',
      ['http://o.example/a b', 'HTTP://O.example:80/a%20b'],
      ['http://o.example/a%20b'],
    ],
    ['nothing of numbers and lists of lists of lists', [1, [['http://o.example/']]], []],
  ])('keeps of url-list: %s', async (_name, urlList, expected) => {
    expect((await readTorrent(torrentBytes(infoWith(), { 'url-list': urlList }), sha1)).sources.origins).toEqual(
      expected,
    );
  });

  test('reads 100,000 files in 50,000 pieces in a second', async () => {
    const files = Array.from({ length: 100_000 }, (_, at) => file([`folder ${at % 300}`, `file ${at}.bin`], 8192));
    const bytes = torrentBytes(folderWith(files, { pieces: hashes(50_000) }));
    const { info } = await readTorrent(bytes, sha1);
    expect(info.files).toHaveLength(100_000);
    expect(await cpuMs(() => readTorrent(bytes, sha1))).toBeLessThan(1000);
  });

  test('throws nothing but its own error for torrents with changed bytes', async () => {
    const files = [file(['a', 'b'], 20_000), file(['c'], 20_960, { attr: 'p', 'path.utf-8': ['ü'] })];
    const bytes = torrentBytes(folderWith(files), { announce: http, 'url-list': ['http://o.example/'] });
    const edit = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(...text('deil0123456789:-'))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const changed = bytes.slice();
        for (const [at, byte] of edits) changed[at] = byte;
        await failureLine(() => readTorrent(changed, sha1));
        await failureLine(() => readInfo(changed, sha1));
      }),
      { numRuns: 1000 },
    );
  });

  test('throws nothing but its own error for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await failureLine(() => readTorrent(bytes, sha1))).toMatch(/^(unreadable-torrent|v2-only)/);
      }),
    );
  });

  test('whatever it accepts adds up', async () => {
    const length = fc.oneof(fc.nat(100_000), fc.constantFrom(-1, 0, 2 ** 50, 2 ** 53 - 1));
    const anyFile = fc.record({
      path: fc.array(fc.string(), { maxLength: 3 }),
      length,
      attr: fc.constantFrom('', 'p', 'l'),
    });
    const anyInfo = fc.record({
      name: fc.string(),
      'piece length': fc.constantFrom(0, 1024, 5000, 16_384, 2 ** 40),
      files: fc.array(anyFile, { maxLength: 6 }),
    });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(anyInfo, async (info) => {
        const total = info.files.reduce((sum, { length: bytes, attr }) => sum + (attr === 'l' ? 0 : bytes), 0);
        const pieces = hashes(Math.min(1000, Math.max(0, Math.ceil(total / (info['piece length'] || 1)))));
        const bytes = torrentBytes({ ...info, pieces });
        if ((await failureLine(() => readTorrent(bytes, sha1))) !== null) return;
        accepted += 1;
        const read = (await readTorrent(bytes, sha1)).info;
        expect(read.files.reduce((sum, one) => sum + one.lengthBytes, 0)).toBe(read.lengthBytes);
        expect(read.lengthBytes).toBe(total);
        expect(read.pieceHashes).toHaveLength(read.pieceCount * 20);
      }),
    );
    expect(accepted).toBeGreaterThan(0);
  });
});

describe('readInfo', () => {
  test('refuses what follows the dictionary, for the hash covers it', async () => {
    const bytes = text(`${Buffer.from(bencode.encode(infoWith())).toString('latin1')} `);
    expect(await failureLine(() => readInfo(bytes, sha1))).toContain('something follows its info');
  });

  test('refuses what is no dictionary', async () => {
    expect(await failureLine(() => readInfo(text('le'), sha1))).toContain('its info is not a dictionary');
  });
});
