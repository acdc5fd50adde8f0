import { isPrivateHost } from '../engine/origin/private-host.ts';
import { BY_HAND, type Provenance } from '../model/provenance.ts';
import type { CommandSource } from '../platform/webext/command-source.ts';

/**
 * Where a link came from. A page without an address on the web (a sandboxed frame) counts as public; a file of this
 * computer that is open in a tab is of this computer.
 */
export function provenanceOf(source: CommandSource): Provenance {
  if (source.kind === 'ui') return BY_HAND;
  const { pageUrl, isUnasked = false, isPrivateWindow = false } = source;
  if (pageUrl === null) return { isLocal: false, site: null, isUnasked, isPrivateWindow };
  const { hostname, host } = new URL(pageUrl);
  return { isLocal: isPrivateHost(hostname), site: host, isUnasked, isPrivateWindow };
}
