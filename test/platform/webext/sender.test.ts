import { describe, expect, test } from 'vitest';
import {
  isApart,
  pageUrlOf,
  type SenderFacts,
  type SenderKind,
  senderKind,
} from '../../../src/platform/webext/sender.ts';

const ID = 'abcdefghijklmnop';
const ROOT = `chrome-extension://${ID}/`;
const ORIGIN = `chrome-extension://${ID}`;
const tab = { id: 1 };

describe('who sent it', () => {
  test.each<[string, SenderFacts, SenderKind]>([
    ['the popup', { id: ID, url: `${ROOT}popup.html`, origin: ORIGIN }, 'ui'],
    ['a page of ours in a tab', { id: ID, url: `${ROOT}manager.html#x`, origin: ORIGIN, tab }, 'ui'],
    ['a page of ours in a browser that names no origin', { id: ID, url: `${ROOT}popup.html` }, 'ui'],
    ['the service worker', { id: ID, url: `${ROOT}background.js`, origin: ORIGIN }, 'background'],
    ['the offscreen document', { id: ID, url: `${ROOT}engine-host.html`, origin: ORIGIN }, 'engine-host'],
    ['the offscreen document with a query', { id: ID, url: `${ROOT}engine-host.html?a#b` }, 'engine-host'],
    ['the host page opened in a tab', { id: ID, url: `${ROOT}engine-host.html`, origin: ORIGIN, tab }, 'ui'],
    ['our content script', { id: ID, url: 'https://a.example/', origin: 'https://a.example', tab }, 'page'],
    ['our content script in an empty frame', { id: ID, url: 'about:blank', origin: 'https://a.example', tab }, 'page'],
    ['a page that has our address in its own', { id: ID, url: `https://a.example/?${ROOT}popup.html`, tab }, 'page'],
    ['a page whose host begins like our address', { id: ID, url: `chrome-extension://${ID}x/popup.html`, tab }, 'page'],
    ['a page without a tab', { id: ID, url: 'https://a.example/' }, 'stranger'],
    ['a sandboxed frame of ours', { id: ID, url: `${ROOT}popup.html`, origin: 'null', tab }, 'stranger'],
    ['another extension', { id: 'other', url: 'chrome-extension://other/background.js' }, 'stranger'],
    ['another extension with our address', { id: 'other', url: `${ROOT}popup.html`, origin: ORIGIN }, 'stranger'],
    ['nobody', {}, 'stranger'],
    ['a sender without an address', { id: ID, tab }, 'stranger'],
  ])('%s', (_name, sender, expected) => {
    expect(senderKind(sender, { id: ID, rootUrl: ROOT })).toBe(expected);
  });
});

describe('where it was clicked', () => {
  test.each<[string, SenderFacts, string | null]>([
    ['a page', { url: 'https://a.example/x', origin: 'https://a.example' }, 'https://a.example/x'],
    ['a page on the local network', { url: 'http://192.168.0.1/x' }, 'http://192.168.0.1/x'],
    ['an empty frame', { url: 'about:blank', origin: 'https://a.example' }, 'https://a.example'],
    ['a srcdoc frame', { url: 'about:srcdoc', origin: 'https://a.example' }, 'https://a.example'],
    ['a blob page', { url: 'blob:https://a.example/1', origin: 'https://a.example' }, 'https://a.example'],
    ['a sandboxed frame', { url: 'about:srcdoc', origin: 'null' }, null],
    ['a data frame', { url: 'data:text/html,http://192.168.0.1/', origin: 'null' }, null],
    ['a local file', { url: 'file:///home/me/x.html', origin: 'null' }, null],
    ['nothing known', {}, null],
  ])('%s', (_name, sender, expected) => {
    expect(pageUrlOf(sender)).toBe(expected);
  });
});

test.each<[string, SenderFacts, boolean]>([
  ['an ordinary window of Chrome', { tab: { id: 1, incognito: false } }, false],
  ['a private window', { tab: { id: 1, incognito: true } }, true],
  ['an ordinary tab of Firefox', { tab: { id: 1, incognito: false, cookieStoreId: 'firefox-default' } }, false],
  ['a container of Firefox', { tab: { id: 1, incognito: false, cookieStoreId: 'firefox-container-2' } }, true],
  ['a private window of Firefox', { tab: { id: 1, incognito: true, cookieStoreId: 'firefox-private' } }, true],
  ['no tab', {}, false],
])('cookies of its own: %s', (_name, sender, expected) => {
  expect(isApart(sender)).toBe(expected);
});
