import { readBencode } from '../../engine/torrent/bencode-reader.ts';
import type { InfoHash } from '../../model/ids.ts';
import { ask, type CheckPorts, NoReplyError } from '../server-check/ask.ts';
import type { VerifyFinding } from './verify-finding.ts';

const MAX_ANSWER_BYTES = 65_536;

/**
 * Announces to an http tracker and leaves again, as a peer that wants nobody and lacks nothing, so that no download is
 * counted. It is looked at only for other clients' sake: browsers are introduced by WebSocket trackers alone.
 * @see BEP 3 (tracker HTTP protocol).
 * @throws the reason of `signal` when it fires.
 */
export async function checkHttpTracker(
  tracker: string,
  infoHash: InfoHash,
  ports: CheckPorts,
  signal: AbortSignal,
): Promise<VerifyFinding> {
  const urlOf = (event: string) => {
    const escapedHash = infoHash.replace(/../g, '%$&');
    const query = `info_hash=${escapedHash}&peer_id=-RV0000-000000000000&port=1&uploaded=0&downloaded=0&left=0&compact=1&numwant=0&event=${event}`;
    return `${tracker}${tracker.includes('?') ? '&' : '?'}${query}`;
  };
  try {
    const { status, body } = await ask(
      { url: urlOf('started'), stretch: null, maxBytes: MAX_ANSWER_BYTES },
      ports,
      signal,
    );
    if (status !== 200) return { code: 'tracker-unreachable', tracker, reason: `error ${status}` };
    const answer = readAnswer(body);
    if (answer === null) return { code: 'tracker-unreachable', tracker, reason: 'it answers, but not as trackers do' };
    if (answer.failure !== null) return { code: 'tracker-refuses', tracker, reason: answer.failure };
    await ask({ url: urlOf('stopped'), stretch: null, maxBytes: MAX_ANSWER_BYTES }, ports, signal);
    return { code: 'tracker-answers', tracker };
  } catch (error) {
    if (!(error instanceof NoReplyError)) throw error;
    const { finding } = error;
    return { code: 'tracker-unreachable', tracker, reason: 'reason' in finding ? finding.reason : finding.code };
  }
}

/** What a tracker says, or null when it does not speak as one; `failure`: why it does not want this torrent. */
function readAnswer(body: Uint8Array): { readonly failure: string | null } | null {
  try {
    const { value } = readBencode(body);
    if (!(value instanceof Map)) return null;
    const failure = value.get('failure reason')?.value;
    return { failure: failure instanceof Uint8Array ? new TextDecoder().decode(failure).slice(0, 200) : null };
  } catch {
    return null;
  }
}
