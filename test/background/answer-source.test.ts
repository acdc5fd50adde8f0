import { expect, test } from 'vitest';
import { type AnsweredRequest, AnswerSources } from '../../src/background/answer-source.ts';

const URL_OUTSIDE = 'https://site.test/get/7';
const PAGE = 'https://page.test/list';
const request = (more: Partial<AnsweredRequest> = {}): AnsweredRequest => ({
  url: URL_OUTSIDE,
  tabId: 1,
  originUrl: PAGE,
  ...more,
});
const source = (more: Partial<AnsweredRequest> = {}) => new AnswerSources().of(request(more), 5);

test.each<[string, Partial<AnsweredRequest>, string | null]>([
  ['the page, in Firefox', {}, PAGE],
  ['its origin, in Chrome', { originUrl: undefined, initiator: 'https://page.test' }, 'https://page.test'],
  ['the server itself, when no page led there', { originUrl: undefined }, URL_OUTSIDE],
  ['nobody known, from a sandboxed frame', { originUrl: undefined, initiator: 'null' }, null],
  [
    'a page of the local network, which may lead there',
    { originUrl: 'http://nas.local/', url: 'http://10.0.0.1/a' },
    'http://nas.local/',
  ],
])('comes from %s', (_name, more, pageUrl) => {
  expect(source(more)).toEqual({
    kind: 'page',
    pageUrl,
    isApart: false,
    isPrivateWindow: false,
    atMs: 5,
    isUnasked: true,
  });
});

test.each<[string, Partial<AnsweredRequest>]>([
  ['no tab', { tabId: -1 }],
  ['a page of an extension', { originUrl: 'moz-extension://1234/add.html' }],
  ['an extension, in Chrome', { originUrl: undefined, initiator: 'chrome-extension://abc' }],
  ['a public page that leads inside', { url: 'http://192.168.1.1/a.torrent' }],
  ['a sandboxed frame that leads inside', { originUrl: undefined, initiator: 'null', url: 'http://127.0.0.1/a' }],
])('%s is left to the browser', (_name, more) => {
  expect(source(more)).toBeNull();
});

test.each<[string, Partial<AnsweredRequest>, boolean, boolean]>([
  ['a private window', { incognito: true, cookieStoreId: 'firefox-private' }, true, true],
  ['a container', { cookieStoreId: 'firefox-container-1' }, true, false],
  ['an ordinary tab', { cookieStoreId: 'firefox-default' }, false, false],
])('%s', (_name, more, isApart, isPrivateWindow) => {
  expect(source(more)).toMatchObject({ isApart, isPrivateWindow });
});

test('a tab brings one in a second, whatever its page does', () => {
  const sources = new AnswerSources();
  const isTaken = (nowMs: number, tabId = 1) => sources.of(request({ tabId }), nowMs) !== null;
  expect([isTaken(0), isTaken(999), isTaken(500, 2), isTaken(1_000)]).toEqual([true, false, true, true]);
});
