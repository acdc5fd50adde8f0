import { expect, test } from 'vitest';
import { readSettings } from '../../../src/background/settings-input.ts';
import {
  type ItemRead,
  MAX_SERVERS,
  readItem,
  readSite,
  readStun,
  readTracker,
  readTurn,
} from '../../../src/ui/settings/read-item.ts';

const said = (read: ItemRead<unknown>) => (read.ok ? read.value : read.why);

test.each([
  [readTracker, 'wss://tracker.example/announce', 'wss://tracker.example/announce'],
  [readTracker, 'ws://127.0.0.1:8000', 'ws://127.0.0.1:8000'],
  [readTracker, 'udp://tracker.example:80', 'tracker'],
  [readTracker, 'wss://', 'tracker'],
  [readTracker, `wss://${'a'.repeat(3_000)}`, 'long'],
  [readStun, 'stun:stun.example.org:3478', 'stun:stun.example.org:3478'],
  [readStun, 'stun.example.org', 'stun'],
  [readSite, 'Example.ORG', 'example.org'],
  [readSite, 'https://www.example.org/a?b', 'www.example.org'],
  [readSite, 'münchen.example', 'xn--mnchen-3ya.example'],
  [readSite, 'two words', 'site'],
  [readSite, '', 'site'],
  [readSite, 'ftp://example.org', 'site'],
] as const)('%o reads %s as %s', (read, text, expected) => {
  expect(said(read(text))).toBe(expected);
});

test('a list takes each item once, and no more than it holds', () => {
  const how = { most: 2, read: readSite };
  expect(said(readItem(' a.example ', [], how))).toBe('a.example');
  expect(said(readItem('A.example', ['a.example'], how))).toBe('twice');
  expect(said(readItem('c.example', ['a.example', 'b.example'], how))).toBe('full');
});

test('a TURN server needs an account', () => {
  const server = { url: 'turn:turn.example:3478', username: 'ada', credential: 'secret' };
  expect(said(readTurn(server, []))).toEqual(server);
  expect(said(readTurn({ ...server, credential: '' }, []))).toBe('account');
  expect(said(readTurn({ ...server, username: ' ' }, []))).toBe('account');
  expect(said(readTurn({ ...server, url: 'stun:x' }, []))).toBe('turn');
  expect(said(readTurn(server, [server]))).toBe('twice');
});

test('what is taken here is taken at the door', () => {
  const servers = Array.from({ length: MAX_SERVERS }, (_, at) => said(readTracker(`wss://t${at}.example/`)));
  const turn = said(readTurn({ url: 'turns:t.example', username: 'a', credential: 'b' }, []));
  const change = {
    extraTrackers: servers,
    stunServers: [said(readStun('STUN:s.example'))],
    turnServers: [turn],
    siteRules: [{ host: said(readSite('example.org')), rule: 'ask' }],
    startAtOnceSites: [said(readSite('example.org'))],
  };
  expect(readSettings(change)).toEqual(change);
});
