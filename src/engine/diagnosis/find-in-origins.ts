import type { Finding } from '../../model/transfer-details.ts';
import type { Facts, OriginFacts } from './facts.ts';
import { isAtLimit } from './speed-of.ts';

/** An origin that brings less than this is slow, whatever the torrent. */
const SLOW_BYTES_PER_S = 100_000;
/** So long it may take to get going. */
const PATIENCE_S = 10;

/** What the origins do. Each is named once, with the worst that can be said of it. */
export function findInOrigins(facts: Facts): Finding[] {
  if (facts.policy === 'origins-off' || !facts.hasMetadata) return [];
  return [...changedFiles(facts), ...facts.origins.flatMap((origin) => worstOf(origin, facts) ?? [])];
}

/** The most of them that any one origin has changed: they are mostly the same files. */
function changedFiles({ origins, files }: Facts): Finding[] {
  const changed = origins.filter((origin) => origin.changedFiles > 0);
  const [first, ...others] = changed;
  if (first === undefined) return [];
  const affected = Math.min(Math.max(...changed.map((origin) => origin.changedFiles)), files);
  return [{ code: 'files-changed', affected, of: files, host: others.length === 0 ? first.host : null }];
}

function worstOf(origin: OriginFacts, facts: Facts): Finding | null {
  const { host, state, lastFault, restsForS, ignoresRanges, rateBytesPerS, runningRequests } = origin;
  if (state === 'dropped') return { code: 'origin-dropped', host };
  // That a file is not there, or is another by now, is said of the file.
  const isOfFile = origin.changedFiles > 0 && (lastFault?.fault === 'not-found' || lastFault?.fault === 'wrong-length');
  if (lastFault !== null && !isOfFile)
    return { code: 'origin-fault', host, ...lastFault, retryInS: restsForS > 0 ? restsForS : null };
  if (ignoresRanges) return { code: 'origin-ignores-ranges', host };
  // Another transfer has been told that its host is busy.
  if (state === 'resting') return { code: 'origin-fault', host, fault: 'busy', status: null, retryInS: restsForS };
  const bytesPerS = rateBytesPerS ?? 0;
  const isSlow = bytesPerS < SLOW_BYTES_PER_S && runningRequests > 0 && facts.runningForS >= PATIENCE_S;
  return isSlow && !isAtLimit(facts) ? { code: 'origin-slow', host, bytesPerS } : null;
}
