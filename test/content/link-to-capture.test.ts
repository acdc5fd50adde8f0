import { describe, expect, test } from 'vitest';
import { type ClickFacts, linkToCapture, type PathNode } from '../../src/content/link-to-capture.ts';
import { MAX_LINK_CHARS } from '../../src/model/limits.ts';

const BASE = 'https://news.example/list/today.html';
const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';
const MAGNET = `magnet:?xt=urn:btih:${HASH}`;

const plainClick: ClickFacts = {
  isTrusted: true,
  button: 0,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  defaultPrevented: false,
};

const a = (href: string): PathNode => ({ localName: 'a', href });
const svgA = (baseVal: string): PathNode => ({ localName: 'a', href: { baseVal, animVal: baseVal } });
const captured = (path: readonly PathNode[], click: Partial<ClickFacts> = {}) =>
  linkToCapture({ ...plainClick, ...click }, path, BASE)?.url ?? null;

describe('what a link leads to', () => {
  test.each([
    ['a magnet link', MAGNET, MAGNET],
    ['a magnet link in capitals', `MAGNET:?XT=URN:BTIH:${HASH}`, `magnet:?XT=URN:BTIH:${HASH}`],
    ['a magnet link in mixed case with spaces around', `  Magnet:?xt=urn:btih:${HASH} `, MAGNET],
    [
      'a magnet link with a name before the topic',
      `magnet:?dn=x&xt=urn:btih:${HASH}`,
      `magnet:?dn=x&xt=urn:btih:${HASH}`,
    ],
    ['a v2 magnet link, to explain it', 'magnet:?xt=urn:btmh:1220aa', 'magnet:?xt=urn:btmh:1220aa'],
    [
      'a magnet link with numbered topics, one of them ours',
      `magnet:?xt.1=urn:sha1:X&xt.2=urn:btih:${HASH}`,
      `magnet:?xt.1=urn:sha1:X&xt.2=urn:btih:${HASH}`,
    ],
    ['a magnet link whose topic is escaped', `magnet:?xt=urn%3Abtih%3A${HASH}`, `magnet:?xt=urn%3Abtih%3A${HASH}`],
    ['a magnet link without a topic, to explain it', 'magnet:?dn=nothing', 'magnet:?dn=nothing'],
    ['a magnet link of eDonkey', 'magnet:?xt=urn:ed2k:31D6CFE0D16AE931B73C59D7E0C089C0', null],
    ['a magnet link of Gnutella', 'magnet:?xt=urn:sha1:YNCKHTQCWBTRNJIVCHIPEPDHKSQGNVCA', null],
    ['a .torrent over https', 'https://a.example/f/x.torrent', 'https://a.example/f/x.torrent'],
    ['a .torrent over http', 'http://a.example/x.torrent', 'http://a.example/x.torrent'],
    ['a .torrent in capitals', 'https://a.example/X.TORRENT', 'https://a.example/X.TORRENT'],
    ['a Metalink', 'https://a.example/x.meta4', 'https://a.example/x.meta4'],
    ['an older Metalink, in capitals', 'https://a.example/X.METALINK?a=1', 'https://a.example/X.METALINK?a=1'],
    ['a magnet link whose topic has lost its urn', `magnet:?xt=${HASH}`, `magnet:?xt=${HASH}`],
    ['a blob that is called .meta4', 'blob:https://a.example/x.meta4', null],
    ['a .torrent with a query', 'https://a.example/x.torrent?key=1', 'https://a.example/x.torrent?key=1'],
    ['a .torrent with a fragment', 'https://a.example/x.torrent#top', 'https://a.example/x.torrent#top'],
    ['a .torrent on another port', 'http://127.0.0.1:8080/x.torrent', 'http://127.0.0.1:8080/x.torrent'],
    ['.torrent only in the query', 'https://a.example/get?file=x.torrent', null],
    ['.torrent only in the fragment', 'https://a.example/get#x.torrent', null],
    ['.torrent in the middle of a name', 'https://a.example/x.torrent.html', null],
    ['.torrent as a folder', 'https://a.example/x.torrent/', null],
    ['a host that ends with .torrent', 'https://files.torrent/', null],
    ['torrent without a dot', 'https://a.example/mytorrent', null],
    ['a page', 'https://a.example/index.html', null],
    ['a .torrent over ftp', 'ftp://a.example/x.torrent', null],
    ['a local .torrent file', 'file:///home/me/x.torrent', null],
    ['a blob that is called .torrent', 'blob:https://a.example/x.torrent', null],
    ['a script', 'javascript:location="magnet:?xt=urn:btih:0"', null],
    ['a data URL', 'data:text/plain,x.torrent', null],
    ['a mail address', 'mailto:me@x.torrent', null],
    ['an address that cannot be read', 'https://[x.torrent', null],
    [
      'the longest link that is taken',
      `${MAGNET}&dn=`.padEnd(MAX_LINK_CHARS, 'x'),
      `${MAGNET}&dn=`.padEnd(MAX_LINK_CHARS, 'x'),
    ],
    ['a link that is longer', `${MAGNET}&dn=`.padEnd(MAX_LINK_CHARS + 1, 'x'), null],
  ])('%s', (_name, href, expected) => {
    expect(captured([a(href)])).toBe(expected);
  });
});

describe('what the page says that a link leads to', () => {
  const typed = (href: string, type: string): PathNode => ({
    localName: 'a',
    href,
    getAttribute: (name) => (name === 'type' ? type : null),
  });
  const URL_OF_SCRIPT = 'https://a.example/get?id=1';
  test.each<[string, PathNode, string | null]>([
    ['a torrent', typed(URL_OF_SCRIPT, 'application/x-bittorrent'), URL_OF_SCRIPT],
    ['a torrent, with a parameter', typed(URL_OF_SCRIPT, ' Application/X-BitTorrent; a=b'), URL_OF_SCRIPT],
    ['a Metalink', typed(URL_OF_SCRIPT, 'application/metalink4+xml'), URL_OF_SCRIPT],
    ['a film', typed(URL_OF_SCRIPT, 'video/mp4'), null],
    ['nothing', typed(URL_OF_SCRIPT, ''), null],
    ['a torrent, behind a blob', typed('blob:https://a.example/1-2', 'application/x-bittorrent'), null],
    ['a torrent, behind a script', typed('javascript:alert(1)', 'application/x-bittorrent'), null],
    ['a torrent, in a data URL', typed('data:,x', 'application/x-bittorrent'), null],
    ['a torrent, on this computer', typed('file:///x', 'application/x-bittorrent'), null],
  ])('%s', (_name, node, expected) => {
    expect(captured([node])).toBe(expected);
  });
});

describe('what was clicked', () => {
  const text = { localName: 'span' };
  const clobbered = { localName: { localName: 'a' }, href: MAGNET };
  test.each<[string, PathNode[], string | null]>([
    ['text inside a link', [text, a(MAGNET), { localName: 'body' }], MAGNET],
    ['an area of an image map', [{ localName: 'area', href: MAGNET }], MAGNET],
    ['an SVG link', [{ localName: 'circle' }, svgA(MAGNET)], MAGNET],
    ['a relative SVG link', [svgA('files/x.torrent')], 'https://news.example/list/files/x.torrent'],
    [
      'a link inside a shadow root, then its host and the window',
      [a(MAGNET), {}, { localName: 'my-card' }, {}],
      MAGNET,
    ],
    ['an ordinary link inside a magnet link', [a('https://a.example/'), a(MAGNET)], null],
    ['an anchor without href inside a magnet link', [a(''), a(MAGNET)], MAGNET],
    ['an SVG anchor without href', [svgA('')], null],
    ['no link at all', [text, { localName: 'body' }, {}], null],
    ['nothing', [], null],
    ['a stylesheet link', [{ localName: 'link', href: MAGNET }], null],
    ['a form whose field is called localName', [clobbered], null],
    ['an anchor whose href is no text', [{ localName: 'a', href: 7 }], null],
  ])('%s', (_name, path, expected) => {
    expect(captured(path)).toBe(expected);
  });
});

describe('how it was clicked', () => {
  test.each<[string, Partial<ClickFacts>, string | null]>([
    ['plainly', {}, MAGNET],
    ['by a script', { isTrusted: false }, null],
    ['with the middle button', { button: 1 }, null],
    ['with the right button', { button: 2 }, null],
    ['with Ctrl', { ctrlKey: true }, null],
    ['with Cmd', { metaKey: true }, null],
    ['with Shift', { shiftKey: true }, null],
    ['with Alt', { altKey: true }, null],
    ['and somebody else has dealt with it', { defaultPrevented: true }, null],
  ])('%s', (_name, click, expected) => {
    expect(captured([a(MAGNET)], click)).toBe(expected);
  });
});

test('names the element, so that the click can go the browser’s own way later', () => {
  const link = a(MAGNET);
  expect(linkToCapture(plainClick, [{ localName: 'b' }, link], BASE)?.element).toBe(link);
});

describe('what a publisher wrote beside a link', () => {
  const FILE = 'https://cdn.example/ep42.mp4';
  const link = (href: string, attributes: Readonly<Record<string, string>>, localName = 'a'): PathNode => ({
    localName,
    href,
    getAttribute: (name) => attributes[name] ?? null,
  });
  const read = (path: readonly PathNode[], click: Partial<ClickFacts> = {}) =>
    linkToCapture({ ...plainClick, ...click }, path, BASE)?.published ?? null;
  const torrent = { 'data-rivulet-torrent': 'https://cdn.example/ep42.mp4.torrent' };

  test('is handed on as it is, with addresses made absolute', () => {
    const attributes = {
      'data-rivulet-torrent': ' ../ep42.torrent ',
      'data-rivulet-policy': 'spare-origin; within=900',
      'data-rivulet-report': 'https://edge.example',
      download: 'Episode 42.mp4',
    };
    expect(read([link(FILE, attributes)])).toEqual({
      fileUrl: FILE,
      torrentUrl: 'https://news.example/ep42.torrent',
      policy: 'spare-origin; within=900',
      report: 'https://edge.example',
      name: 'Episode 42.mp4',
    });
  });

  test('may be no more than the torrent', () => {
    const path = [{ localName: 'b' }, link(FILE, torrent), { localName: 'body' }];
    const { 'data-rivulet-torrent': torrentUrl } = torrent;
    expect(read(path)).toEqual({ fileUrl: FILE, torrentUrl, policy: '', report: '', name: '' });
  });

  test.each<[string, PathNode, Partial<ClickFacts>]>([
    ['no torrent', link(FILE, { 'data-rivulet-policy': 'fastest' }), {}],
    ['an empty torrent', link(FILE, { 'data-rivulet-torrent': ' ' }), {}],
    ['a torrent that is no address', link(FILE, { 'data-rivulet-torrent': 'https://' }), {}],
    ['a torrent that is not on the web', link(FILE, { 'data-rivulet-torrent': 'magnet:?xt=urn:btih:0' }), {}],
    ['a script for a torrent', link(FILE, { 'data-rivulet-torrent': 'javascript:alert(1)' }), {}],
    ['a link to a script', link('javascript:alert(1)', torrent), {}],
    ['a link to an ftp server', link('ftp://cdn.example/ep42.mp4', torrent), {}],
    ['an element that is no link', link(FILE, torrent, 'video'), {}],
    ['a click of a script', link(FILE, torrent), { isTrusted: false }],
    ['a click with Control', link(FILE, torrent), { ctrlKey: true }],
    ['a click with the middle button', link(FILE, torrent), { button: 1 }],
    ['a click that the page has dealt with', link(FILE, torrent), { defaultPrevented: true }],
    ['an address that is too long', link(FILE.padEnd(MAX_LINK_CHARS + 1, 'x'), torrent), {}],
  ])('%s is left to the browser', (_name, node, click) => {
    expect(linkToCapture({ ...plainClick, ...click }, [node], BASE)).toBeNull();
  });

  test('on an outer link means nothing for the inner one', () => {
    expect(linkToCapture(plainClick, [link(FILE, {}), link(FILE, torrent)], BASE)).toBeNull();
  });

  test('changes nothing about a link to a torrent itself', () => {
    expect(linkToCapture(plainClick, [link(MAGNET, torrent)], BASE)).toMatchObject({ url: MAGNET, published: null });
  });
});
