import { isPrivateHost } from '../../model/private-host.ts';

export { isPrivateHost };

/**
 * Whether an address on the public web points into this machine or a local network: what strangers name must not make
 * us knock there. Addresses of a local network may point wherever they like.
 */
export function leadsInward(fromUrl: string, toUrl: string): boolean {
  return !isPrivateHost(new URL(fromUrl).hostname) && isPrivateHost(new URL(toUrl).hostname);
}
