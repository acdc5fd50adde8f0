import type { Finding } from '../../model/transfer-details.ts';
import type { Facts } from './facts.ts';
import { isMoving } from './speed-of.ts';

/** A quiet start is nothing to find out about yet. */
const PATIENCE_S = 8;
/** A way between two browsers takes longer to find than a tracker takes to answer. */
const MEETING_S = 30;

/** Less is what is left of an estimate. */
const SILENT_BYTES_PER_S = 1;

/** Who is there of the peers, and why they do not give. */
export function findInSwarm(facts: Facts): Finding[] {
  const { policy, hasMetadata, browser, peers } = facts;
  const metadata = metadataMissing(facts);
  if (policy === 'peers-off' && hasMetadata) return [];
  if (browser.webRtc !== 'works' && peers.length === 0 && hasSocketTracker(facts)) return metadata; // said already
  const nobody = noWay(facts);
  if (nobody !== null) return [nobody, ...metadata];
  return [...(peers.length === 0 ? whyNobody(facts) : whyNothing(facts)), ...metadata];
}

const hasSocketTracker = ({ trackers }: Facts): boolean => trackers.some(({ kind }) => kind === 'websocket');

function metadataMissing({ hasMetadata, runningForS }: Facts): Finding[] {
  return !hasMetadata && runningForS >= PATIENCE_S ? [{ code: 'metadata-missing' }] : [];
}

/** Nobody at all can be asked. */
function noWay(facts: Facts): Finding | null {
  const { trackers, origins, torrentUrls, peers, hasMetadata } = facts;
  if (origins.length > 0 || (torrentUrls > 0 && !hasMetadata) || peers.length > 0 || hasSocketTracker(facts))
    return null;
  const udp = trackers.filter(({ kind }) => kind === 'udp').length;
  const http = trackers.filter(({ kind }) => kind === 'http').length;
  // Those that count seeds say more than that they cannot be used.
  const seeds = countedSeeds(facts);
  if (seeds > 0) return { code: 'seeds-without-webrtc', seeds };
  return udp + http === 0 ? { code: 'no-sources' } : { code: 'no-browser-trackers', udp, http };
}

/** No peer is connected: because trackers are dead, because nobody is there, or because nobody there can be reached. */
function whyNobody(facts: Facts): Finding[] {
  const { trackers, runningForS } = facts;
  const found: Finding[] = [];
  const used = trackers.filter(({ kind, state }) => kind === 'websocket' && state !== 'spare' && state !== 'off');
  const dead = used.filter(({ state }) => state === 'failing').length;
  if (dead > 0 && !isMoving(facts)) found.push({ code: 'trackers-dead', dead, of: used.length });
  if (isMoving(facts) || runningForS < PATIENCE_S) return found;
  const working = used.filter(({ state }) => state === 'working');
  const atSockets = Math.max(0, ...working.map(({ seeds }) => seeds ?? 0));
  const seeds = countedSeeds(facts);
  // Those that a tracker of browsers counts are browsers, and on their way for a while.
  if (atSockets > 0 && runningForS >= MEETING_S) found.push({ code: 'seeds-unreachable', seeds: atSockets });
  else if (atSockets === 0 && seeds > 0) found.push({ code: 'seeds-without-webrtc', seeds });
  else if (seeds === 0 && working.length > 0) found.push({ code: 'nobody-there' });
  return found;
}

/** The most seeds that any tracker counts: they count the same ones. */
const countedSeeds = ({ trackers }: Facts): number =>
  Math.max(0, ...trackers.map(({ seeds, state }) => (state === 'failing' ? 0 : (seeds ?? 0))));

/** Peers are connected: whether they have what is missing, and give it. */
function whyNothing(facts: Facts): Finding[] {
  const { peers, peerBytesPerS, piecesNobodyHas, origins, policy, runningForS, state } = facts;
  if (state.phase !== 'downloading' || runningForS < PATIENCE_S) return [];
  const found: Finding[] = [];
  const isHelped = policy !== 'origins-off' && origins.some((origin) => origin.state !== 'dropped');
  if (piecesNobodyHas > 0 && !isHelped) found.push({ code: 'peers-lack-pieces', pieces: piecesNobodyHas });
  const wanted = peers.filter(({ isInteresting }) => isInteresting);
  if (peerBytesPerS >= SILENT_BYTES_PER_S) return found;
  if (wanted.length > 0 && wanted.every(({ isChokingUs }) => isChokingUs))
    found.push({ code: 'peers-choke', peers: wanted.length });
  else if (found.length === 0 && !isMoving(facts)) found.push({ code: 'peers-silent', peers: peers.length });
  return found;
}
