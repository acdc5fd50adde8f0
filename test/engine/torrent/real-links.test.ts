import { describe, expect, test } from 'vitest';
import { readLink } from '../../../src/engine/torrent/read-link.ts';
import { TorrentError } from '../../../src/engine/torrent/torrent-error.ts';
import { findLinks } from '../../../src/model/find-links.ts';

/** Sintel, the torrent that every client is tried with. */
const HEX = '08ada5a7a6183aae1e09d831df6748d566095a10';
const BASE32 = 'BCW2LJ5GDA5K4HQJ3AY56Z2I2VTASWQQ';
const TWO = 'dd8255ecdc7ca55fb0bbf81323d87062db1f6d1c';
const V2 = `urn:btmh:1220${'caf1e1c3'.repeat(8)}`;
const M = `magnet:?xt=urn:btih:${HEX}`;
const UDP = 'udp%3A%2F%2Fexplodie.org%3A6969';

/** What a link comes to, on one line: its hash (`*` for Sintel's), name and how many of each source; or the failure. */
function outcome(text: string): string {
  try {
    const link = readLink(text);
    if (link.kind === 'torrent-url') return link.url;
    const { infoHash, name, sources, torrentUrls, lengthBytes, selectedFiles } = link.magnet;
    const count = (word: string, items: readonly unknown[]) => (items.length > 0 ? [`${items.length} ${word}`] : []);
    return [
      infoHash === HEX ? '*' : infoHash,
      ...(name === null ? [] : [`"${name}"`]),
      ...count('tr', sources.trackers),
      ...count('ws', sources.origins),
      ...count('xs', torrentUrls),
      ...(lengthBytes === null ? [] : [`${lengthBytes} B`]),
      ...(selectedFiles === null ? [] : [`files ${selectedFiles}`]),
    ].join(' ');
  } catch (error) {
    if (error instanceof TorrentError) return error.failure.code;
    throw error;
  }
}

describe('one link', () => {
  test.each([
    // Hashes, as sites and programs write them.
    ['lower-case hex', M, '*'],
    ['upper-case hex', `magnet:?xt=urn:btih:${HEX.toUpperCase()}`, '*'],
    ['mixed hex', `magnet:?xt=urn:btih:${HEX.slice(0, 20).toUpperCase()}${HEX.slice(20)}`, '*'],
    ['base32, as Vuze wrote it', `magnet:?xt=urn:btih:${BASE32}`, '*'],
    ['base32 in lower case', `magnet:?xt=urn:btih:${BASE32.toLowerCase()}`, '*'],
    ['everything in capitals', `MAGNET:?XT=URN:BTIH:${HEX.toUpperCase()}`, '*'],
    ['an encoded topic, as URLSearchParams writes it', `magnet:?xt=urn%3Abtih%3A${HEX}`, '*'],
    ['a topic that was encoded twice', `magnet:?xt=urn%253Abtih%253A${HEX}`, '*'],
    ['a query that was encoded as a whole', `magnet:?xt%3Durn%3Abtih%3A${HEX}%26dn%3DSintel`, '* "Sintel"'],
    ['no question mark', `magnet:xt=urn:btih:${HEX}`, '*'],
    ['slashes as of a web address', `magnet://?xt=urn:btih:${HEX}&dn=a`, '* "a"'],
    ['one slash', `magnet:/?xt=urn:btih:${HEX}`, '*'],
    ['no urn', `magnet:?xt=btih:${HEX}`, '*'],
    ['nothing but the hash for a topic', `magnet:?xt=${HEX}`, '*'],
    ['nothing but base32 for a topic', `magnet:?xt=${BASE32}&dn=a`, '* "a"'],
    ['a dot after the hash', `${M}.`, '*'],
    ['a slash after the hash', `${M}/&dn=a`, '* "a"'],
    ['a fragment after the hash', `${M}#file`, '*'],
    ['a blank after the hash, encoded', `${M}%20&dn=a`, '* "a"'],
    ['a line break in the hash', `magnet:?xt=urn:btih:${HEX.slice(0, 30)}\n${HEX.slice(30)}&dn=a`, '* "a"'],
    [
      'marks without width in the hash',
      `magnet:?xt=urn:btih:${HEX.slice(0, 8)}\u200b${HEX.slice(8, 20)}\u00ad${HEX.slice(20)}`,
      '*',
    ],
    ['a mark without width after the link', `${M}\u200b`, '*'],
    ['a byte order mark before the link', `\ufeff${M}`, '*'],
    ['a left-to-right mark before the link', `\u200e${M}`, '*'],
    ['no-break blanks around', `\u00a0${M}\u00a0`, '*'],
    ['39 digits', `magnet:?xt=urn:btih:${HEX.slice(1)}`, 'bad-link'],
    ['41 digits', `${M}0`, 'bad-link'],
    ['64 digits under the first kind of topic', `magnet:?xt=urn:btih:${'ab'.repeat(32)}`, 'bad-link'],
    ['31 digits of base32', `magnet:?xt=urn:btih:${BASE32.slice(1)}`, 'bad-link'],
    ['40 characters that are no digits', `magnet:?xt=urn:btih:${'x'.repeat(40)}`, 'bad-link'],
    ['32 characters with a 1 and an 8', `magnet:?xt=urn:btih:${`18${BASE32.slice(2)}`}`, 'bad-link'],
    ['0x before the digits', `magnet:?xt=urn:btih:0x${HEX}`, 'bad-link'],
    ['a placeholder that a site forgot to fill', 'magnet:?xt=urn:btih:{{hash}}&dn={{name}}', 'bad-link'],
    ['"undefined" from a script', 'magnet:?xt=urn:btih:undefined&dn=undefined', 'bad-link'],
    ['nothing after the topic’s name', 'magnet:?xt=urn:btih:', 'bad-link'],

    // Topics: none, others, several.
    ['no topic', 'magnet:?dn=Sintel&tr=wss%3A%2F%2Ft', 'bad-link'],
    ['the bare scheme', 'magnet:', 'bad-link'],
    ['the scheme and a question mark', 'magnet:?', 'bad-link'],
    ['Gnutella', 'magnet:?xt=urn:sha1:YNCKHTQCWBTRNJIVCHIPEPDHKSQGNVCA', 'bad-link'],
    ['eDonkey', 'magnet:?xt=urn:ed2k:354B15E68FB8F36D7CD88FF94116CDC1&xl=10&dn=a', 'bad-link'],
    ['Direct Connect', 'magnet:?xt=urn:tree:tiger:7N5OAMRNGMSSEUE3ORHOKWN4WWIQ5X4EBOOTLJY&xl=1', 'bad-link'],
    ['Gnutella and BitTorrent', `magnet:?xt=urn:sha1:YNCKHTQCWBTRNJIVCHIPEPDHKSQGNVCA&xt=urn:btih:${HEX}`, '*'],
    ['numbered topics of both networks', `magnet:?xt.1=urn:sha1:YNCKHTQC&xt.2=urn:btih:${HEX}`, '*'],
    ['a hybrid, version 1 first', `${M}&xt=${V2}&dn=a`, '* "a"'],
    ['a hybrid, version 2 first', `magnet:?xt=${V2}&xt=urn:btih:${HEX}`, '*'],
    ['version 2 alone', `magnet:?xt=${V2}&dn=a`, 'v2-only'],
    ['version 2 alone, in capitals and encoded', `magnet:?xt=${V2.toUpperCase().replaceAll(':', '%3A')}`, 'v2-only'],
    ['version 2 with another kind of hash', `magnet:?xt=urn:btmh:1114${'ab'.repeat(20)}`, 'bad-link'],
    ['version 2 that is cut short', `magnet:?xt=${V2.slice(0, -2)}`, 'bad-link'],
    ['a feed that changes (BEP 46)', `magnet:?xs=urn:btpk:${'ab'.repeat(32)}`, 'bad-link'],
    ['two topics of version 1', `${M}&xt=urn:btih:${TWO}`, '*'],
    ['a broken topic first', `magnet:?xt=urn:btih:zzz&xt=urn:btih:${HEX}`, '*'],

    // Separators.
    ['&amp;', `${M}&amp;dn=a&amp;tr=${UDP}`, '* "a" 1 tr'],
    ['&amp;amp;', `${M}&amp;amp;dn=a&amp;amp;tr=${UDP}`, '* "a" 1 tr'],
    ['&#38;', `${M}&#38;dn=a&#38;tr=${UDP}`, '* "a" 1 tr'],
    ['&#x26;', `${M}&#x26;dn=a&#X26;tr=${UDP}`, '* "a" 1 tr'],
    ['&amp; before the topic', `magnet:?dn=a&amp;xt=urn:btih:${HEX}`, '* "a"'],
    ['&AMP;', `${M}&AMP;dn=a`, '* "a"'],
    ['doubled', `${M}&&dn=a&&&tr=${UDP}`, '* "a" 1 tr'],
    ['before everything', `magnet:?&xt=urn:btih:${HEX}`, '*'],
    ['at the end', `${M}&`, '*'],
    ['lost after the hash', `${M}dn=Sintel&tr=${UDP}`, '* "Sintel" 1 tr'],
    ['lost after base32', `magnet:?xt=urn:btih:${BASE32}tr=${UDP}`, '* 1 tr'],
    ['a second question mark', `${M}?dn=Sintel&tr=${UDP}`, '* "Sintel" 1 tr'],
    ['a semicolon', `${M};dn=Sintel`, '* "Sintel"'],
    ['a comma', `${M},tr=${UDP}`, '* 1 tr'],
    ['a blank', `${M} dn=Sintel`, '* "Sintel"'],
    ['a line break before each key', `${M}\n&dn=Sintel\n&tr=${UDP}`, '* "Sintel\n" 1 tr'],
    ['a blank before each key', `${M}& dn=Sintel& tr=${UDP}`, '* "Sintel" 1 tr'],
    ['a key without a value', `${M}&dn&tr`, '*'],
    ['a value without a key', `${M}&=Sintel`, '*'],
    ['a key that nobody knows', `${M}&foo=bar&x.y=z&kt=film&mt=http://a/list`, '*'],

    // Names.
    ['dn with +', `${M}&dn=Sintel+2010+(HD)`, '* "Sintel 2010 (HD)"'],
    ['dn with %20', `${M}&dn=Sintel%202010`, '* "Sintel 2010"'],
    ['dn with blanks', `${M}&dn=Sintel 2010&tr=${UDP}`, '* "Sintel 2010" 1 tr'],
    ['dn in UTF-8', `${M}&dn=%D0%A1%D0%B8%D0%BD%D1%82%D0%B5%D0%BB`, '* "Синтел"'],
    ['dn in Unicode as it is', `${M}&dn=シンテル.mkv`, '* "シンテル.mkv"'],
    ['dn with emoji', `${M}&dn=🐉%F0%9F%90%89`, '* "🐉🐉"'],
    ['dn in windows-1251', `${M}&dn=%D1%E8%ED`, '* "\ufffd\ufffd\ufffd"'],
    ['dn with a stray %', `${M}&dn=100% Sintel%`, '* "100% Sintel%"'],
    ['dn with %u of old scripts', `${M}&dn=%u0421a`, '* "%u0421a"'],
    ['dn with an encoded &', `${M}&dn=Tom%26Jerry`, '* "Tom&Jerry"'],
    ['dn with a bare &', `${M}&dn=Tom & Jerry`, '* "Tom "'],
    ['dn with =', `${M}&dn=a=b`, '* "a=b"'],
    ['dn with an apostrophe', `${M}&dn=Bob's%20film`, '* "Bob\'s film"'],
    ['dn with quotes', `${M}&dn=%22a%22`, '* ""a""'],
    ['dn with markup, which stays text', `${M}&dn=%3Cb%3Ea`, '* "<b>a"'],
    ['dn with a path, which stays text', `${M}&dn=..%2F..%2Fa`, '* "../../a"'],
    ['dn with a NUL', `${M}&dn=a%00b`, '* "a\0b"'],
    ['dn twice', `${M}&dn=a&dn=b`, '* "a"'],
    ['dn that is empty', `${M}&dn=&tr=${UDP}`, '* 1 tr'],
    ['DN in capitals', `${M}&DN=a`, '* "a"'],
    ['dn.1', `${M}&dn.1=a`, '* "a"'],
    ['dn before the topic', `magnet:?dn=a&xt=urn:btih:${HEX}`, '* "a"'],
    ['a name that looks like a tracker', `${M}&dn=udp%3A%2F%2Fx`, '* "udp://x"'],

    // Trackers.
    ['one', `${M}&tr=${UDP}`, '* 1 tr'],
    ['several', `${M}&tr=${UDP}&tr=wss%3A%2F%2Ftracker.openwebtorrent.com`, '* 2 tr'],
    ['several, one twice', `${M}&tr=${UDP}&tr=udp://explodie.org:6969`, '* 1 tr'],
    ['numbered', `${M}&tr.1=${UDP}&tr.2=wss://t.example`, '* 2 tr'],
    ['numbered from 0, with gaps', `${M}&tr.0=${UDP}&tr.7=wss://t.example`, '* 2 tr'],
    ['not encoded', `${M}&tr=http://t.example/announce?passkey=a=b`, '* 1 tr'],
    ['not encoded, with &', `${M}&tr=http://t.example/announce?a=1&b=2`, '* 1 tr'],
    ['encoded twice', `${M}&tr=udp%253A%252F%252Fexplodie.org%253A6969`, '* 1 tr'],
    ['without a scheme', `${M}&tr=tracker.example:6969/announce`, '*'],
    ['without anything', `${M}&tr=`, '*'],
    ['of an unknown scheme', `${M}&tr=dht://a&tr=ftp://a&tr=javascript:alert(1)`, '*'],
    ['with blanks around', `${M}&tr=%20${UDP}%20`, '* 1 tr'],
    ['with a port that is none', `${M}&tr=udp://t.example:99999/announce`, '*'],
    ['in capitals', `${M}&TR=UDP%3A%2F%2FTRACKER.EXAMPLE%3A80`, '* 1 tr'],
    ['at IPv6', `${M}&tr=udp%3A%2F%2F%5B2001%3Adb8%3A%3A1%5D%3A80`, '* 1 tr'],
    ['with a Unicode host', `${M}&tr=https://трекер.рф/announce`, '* 1 tr'],
    [
      '100 over UDP and one for browsers',
      `${M}${Array.from({ length: 100 }, (_, at) => `&tr=udp://t${at}.example`).join('')}&tr=wss://t.example`,
      '* 64 tr',
    ],

    // Other sources.
    ['ws', `${M}&ws=https%3A%2F%2Fwebtorrent.io%2Ftorrents%2F`, '* 1 ws'],
    ['ws encoded twice', `${M}&ws=https%253A%252F%252Fwebtorrent.io%252Ftorrents%252F`, '* 1 ws'],
    ['several ws, numbered', `${M}&ws.1=http://a/&ws.2=http://b/`, '* 2 ws'],
    ['ws over ftp', `${M}&ws=ftp://a/b`, '*'],
    ['ws that is a script', `${M}&ws=javascript:alert(1)`, '*'],
    ['ws of this computer’s disk', `${M}&ws=file:///etc/passwd`, '*'],
    ['xs that is a .torrent', `${M}&xs=https%3A%2F%2Fwebtorrent.io%2Ftorrents%2Fsintel.torrent`, '* 1 xs'],
    ['xs that is another magnet’s', `${M}&xs=urn:btpk:00`, '*'],
    ['xs of a Gnutella hub', `${M}&xs=http://10.0.0.1:6346/uri-res/N2R?urn:sha1:AAA`, '* 1 xs'],
    ['as that is a .torrent', `${M}&as=http://a/b.torrent`, '* 1 xs'],
    ['as that is the file', `${M}&as=http://a/b.iso`, '* 1 ws'],
    ['as that is a Metalink', `${M}&as=http://a/b.meta4`, '* 1 xs'],
    ['xl', `${M}&xl=129241752`, '* 129241752 B'],
    ['xl that is no number', `${M}&xl=123MB`, '*'],
    ['xl that is negative', `${M}&xl=-1`, '*'],
    ['so', `${M}&so=0,2-3`, '* files 0,2,3'],
    ['so that is broken', `${M}&so=all`, '*'],
    ['x.pe and DHT, which no browser reaches', `${M}&x.pe=1.2.3.4:6881&dht=1`, '*'],
    [
      'all of WebTorrent’s Sintel',
      `${M}&dn=Sintel&tr=${UDP}&tr=wss%3A%2F%2Ftracker.btorrent.xyz&ws=https%3A%2F%2Fwebtorrent.io%2Ftorrents%2F&xs=https%3A%2F%2Fwebtorrent.io%2Ftorrents%2Fsintel.torrent`,
      '* "Sintel" 2 tr 1 ws 1 xs',
    ],

    // Around the link.
    ['quotes', `"${M}"`, '*'],
    ['single quotes', `'${M}&dn=a'`, '* "a"'],
    ['angle brackets', `<${M}>`, '*'],
    ['angle brackets with URL:', `<URL:${M}>`, '*'],
    ['backticks', `\`${M}\``, '*'],
    ['German quotes', `„${M}“`, '*'],
    ['French quotes', `« ${M} »`, '*'],
    ['tabs and line breaks', `\t\r\n${M}\r\n`, '*'],
    ['words before', `here: ${M}`, 'bad-link'],
    ['another scheme that ends the same', `stream-magnet:?xt=urn:btih:${HEX}`, 'bad-link'],

    // No magnets.
    ['a bare hash', HEX, '*'],
    ['a bare hash in capitals', HEX.toUpperCase(), '*'],
    ['a bare hash in base32', BASE32, '*'],
    ['a hash after "urn:btih:"', `urn:btih:${HEX}`, '*'],
    ['a hash after "btih:"', `btih:${HEX}`, '*'],
    ['a hash after "Info hash:"', `Info hash: ${HEX}`, '*'],
    ['a hash after "infohash="', `infohash=${HEX}`, '*'],
    ['a hash in groups, as Vuze shows it', (HEX.match(/.{8}/g) ?? []).join(' '), '*'],
    ['a hash in pairs with colons', (HEX.match(/../g) ?? []).join(':'), '*'],
    ['a hash of version 2', 'caf1e1c3'.repeat(8), 'bad-link'],
    ['an MD5', 'd41d8cd98f00b204e9800998ecf8427e', 'bad-link'],
    ['a .torrent', 'https://a.example/b.torrent', 'https://a.example/b.torrent'],
    ['a .torrent with blanks', ' https://a.example/b c.torrent ', 'https://a.example/b%20c.torrent'],
    ['a script that serves one', 'http://a.example/get.php?id=1&key=2', 'http://a.example/get.php?id=1&key=2'],
    ['a .torrent in quotes', '"https://a.example/b.torrent"', 'https://a.example/b.torrent'],
    ['backslashes', 'https:\\\\a.example\\b.torrent', 'https://a.example/b.torrent'],
    ['a host in Unicode', 'https://bücher.example/b.torrent', 'https://xn--bcher-kva.example/b.torrent'],
    ['no scheme', 'a.example/b.torrent', 'bad-link'],
    ['ftp', 'ftp://a.example/b.torrent', 'bad-link'],
    ['a file of this computer', 'file:///home/a/b.torrent', 'bad-link'],
    ['a blob', 'blob:https://a.example/1-2', 'bad-link'],
    ['eD2k', 'ed2k://|file|a|1|354B15E68FB8F36D7CD88FF94116CDC1|/', 'bad-link'],
    ['Freenet', 'freenet:KSK@gpl.txt', 'bad-link'],
    ['a search', 'sintel 1080p', 'bad-link'],
    ['nothing', '', 'bad-link'],
    ['marks without width alone', '\u200b\u200b', 'bad-link'],
  ])('%s', (_name, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test('none is longer than 64 KiB', () => {
    expect([outcome(`${M}&dn=`.padEnd(65_536, 'a')).length, outcome(`${M}&dn=`.padEnd(65_537, 'a'))]).toEqual([
      65_536 - `${M}&dn=`.length + 4,
      'bad-link',
    ]);
  });
});

describe('links in a text', () => {
  const other = `magnet:?xt=urn:btih:${TWO}`;
  const full = `${M}&dn=Sintel&tr=${UDP}`;
  test.each<[string, string, readonly string[]]>([
    ['one alone', M, [M]],
    ['one in a sentence', `Take ${M}, it is free.`, [M]],
    ['one at the end of a sentence', `It is ${M}.`, [M]],
    ['one in brackets', `Sintel (${M}) is free`, [M]],
    ['one in Markdown', `[Sintel](${full})`, [full]],
    ['one in Markdown, bold', `**${M}**`, [M]],
    ['one in BBCode', `[url=${full}]Sintel[/url]`, [full]],
    ['one in BBCode, as text', `[url]${M}[/url]`, [M]],
    ['one in HTML', `<a href="${full.replaceAll('&', '&amp;')}">Sintel</a>`, [full.replaceAll('&', '&amp;')]],
    ['one in HTML with single quotes', `<a href='${M}&dn=a'>x</a>`, [`${M}&dn=a`]],
    ['one in JSON', JSON.stringify({ magnet: full }), [full]],
    ['one in backticks', `\`${M}\``, [M]],
    ['one in typographic quotes', `“${M}”`, [M]],
    ['one with an apostrophe in its name', `${M}&dn=Bob's&tr=${UDP}`, [`${M}&dn=Bob's&tr=${UDP}`]],
    ['one with brackets in its name', `${M}&dn=[HD]_(2010)`, [`${M}&dn=[HD]_(2010)`]],
    ['one with a lone bracket in its name', `${M}&dn=:)&tr=${UDP}`, [`${M}&dn=:)&tr=${UDP}`]],
    ['one with blanks in its name', `${M}&dn=Sintel 2010&tr=${UDP} and more`, [`${M}&dn=Sintel 2010&tr=${UDP}`]],
    ['one with Unicode in its name', `${M}&dn=Синтел`, [`${M}&dn=Синтел`]],
    ['one that ends with =', `${M}&tr=`, [`${M}&tr=`]],
    ['one encoded as a whole', `https://a.example/?u=${encodeURIComponent(full)}&b=1`, [full]],
    ['one behind a link shortener', `https://a.example/go?${M}`, [M]],
    ['two on one line', `${M} ${other}`, [M, other]],
    ['two with nothing between', `${M}${other}`, [M, other]],
    ['two with a comma', `${M},${other}`, [M, other]],
    ['two on lines', `${M}\r\n${other}\r\n`, [M, other]],
    ['one twice', `${M}\n${M}`, [M]],
    ['one and its hash', `${HEX}\n${full}`, [full]],
    [
      'a long list',
      Array(300)
        .fill(0)
        .map((_, at) => at.toString(16).padStart(40, '0'))
        .join('\n'),
      Array(200)
        .fill(0)
        .map((_, at) => at.toString(16).padStart(40, '0')),
    ],
    ['one wrapped before &', `${M}\n&dn=Sintel\n&tr=${UDP}`, [full]],
    ['one wrapped after &', `${M}&\ndn=Sintel&\ntr=${UDP}`, [full]],
    ['one wrapped after =', `${M}&dn=\nSintel&tr=\n${UDP}`, [full]],
    ['one wrapped in its hash', `${M.slice(0, 40)}\n${M.slice(40)}`, [M]],
    ['one wrapped in its name', `${M}&dn=Sin\ntel&tr=${UDP}`, [full]],
    ['one wrapped within an escape', `${M}&dn=Sintel&tr=udp%3\nA%2F%2Fexplodie.org%3A6969`, [full]],
    ['one wrapped within a tracker', `${M}&dn=Sintel&tr=udp%3A%2F%2Fexplo\ndie.org%3A6969`, [full]],
    ['one wrapped in a quoted mail', `> ${M}\n> &dn=Sintel\n> &tr=${UDP}`, [full]],
    ['one in quoted-printable', `${M.replace('=', '=3D')}&dn=3DSin=\ntel`, [`${M}&dn=Sintel`]],
    ['one with text on the next line', `${M}\nSintel is free`, [M]],
    ['one with a hash on the next line', `${M}\n${TWO}`, [M, TWO]],
    ['marks without width', `${M.slice(0, 30)}\u200b${M.slice(30)}`, [M]],
    ['a bare hash', `hash ${HEX}.`, [HEX]],
    ['a bare hash in capitals', HEX.toUpperCase(), [HEX.toUpperCase()]],
    ['a bare hash in base32', `x ${BASE32} y`, [BASE32]],
    ['a bare hash in lower-case base32', BASE32.toLowerCase(), [BASE32.toLowerCase()]],
    ['hashes in a table', `| ${HEX} | ${TWO} |`, [HEX, TWO]],
    ['a hash after its name', `btih:${HEX}`, [HEX]],
    ['a SHA-256', 'caf1e1c3'.repeat(8), []],
    ['41 digits', `${HEX}0`, []],
    ['a hash within a word', `x${HEX}`, []],
    ['an MD5', 'd41d8cd98f00b204e9800998ecf8427e', []],
    ['an MD5 that could be base32', 'a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5', []],
    ['32 letters', 'abcdefghijklmnopqrstuvwxyzabcdef', []],
    ['32 digits of base32 in both cases', `${BASE32.slice(0, 16)}${BASE32.slice(16).toLowerCase()}`, []],
    ['a SHA-1 that says so', `sha1: ${HEX}`, []],
    ['a commit on the web', `https://github.com/a/b/commit/${HEX}`, []],
    ['a magnet of another network', 'magnet:?xt=urn:sha1:YNCKHTQCWBTRNJIVCHIPEPDHKSQGNVCA&dn=a', []],
    ['an eD2k link', 'ed2k://|file|a|1|354B15E68FB8F36D7CD88FF94116CDC1|h=2VTASWQQBCW2LJ5GDA5K4HQJ3AY56Z2I|/', []],
    ['the word magnet', 'a magnet: it attracts', []],
    ['a .torrent', 'Get https://a.example/b.torrent.', ['https://a.example/b.torrent']],
    ['a .torrent with a query', '<https://a.example/b.torrent?k=1>', ['https://a.example/b.torrent?k=1']],
    ['a Metalink', '(http://a.example/b.meta4)', ['http://a.example/b.meta4']],
    ['a hash in the name of a .torrent', `https://a.example/${HEX}.torrent`, [`https://a.example/${HEX}.torrent`]],
    ['an ordinary address', 'https://a.example/torrent', []],
    ['a .torrent over ftp', 'ftp://a.example/b.torrent', []],
    ['all kinds, in their order', `https://a.example/b.torrent ${TWO} ${M}`, ['https://a.example/b.torrent', TWO, M]],
    ['a uri-list with comments', `# from a page\r\n${M}\r\n`, [M]],
    ['nothing', '', []],
  ])('%s', (_name, text, expected) => {
    expect(findLinks(text)).toEqual(expected);
  });

  test.each([
    ['a megabyte of one link', `${M}&dn=`.padEnd(1_000_000, 'a')],
    ['a megabyte of blanks in a name', `${M}&dn=`.padEnd(1_000_000, ' a')],
    ['a megabyte of brackets', ')('.repeat(500_000)],
    ['a megabyte of beginnings', 'magnet:?x='.repeat(100_000)],
    ['a megabyte of lines that go on', `${M}\n${'&\n'.repeat(500_000)}`],
    ['a megabyte of digits', 'a2'.repeat(500_000)],
    ['a megabyte of schemes', 'http://'.repeat(140_000)],
    ['a megabyte of "a"', 'a'.repeat(1_000_000)],
    ['a megabyte of quoting', '>'.repeat(1_000_000)],
    ['a megabyte of keys', `${M}&dn=a ${'&tr=b '.repeat(160_000)}`],
  ])('%s is read in little time', (_name, text) => {
    const startMs = performance.now();
    findLinks(text);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });
});
