import { expect, test } from 'vitest';
import { guardRules } from '../../src/background/guard-rules.ts';
import { PRIVATE_ADDRESSES } from '../../src/background/private-addresses.ts';
import { isPrivateHost } from '../../src/model/private-host.ts';

const INSIDE = [
  ...['localhost', 'LOCALHOST.', 'a.localhost', 'printer', 'nas.local', 'a.b.router.lan', 'fritz.home.arpa', 'x.corp'],
  ...['127.0.0.1', '127.1', '0x7f000001', '2130706433', '0.0.0.0', '10.1.2.3', '100.64.0.1', '100.127.255.255'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '198.18.0.1', '198.19.0.1', '224.0.0.1'],
  ...['239.1.1.1', '240.0.0.1', '255.255.255.255', '[::1]', '[::]', '[fe80::1]', '[febf::1]', '[fc00::1]', '[ff02::1]'],
  ...['[fd12:3456::1]', '[::ffff:192.168.1.1]', '[64:ff9b::10.0.0.1]'],
];
const OUTSIDE = [
  ...['example.org', 'local.example.org', '8.8.8.8', '100.63.0.1', '100.128.0.1', '172.15.0.1', '172.32.0.1'],
  ...['192.167.1.1', '198.17.0.1', '198.20.0.1', '223.255.255.255', '1.0.0.1', '110.0.0.1', '[2001:db8::1]'],
  ...['[2606:4700::1111]', '[fec0::1]', 'lan.example', 'mylocal.org', 'notlocalhost.org', '10.example.org'],
];
const blocks = (url: string) => PRIVATE_ADDRESSES.some((pattern) => new RegExp(pattern).test(new URL(url).href));
const forms = (host: string) => [`http://${host}/`, `https://${host}:8443/a?b=http://8.8.8.8/`, `ws://${host}:80/x`];

test.each(INSIDE.flatMap(forms))('%s is stopped', (url) => {
  expect(isPrivateHost(new URL(url).hostname)).toBe(true);
  expect(blocks(url)).toBe(true);
});

test.each([...OUTSIDE.flatMap(forms), 'http://example.org/http://127.0.0.1/', 'http://example.org:8080/?@localhost/'])(
  '%s is not',
  (url) => {
    expect(isPrivateHost(new URL(url).hostname)).toBe(false);
    expect(blocks(url)).toBe(false);
  },
);

test('a login before the host does not help', () => {
  expect(blocks('http://example.org@127.0.0.1/')).toBe(true);
  expect(blocks('http://localhost@example.org/')).toBe(false);
});

test('hosts that are let through pass all blocks; rules have ids of their own and are about us alone', () => {
  const rules = guardRules({ isLifted: false, hosts: ['127.0.0.1', 'nas.local'] }, 'abc');
  expect(new Set(rules.map(({ id }) => id)).size).toBe(PRIVATE_ADDRESSES.length + 2);
  expect(rules.every(({ condition }) => condition.initiatorDomains.join() === 'abc')).toBe(true);
  expect(rules.every(({ condition }) => condition.tabIds.join() === '-1')).toBe(true);
  const allowed = rules.filter(({ action }) => action.type === 'allow');
  expect(allowed.map(({ condition }) => condition.urlFilter)).toEqual(['||127.0.0.1^', '||nas.local^']);
  const strongestBlock = Math.max(
    ...rules.filter(({ action }) => action.type === 'block').map((rule) => rule.priority),
  );
  expect(allowed.every(({ priority }) => priority > strongestBlock)).toBe(true);
});

test('a guard that is lifted has no rules', () => {
  expect(guardRules({ isLifted: true, hosts: ['127.0.0.1'] }, 'abc')).toEqual([]);
});
