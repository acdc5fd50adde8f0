import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, limitKey } from '../../../src/edge/http/client-address.ts';

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['a plain visitor', '192.0.2.7', undefined, false, '192.0.2.7'],
  ['IPv4 on a socket of IPv6', '::ffff:192.0.2.7', undefined, false, '192.0.2.7'],
  ['a visitor who claims to be another', '192.0.2.7', '198.51.100.1', false, '192.0.2.7'],
  ['what our proxy says', '127.0.0.1', '192.0.2.7', true, '192.0.2.7'],
  ['what the visitor told our proxy is not believed', '127.0.0.1', '198.51.100.1, 192.0.2.7', true, '192.0.2.7'],
  ['a proxy that says nothing', '127.0.0.1', undefined, true, '127.0.0.1'],
  ['a proxy that says nonsense', '127.0.0.1', 'unknown', true, '127.0.0.1'],
])('%s', (_name, remote, forwarded, isBehindProxy, expected) => {
  expect(clientAddress(request(remote, forwarded), isBehindProxy)).toBe(expected);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('limits of %s go by %s', (address, key) => {
  expect(limitKey(address)).toBe(key);
});
