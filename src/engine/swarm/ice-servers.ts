/** Tells peers behind a router their outside address. They see an address and no more; no bytes go through them. */
const STUN_SERVERS: RTCIceServer[] = [{ urls: ['stun:stun.cloudflare.com:3478', 'stun:stun.l.google.com:19302'] }];

/**
 * STUN servers for a swarm that meets at these trackers. Where all trackers are on this machine or the local network,
 * peers are too, and nobody outside is asked.
 */
export function iceServersFor(trackers: readonly string[]): RTCIceServer[] {
  return trackers.every((tracker) => isLocalHost(new URL(tracker).hostname)) ? [] : STUN_SERVERS;
}

/** Loopback, private (RFC 1918), link-local and `.local`/`.internal` names. */
function isLocalHost(host: string): boolean {
  return (
    /^(localhost|.*\.localhost|.*\.local|.*\.internal)$/i.test(host) ||
    /^(127|10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host) ||
    /^\[(::1|f[cd]|fe[89ab])/i.test(host)
  );
}
