import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';

/**
 * The address that a request comes from, without the IPv6 form of an IPv4 address. Behind a proxy of ours it is what that
 * proxy wrote last in `X-Forwarded-For`; entries before it are the client's own words and are never believed.
 */
export function clientAddress(request: IncomingMessage, isBehindProxy: boolean): string {
  const direct = plainAddress(request.socket.remoteAddress ?? '');
  if (!isBehindProxy) return direct;
  const forwarded = request.headers['x-forwarded-for'];
  const last = plainAddress(
    (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').at(-1) ?? '',
  );
  return isIP(last) === 0 ? direct : last;
}

/** Without spaces, and IPv4 as IPv4 where the system writes it as IPv6 (RFC 4291 §2.5.5.2). */
export function plainAddress(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, '');
}

/** What limits go by: the address, or the /64 of an IPv6 address, which is what one household gets (RFC 6177). */
export function limitKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
