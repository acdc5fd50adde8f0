import type { Settings } from '../../model/settings.ts';

/** Tells peers behind a router their outside address. They see an address and no more; no bytes go through them. */
const STUN_SERVERS = ['stun:stun.cloudflare.com:3478', 'stun:stun.l.google.com:19302'];

/** Servers that help peers to find a way to each other, as the user has them. */
export type IceChoice = Pick<Settings, 'stunServers' | 'turnServers'>;

/**
 * STUN and TURN servers for a swarm that meets at these trackers: ours, unless the user has named others. Where all
 * trackers are on this machine or the local network, peers are too, and nobody outside is asked.
 */
export function iceServersFor(
  trackers: readonly string[],
  { stunServers, turnServers }: IceChoice = { stunServers: null, turnServers: [] },
): RTCIceServer[] {
  const isAllLocal = trackers.every((tracker) => isLocalHost(new URL(tracker).hostname));
  const mayAsk = (url: string) => !isAllLocal || isLocalHost(hostOf(url));
  const stun = (stunServers ?? STUN_SERVERS).filter(mayAsk);
  const turn = turnServers.filter(({ url }) => mayAsk(url));
  return [
    ...(stun.length > 0 ? [{ urls: stun }] : []),
    ...turn.map(({ url, username, credential }) => ({ urls: [url], username, credential })),
  ];
}

/** The host of an address like `turn:host:3478?transport=udp` (RFC 7064, RFC 7065). */
const hostOf = (url: string): string => /^\w+:(\[[^\]]*\]|[^:?]*)/.exec(url)?.[1] ?? '';

/** Loopback, private (RFC 1918), link-local and `.local`/`.internal` names. */
function isLocalHost(host: string): boolean {
  return (
    /^(localhost|.*\.localhost|.*\.local|.*\.internal)$/i.test(host) ||
    /^(127|10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host) ||
    /^\[(::1|f[cd]|fe[89ab])/i.test(host)
  );
}
