import { describe, expect, test } from 'vitest';
import { COMMAND_RULES } from '../../src/background/command-inputs.ts';
import type { Command } from '../../src/model/commands.ts';
import { MAX_LINK_CHARS, MAX_LINKS_AT_ONCE, MAX_TORRENT_FILE_BYTES } from '../../src/model/limits.ts';

const ID = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';
const longestBase64 = 'A'.repeat(Math.ceil(MAX_TORRENT_FILE_BYTES / 3) * 4);

describe('takes', () => {
  test.each<[Command, string, unknown]>([
    ['link.capture', 'a magnet link', { url: `magnet:?xt=urn:btih:${ID}` }],
    ['link.capture', 'an https address', { url: 'https://a.example/x.torrent' }],
    ['link.capture', 'an http address', { url: 'http://a.example/x.torrent' }],
    ['link.capture', 'the longest link', { url: 'magnet:?dn='.padEnd(MAX_LINK_CHARS, 'x') }],
    ['links.capture', 'links and hashes', { urls: [`magnet:?xt=urn:btih:${ID}`, ID] }],
    ['links.capture', 'as many as are taken', { urls: Array(MAX_LINKS_AT_ONCE).fill(ID) }],
    ['page.links', 'nothing', null],
    ['player.open', 'a file of a transfer', { player: 'c0ffee00-1', id: ID, file: 3 }],
    ['player.await', 'bytes of a file', { player: 'c0ffee00-1', file: 0, startByte: 0, endByte: 2 ** 50 }],
    [
      'player.tell',
      'a playhead',
      { player: 'c0ffee00-1', aheadS: 2.5, bytesPerS: 1e6, isPaused: false, waitsForS: null },
    ],
    [
      'player.tell',
      'one that does not know its pace',
      { player: 'c0ffee00-1', aheadS: 0, bytesPerS: null, isPaused: true, waitsForS: 3 },
    ],
    ['page.add-links', 'nothing', null],
    ['transfer.add', 'an info hash', { text: ID }],
    ['transfer.add', 'text that the engine will explain', { text: 'what is this' }],
    ['transfer.add-file', 'a file', { name: 'x.torrent', base64: 'ZDFlZQ==' }],
    ['transfer.add-file', 'a file without a name', { name: '', base64: 'ZDFlZQ==' }],
    ['transfer.add-file', 'the largest file', { name: 'x.torrent', base64: longestBase64 }],
    ['transfer.adopt', 'a .torrent', { base64: 'ZDFlZQ==' }],
    ['transfer.pause', 'an info hash', { id: ID }],
    ['transfer.resume', 'a provisional id', { id: 'adding-3f2a-1' }],
    ['transfer.remove', 'an id and what to do with the data', { id: ID, deleteData: true }],
    ['transfer.set-policy', 'an id and a policy', { id: ID, policy: 'spare-origin' }],
    ['transfer.set-policy', 'a provisional id', { id: 'adding-3f2a-1', policy: 'peers-off' }],
    ['transfer.files', 'an id', { id: ID }],
    ['transfer.set-files', 'wishes', { id: ID, wishes: [{ files: [0, 199_999], priority: 'skip' }] }],
    ['transfer.accept', 'an id', { id: ID, isPaused: true }],
    ['settings.set', 'sites', { startAtOnceSites: ['archive.org', 'localhost:8080'], askFirst: false }],
    ['transfer.set-files', 'no wish', { id: ID, wishes: [] }],
    ['transfer.set-patience', 'an id and a patience', { id: ID, patience: '15-minutes' }],
    ['transfer.set-patience', 'a provisional id', { id: 'adding-3f2a-1', patience: 'least-2-mb' }],
    ['transfer.export-log', 'an id', { id: ID }],
    ['settings.set', 'one setting', { sharing: 'share' }],
    ['settings.set', 'all settings', { sharing: 'download-only', notifyWhenDone: false, sendReports: true }],
    ['settings.set', 'no setting', {}],
    ['engine.wake', 'nothing', null],
  ])('%s: %s', (command, _name, raw) => {
    expect(COMMAND_RULES[command].parse(raw)).toEqual(raw);
  });
});

const PUBLISHED = {
  fileUrl: 'https://cdn.example/a.mp4',
  torrentUrl: 'https://cdn.example/a.mp4.torrent',
  policy: '',
  report: '',
  name: '',
};

describe("reads a publisher's link", () => {
  const read = COMMAND_RULES['link.deliver'].parse;

  test('into types', () => {
    const { fileUrl, torrentUrl } = PUBLISHED;
    const raw = {
      fileUrl: `${fileUrl}#t=10`,
      torrentUrl,
      policy: 'spare-origin; within=900',
      report: 'https://EDGE.example/x',
      name: 'A.mp4',
    };
    expect(read(raw)).toEqual({
      fileUrl,
      torrentUrl,
      policy: { policy: 'spare-origin', patience: { withinS: 900 } },
      reportUrl: 'https://edge.example/x',
      name: 'A.mp4',
    });
  });

  test.each(['', 'edge', 'ftp://edge.example', 'https://me:secret@edge.example', 'https://'])(
    'without a report to "%s"',
    (report) => {
      expect(read({ ...PUBLISHED, report })).toMatchObject({ reportUrl: null, name: null });
    },
  );
});

describe('refuses', () => {
  test.each<[Command, string, unknown]>([
    ['link.capture', 'nothing', undefined],
    ['player.open', 'a player of another name', { player: '../x', id: ID, file: 0 }],
    ['player.open', 'a file that no torrent has', { player: 'c0ffee00-1', id: ID, file: -1 }],
    ['player.await', 'half a byte', { player: 'c0ffee00-1', file: 0, startByte: 0.5, endByte: 2 }],
    ['player.await', 'too many bytes', { player: 'c0ffee00-1', file: 0, startByte: 0, endByte: 2 ** 60 }],
    [
      'player.tell',
      'a pace of nothing',
      { player: 'c0ffee00-1', aheadS: 0, bytesPerS: 0, isPaused: false, waitsForS: null },
    ],
    [
      'player.tell',
      'no number',
      { player: 'c0ffee00-1', aheadS: Number.NaN, bytesPerS: null, isPaused: false, waitsForS: null },
    ],
    ['link.capture', 'null', null],
    ['link.capture', 'text', 'magnet:?xt=urn:btih:0'],
    ['link.capture', 'a list', [{ url: 'magnet:?' }]],
    ['link.capture', 'no url', {}],
    ['link.capture', 'a number', { url: 7 }],
    ['link.capture', 'an object that would turn into text', { url: { toString: () => 'magnet:?' } }],
    ['link.capture', 'an empty url', { url: '' }],
    ['link.capture', 'a relative address', { url: '/x.torrent' }],
    ['link.capture', 'a local file', { url: 'file:///etc/passwd' }],
    ['link.capture', 'a script', { url: 'javascript:alert(1)' }],
    ['link.capture', 'data', { url: 'data:,x.torrent' }],
    ['link.capture', 'a page of ours', { url: 'chrome-extension://abc/popup.html' }],
    ['link.capture', 'a link that is too long', { url: 'magnet:?dn='.padEnd(MAX_LINK_CHARS + 1, 'x') }],
    ['link.capture', 'a word of its own about the page', { url: 'magnet:?', pageUrl: 'http://192.168.0.1/' }],
    ['links.capture', 'no links', { urls: [] }],
    ['links.capture', 'one more than are taken', { urls: Array(MAX_LINKS_AT_ONCE + 1).fill(ID) }],
    ['links.capture', 'blanks among links', { urls: [ID, ' '] }],
    ['links.capture', 'a number among links', { urls: [ID, 7] }],
    ['links.capture', 'a link that is too long', { urls: ['x'.repeat(MAX_LINK_CHARS + 1)] }],
    ['links.capture', 'a word about the page', { urls: [ID], pageUrl: 'http://192.168.0.1/' }],
    ['page.add-links', 'a tab of its own choice', { tabId: 1 }],
    ['link.deliver', 'nothing', undefined],
    ['link.deliver', 'no torrent', { ...PUBLISHED, torrentUrl: '' }],
    ['link.deliver', 'a file that is not on the web', { ...PUBLISHED, fileUrl: 'file:///etc/passwd' }],
    ['link.deliver', 'a magnet for a torrent', { ...PUBLISHED, torrentUrl: `magnet:?xt=urn:btih:${ID}` }],
    ['link.deliver', 'an address with a login', { ...PUBLISHED, fileUrl: 'https://me:secret@cdn.example/a.mp4' }],
    ['link.deliver', 'a long address', { ...PUBLISHED, fileUrl: 'https://a.example/'.padEnd(MAX_LINK_CHARS + 1, 'x') }],
    ['link.deliver', 'a long policy', { ...PUBLISHED, policy: 'x'.repeat(201) }],
    ['link.deliver', 'a long name', { ...PUBLISHED, name: 'x'.repeat(1_025) }],
    ['link.deliver', 'a long address for reports', { ...PUBLISHED, report: 'x'.repeat(MAX_LINK_CHARS + 1) }],
    ['link.deliver', 'a word about the page', { ...PUBLISHED, pageUrl: 'http://192.168.0.1/' }],
    ['link.deliver', 'a policy that is no text', { ...PUBLISHED, policy: { policy: 'peers-off', patience: null } }],
    ['transfer.add', 'no text', { text: '' }],
    ['transfer.add', 'blanks', { text: ' \n\t' }],
    ['transfer.add', 'text that is too long', { text: 'x'.repeat(MAX_LINK_CHARS + 1) }],
    ['transfer.add-file', 'no content', { name: 'x', base64: '' }],
    ['transfer.add-file', 'a file that is too large', { name: 'x', base64: `${longestBase64}A` }],
    ['transfer.add-file', 'a name that is too long', { name: 'x'.repeat(1_025), base64: 'ZA==' }],
    ['transfer.add-file', 'bytes', { name: 'x', base64: new Uint8Array(4) }],
    ['transfer.adopt', 'no content', { base64: '' }],
    ['transfer.adopt', 'a path to read from', { base64: 'ZA==', path: '/etc' }],
    ['transfer.set-policy', 'a policy that there is not', { id: ID, policy: 'Fastest' }],
    ['transfer.set-policy', 'a name of the prototype', { id: ID, policy: 'toString' }],
    ['transfer.set-policy', 'no policy', { id: ID }],
    ['transfer.set-policy', 'no id', { policy: 'fastest' }],
    ['transfer.files', 'a path', { id: ID, path: '/etc' }],
    ['transfer.set-files', 'an unknown priority', { id: ID, wishes: [{ files: [0], priority: 'high' }] }],
    ['transfer.accept', 'half a wish', { id: ID }],
    ['settings.set', 'a site as long as a novel', { startAtOnceSites: ['a'.repeat(262)] }],
    ['transfer.set-files', 'half a file', { id: ID, wishes: [{ files: [0.5], priority: 'skip' }] }],
    ['transfer.set-files', 'a file beyond all torrents', { id: ID, wishes: [{ files: [200_000], priority: 'skip' }] }],
    [
      'transfer.set-files',
      'more wishes than there are priorities',
      { id: ID, wishes: Array(4).fill({ files: [], priority: 'skip' }) },
    ],
    ['transfer.set-patience', 'a time of its own', { id: ID, patience: { type: 'deadline', atMs: 1e15 } }],
    ['transfer.set-patience', 'a name of the prototype', { id: ID, patience: 'constructor' }],
    ['transfer.set-patience', 'no patience', { id: ID }],
    ['transfer.set-patience', 'a policy beside it', { id: ID, patience: '1-hour', policy: 'fastest' }],
    ['transfer.export-log', 'a path', { id: ID, path: '/etc' }],
    ['transfer.pause', 'an id with a path in it', { id: '../../settings' }],
    ['transfer.pause', 'a hash that is too short', { id: ID.slice(1) }],
    ['transfer.pause', 'a hash in capitals, which no id is', { id: ID.toUpperCase() }],
    ['transfer.pause', 'an id with a line after it', { id: `${ID}\n` }],
    ['transfer.pause', 'a name of the prototype', { id: '__proto__' }],
    ['transfer.resume', 'an endless id', { id: `adding-${'1'.repeat(200)}` }],
    ['transfer.remove', 'no word about the data', { id: ID }],
    ['transfer.remove', 'text for a yes', { id: ID, deleteData: 'true' }],
    ['settings.set', 'an unknown setting', { admin: true }],
    ['settings.set', 'an unknown value', { sharing: 'always' }],
    ['settings.set', 'a setting that is not there', { sharing: undefined }],
    ['settings.set', 'a list', []],
    ['settings.set', 'null', null],
    ['engine.wake', 'an object', {}],
  ])('%s: %s', (command, _name, raw) => {
    expect(() => COMMAND_RULES[command].parse(raw)).toThrow();
  });
});
