import { expect, test } from 'vitest';
import { isPrivateHost, leadsInward } from '../../../src/engine/origin/private-host.ts';

const hostOf = (host: string) => new URL(`http://${host}/`).hostname;

test.each([
  'localhost',
  'LOCALHOST.',
  'a.localhost',
  'printer',
  'nas.local',
  'router.lan',
  'fritz.home.arpa',
  'wiki.internal',
  '127.0.0.1',
  '127.1',
  '0x7f000001',
  '2130706433',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[fe80::1]',
  '[febf::1]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[ff02::1]',
  '[::ffff:192.168.1.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::10.0.0.1]',
])('%s is private', (host) => {
  expect(isPrivateHost(hostOf(host))).toBe(true);
});

test.each([
  'example.org',
  'local.example.org',
  '8.8.8.8',
  '100.63.0.1',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.1.1',
  '198.20.0.1',
  '223.255.255.255',
  '[2001:db8::1]',
  '[2606:4700::1111]',
  '[::ffff:8.8.8.8]',
  '[fec0::1]',
  'lan.example',
  'mylocal.org',
])('%s is public', (host) => {
  expect(isPrivateHost(hostOf(host))).toBe(false);
});

test.each([
  ['a public page to a router', 'https://example.org/a', 'http://192.168.1.1/', true],
  ['a public page to another', 'https://example.org/a', 'https://m.example/', false],
  ['a local page to a router', 'http://nas.local/a', 'http://192.168.1.1/', false],
  ['a local page to the web', 'http://localhost:1/a', 'http://example.org/', false],
])('from %s', (_name, from, to, expected) => {
  expect(leadsInward(from, to)).toBe(expected);
});
