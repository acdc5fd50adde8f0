import { describe, expect, test } from 'vitest';
import { looksLikeMetalink, readMetalink } from '../../../src/engine/torrent/read-metalink.ts';
import { cpuMs } from './cpu-time.ts';
import { failureLine } from './failure-of.ts';
import { text } from './torrent-bytes.ts';

const SHA256 = 'ab'.repeat(32);
const SHA1 = 'cd'.repeat(20);
const metalink = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<metalink xmlns="urn:ietf:params:xml:ns:metalink">${inner}</metalink>`;
const read = (inner: string) => readMetalink(text(metalink(inner)));
const fileOf = (inner: string, name = 'f.iso') => read(`<file name="${name}">${inner}</file>`).files[0];

test('a Metalink as mirror networks write it is read whole', () => {
  const { files } = read(`
    <generator>MirrorBrain/3.0</generator>
    <origin dynamic="true">http://download.example/f.iso.meta4</origin>
    <published>2026-01-01T00:00:00Z</published>
    <file name="dir/f.iso">
      <size>3000</size>
      <!-- a comment -->
      <hash type="md5">${'0'.repeat(32)}</hash>
      <hash type="sha-256"> ${SHA256.toUpperCase()} </hash>
      <pieces length="2000" type="sha-1"><hash>${SHA1}</hash><hash>${SHA1}</hash></pieces>
      <signature mediatype="application/pgp-signature">-----BEGIN</signature>
      <metaurl mediatype="torrent" priority="2" name="dir/f.iso">http://download.example/f.torrent</metaurl>
      <url location="FR" priority="2">http://fr.example/f.iso?a=1&amp;b=%20&#x26;c=&#50;</url>
      <url location="de" priority="1"><![CDATA[https://de.example/f.iso]]></url>
      <url>http://last.example/f.iso</url>
    </file>`);
  expect(files).toEqual([
    {
      path: ['dir', 'f.iso'],
      sizeBytes: 3000,
      hashes: new Map([
        ['md5', '0'.repeat(32)],
        ['sha-256', SHA256],
      ]),
      pieces: { type: 'sha-1', lengthBytes: 2000, hashes: [SHA1, SHA1] },
      urls: [
        { url: 'https://de.example/f.iso', priority: 1, location: 'de' },
        { url: 'http://fr.example/f.iso?a=1&b=%20&c=2', priority: 2, location: 'fr' },
        { url: 'http://last.example/f.iso', priority: 999_999, location: null },
      ],
      metaUrls: [{ url: 'http://download.example/f.torrent', priority: 2, mediaType: 'torrent', name: 'dir/f.iso' }],
    },
  ]);
});

test('elements may have a prefix', () => {
  const bytes = text(
    '<m:metalink xmlns:m="urn:ietf:params:xml:ns:metalink"><m:file name="a"><m:size>5</m:size></m:file></m:metalink>',
  );
  expect(readMetalink(bytes).files[0]).toMatchObject({ path: ['a'], sizeBytes: 5 });
});

test('several files keep their order', () => {
  expect(read('<file name="b"/><file name="a/c"/>').files.map(({ path }) => path.join('/'))).toEqual(['b', 'a/c']);
});

describe('refuses', () => {
  const file = (name: string) => metalink(`<file name="${name}"/>`);
  const name = 'unreadable-torrent: it is a Metalink with a file name that is not allowed';
  const xml = (reason: string) => `unreadable-torrent: it is a Metalink that is no proper XML: ${reason}`;
  test.each<[string, string, string]>([
    ['a name that leads upwards', file('../x'), name],
    ['a name that leads upwards in its middle', file('a/../../x'), name],
    ['a name in a drive', file('C:\\x'), name],
    ['a name in a drive, with a slash', file('c:/x'), name],
    ['a name with a backslash', file('a\\x'), name],
    ['a name from the root', file('/etc/x'), name],
    ['a name with a control character', file('a&#10;b'), name],
    ['an empty name', file(''), name],
    ['a folder', file('a/'), name],
    ['a file without a name', metalink('<file/>'), name],
    ['no file', metalink(''), 'unreadable-torrent: it is a Metalink without files'],
    [
      '1001 files',
      metalink('<file name="a"/>'.repeat(1001)),
      'unreadable-torrent: it is a Metalink of more than 1000 files',
    ],
    [
      '2 MiB',
      metalink(`<file name="a"/>${' '.repeat(2_097_152)}`),
      'unreadable-torrent: it is a Metalink of more than 1 MiB',
    ],
    [
      'a document type',
      `<!DOCTYPE metalink [<!ENTITY a "b">]>${metalink('<file name="a"/>')}`,
      xml('it has a document type'),
    ],
    ['a document type in small letters', `<!doctype html>${metalink('')}`, xml('it has a document type')],
    ['an element that does not end', metalink('<file name="a">'), xml('it is not well-formed')],
    ['half of it', metalink('<file name="a"/>').slice(0, -20), xml('it is not well-formed')],
    ['elements in the wrong order', metalink('<file name="a"><size></file></size>'), xml('it is not well-formed')],
    [
      'a name that JavaScript keeps for itself',
      metalink('<__proto__>1</__proto__><file name="a"/>'),
      xml('it is not well-formed'),
    ],
    ['a hundred thousand elements', metalink('<a/>'.repeat(100_000)), xml('it has too many elements')],
    [
      'a thousand elements in each other',
      metalink('<a>'.repeat(1000) + '</a>'.repeat(1000)),
      xml('it is not well-formed'),
    ],
    ['another document', '<?xml version="1.0"?><rss></rss>', 'unreadable-torrent: it is not a Metalink'],
    ['nothing', '', xml('it is not well-formed')],
    [
      'version 3',
      '<metalink version="3.0" xmlns="http://www.metalinker.org/"><files><file name="a"/></files></metalink>',
      'unreadable-torrent: it is a Metalink of version 3, which is out of use',
    ],
    [
      'another namespace',
      '<metalink xmlns="urn:x"><file name="a"/></metalink>',
      'unreadable-torrent: it is a Metalink of an unknown kind',
    ],
  ])('%s', async (_name, document, expected) => {
    expect(await failureLine(() => readMetalink(text(document)))).toBe(expected);
  });

  test('what is not in UTF-8', async () => {
    const bytes = text(metalink('<file name="a"/>')).with(60, 0xff);
    expect(await failureLine(() => readMetalink(bytes))).toBe(
      'unreadable-torrent: it is a Metalink that is no proper XML: it is not in UTF-8',
    );
  });
});

describe('leaves out', () => {
  test.each<[string, string]>([
    ['other schemes', '<url>ftp://a/x</url><url>rsync://a/x</url><url>magnet:?xt=1</url><url>file:///etc/passwd</url>'],
    ['what is no address', '<url>x</url><url></url><url>http://</url>'],
  ])('addresses of %s', (_name, inner) => {
    expect(fileOf(inner)?.urls).toEqual([]);
  });

  test.each(['', '-1', '1e3', '99999999999999999', '9007199254740991', 'many'])('a size of "%s"', (size) => {
    expect(fileOf(`<size>${size}</size>`)?.sizeBytes).toBeNull();
  });

  test('hashes of unknown kinds, and such as are none', () => {
    const hashes = `<hash type="adler32">00</hash><hash type="sha-256">ab</hash><hash type="sha-1">${'z'.repeat(40)}</hash>`;
    expect(fileOf(`${hashes}<hash>${SHA256}</hash><hash type="constructor">ab</hash>`)?.hashes.size).toBe(0);
  });

  test.each<[string, string]>([
    ['without a length', `<pieces type="sha-1"><hash>${SHA1}</hash></pieces>`],
    ['of length nothing', `<pieces type="sha-1" length="0"><hash>${SHA1}</hash></pieces>`],
    ['with a hole', `<pieces type="sha-1" length="10"><hash>${SHA1}</hash><hash>x</hash></pieces>`],
    ['that do not cover the file', `<size>100</size><pieces type="sha-1" length="10"><hash>${SHA1}</hash></pieces>`],
    ['of an unknown kind', '<pieces type="x" length="10"><hash>00</hash></pieces>'],
  ])('pieces %s', (_name, inner) => {
    expect(fileOf(inner)?.pieces).toBeNull();
  });

  test.each(['0', '1000000', 'high', ''])('a priority of "%s"', (priority) => {
    expect(fileOf(`<url priority="${priority}">http://a/</url>`)?.urls[0]?.priority).toBe(999_999);
  });

  test('all but the 64 best addresses', () => {
    const urls = Array.from({ length: 100 }, (_, at) => `<url priority="${100 - at}">http://m${at}.example/</url>`);
    const best = fileOf(urls.join(''))?.urls ?? [];
    expect([best.length, best[0]?.url]).toEqual([64, 'http://m99.example/']);
  });
});

test.each<[string, string, boolean]>([
  ['a Metalink', metalink(''), true],
  ['one without a declaration', '<metalink xmlns="urn:ietf:params:xml:ns:metalink"/>', true],
  ['one with a prefix', '<m:metalink xmlns:m="x">', true],
  ['one with a byte order mark and blanks', `\ufeff \n${metalink('')}`, true],
  ['one of version 3', '<metalink version="3.0">', true],
  ['a web page', '<!doctype html><title>metalink</title>', false],
  ['a torrent', 'd8:announce10:<metalink e', false],
  ['nothing', '', false],
])('%s is told by its content', (_name, content, expected) => {
  expect(looksLikeMetalink(text(content))).toBe(expected);
});

test.each(['"', ' ', '&#1;', '\n', ']]>', '="'])(
  'a megabyte of %j is read or refused in less than two seconds of work',
  async (part) => {
    const document = text(metalink(`<a x="1" ${part.repeat(Math.floor(1_000_000 / part.length))}`));
    expect(await cpuMs(() => failureLine(() => readMetalink(document)))).toBeLessThan(2_000);
  },
  20_000,
);
