import type { Problem } from '../../model/failure.ts';
import { displayName } from '../formats/display-name.ts';
import { formatCount } from '../formats/format-count.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatList } from '../formats/format-list.ts';
import type { Explanation, WordsFor } from './explanation.ts';
import { ORIGIN_FAULT_WORDS } from './origin-fault-words.ts';

const waits = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'waits' });
const informs = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'informs' });

/** Problems leave a transfer running; each says whether the user can help. */
export const PROBLEM_WORDS: WordsFor<Problem> = {
  'no-browser-source': ({ udpTrackers, httpTrackers }) =>
    waits(
      `This torrent’s trackers speak only ${trackerKinds(udpTrackers, httpTrackers)}, which a browser cannot use, ` +
        'and it has no web source.',
      'Look for a version of the link with a wss:// tracker or a web seed.',
    ),
  'no-sources': () =>
    waits(
      'This link names no tracker and no web source, so there is nobody to ask.',
      'Look for a longer version of the link, with a wss:// tracker or a web seed.',
    ),
  'trackers-unreachable': ({ hosts, all }) =>
    all
      ? waits(
          hosts.length > 1
            ? `None of the trackers answers: ${formatList(hosts)}.`
            : `The tracker${named(hosts)} does not answer.`,
          'Rivulet keeps trying. Check your connection, or look for another version of the link.',
        )
      : informs(
          `${hosts.length > 1 ? 'Some trackers do' : 'A tracker does'} not answer: ${formatList(hosts)}.`,
          'The others work; nothing to do.',
        ),
  'no-peers': ({ hosts }) =>
    waits(
      `Nobody else is here right now: ${hosts.length > 0 ? `${formatList(hosts)} knows` : 'the tracker knows'} no other peers.`,
      'Rivulet keeps asking, and starts when somebody comes.',
    ),
  'peers-silent': ({ peers }) =>
    waits(
      peers === 1
        ? '1 peer is connected, but it does not send what is missing.'
        : `${peers} peers are connected, but none sends what is missing.`,
      'Rivulet keeps asking. It goes on when one can send, or another comes.',
    ),
  'origin-failed': ({ host, fault, status, retryInS }) =>
    informs(
      `${host} ${ORIGIN_FAULT_WORDS[fault]}${status === null ? '' : ` (error ${status})`}.`,
      retryInS === null
        ? 'Rivulet goes on with its other sources.'
        : `Rivulet asks again in ${formatDuration(retryInS)}, and uses its other sources until then.`,
    ),
  'origin-lied': ({ host, pieces, dropped }) =>
    informs(
      `${host} sent ${formatCount(pieces, 'damaged piece')}.`,
      `Nothing damaged is kept: each is fetched again${dropped ? ', and this origin is not asked any more' : ''}.`,
    ),
  'peer-lied': ({ peer, pieces }) =>
    informs(
      `The peer ${peer} sent ${formatCount(pieces, 'damaged piece')}.`,
      'Nothing damaged is kept: each is fetched again.',
    ),
  'files-unavailable': ({ files, count, saved }) =>
    saved === 0
      ? waits(
          `${count === 1 ? 'The file could not' : `None of the ${count} files could`} be fetched whole: ${changed(count)}.`,
          `Rivulet keeps looking for a peer who still has ${count === 1 ? 'it as it was' : 'them as they were'}.`,
        )
      : informs(
          `${count} of ${formatCount(count + saved, 'file')} could not be fetched: ${changed(count)}.`,
          `Everything else is in your Downloads folder. Missing: ${someOf(files.map(displayName), count)}.`,
        ),
  'local-addresses-left-out': ({ hosts }) =>
    informs(
      `This link of a public page names addresses in your own network, which are not asked: ${formatList(hosts)}.`,
      'If you trust it, paste the link here, or allow such links in the settings.',
    ),
  'policy-rules-out': ({ off }) =>
    off === 'peers'
      ? waits('Peers are off, and this torrent names no web source.', 'Choose another policy to go on.')
      : waits('Origins are off, and this torrent names no tracker for peers.', 'Choose another policy to go on.'),
  'names-changed': ({ files }) =>
    informs(
      `${files === 1 ? 'The name of 1 file has' : `The names of ${files} files have`} characters that not every system allows.`,
      'Saved under a slightly changed name; the contents are the same.',
    ),
};

/** A piece may hold bytes of two files: with one of them changed, the other cannot be checked. */
const changed = (count: number): string =>
  `${count === 1 ? 'it, or a file next to it, was' : 'they, or files next to them, were'} changed or removed ` +
  'on the server after this torrent was made';

/** The first names of more than could be named. */
function someOf(names: readonly string[], count: number): string {
  return count > names.length ? `${names.join(', ')} and ${count - names.length} more` : formatList(names);
}

const named = (hosts: readonly string[]): string => (hosts[0] === undefined ? '' : ` ${hosts[0]}`);

function trackerKinds(udpTrackers: number, httpTrackers: number): string {
  const kinds: string[] = [];
  if (udpTrackers > 0) kinds.push(`UDP (${udpTrackers})`);
  if (httpTrackers > 0) kinds.push(`HTTP (${httpTrackers})`);
  return kinds.join(' and ') || 'other protocols';
}
