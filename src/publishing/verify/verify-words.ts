import { formatBytes } from '../../ui/formats/format-bytes.ts';
import type { FindingWords } from '../server-check/finding-words.ts';
import type { VerifyCode, VerifyFinding } from './verify-finding.ts';

type WordsOf = {
  readonly [Code in VerifyCode]: (finding: Extract<VerifyFinding, { readonly code: Code }>) => FindingWords;
};

const says = (text: string, why: string | null = null): FindingWords => ({ says: text, why });

const WORDS: WordsOf = {
  'torrent-read': ({ url, pieces, pieceLengthBytes }) =>
    says(`${url} has ${pieces} ${pieces === 1 ? 'piece' : 'pieces'} of ${pieceLengthBytes / 1024} KiB.`),
  'torrent-missing': ({ url, status }) =>
    says(
      `There is no .torrent at ${url}${status === null ? '' : ` (error ${status})`}.`,
      'Put it beside the file, name it in a Link header, or give it with --torrent.',
    ),
  'torrent-unreadable': ({ url, reason }) => says(`${url} cannot be read: ${reason}.`),
  'no-such-file': ({ name, lengthBytes, serverBytes }) =>
    says(
      `The .torrent is about ${name}, ${lengthBytes} bytes; the server has ${serverBytes}.`,
      'The file was replaced after it was published. Publish it again.',
    ),
  'not-a-web-seed': ({ url }) =>
    says(`The .torrent does not name ${url} as a source.`, 'Without its origin the file is only as fast as its peers.'),
  'pieces-match': ({ pieces, bytes }) =>
    says(`${pieces} ${pieces === 1 ? 'piece' : 'pieces'} fetched (${formatBytes(bytes)}), and right.`),
  'piece-differs': ({ piece, startByte }) =>
    says(
      `Piece ${piece} differs from the .torrent (at byte ${startByte}).`,
      'The file was changed after it was published, or a machine behind the address has another copy. Publish it again.',
    ),
  'piece-not-sent': ({ piece, status }) =>
    status === 200
      ? says(`Piece ${piece} was asked for, and the whole file came.`)
      : says(`Piece ${piece} was not sent${status === null ? '' : ` (error ${status})`}.`),
  'no-browser-tracker': () =>
    says(
      'No tracker that browsers can use (ws or wss) is named.',
      'The extension loads from the server alone then. Run one with "rivulet edge" and publish with --tracker.',
    ),
  'tracker-introduces': ({ tracker, tookMs }) =>
    says(`${tracker} introduced two peers to each other in ${Math.round(tookMs)} ms.`),
  'tracker-busy': ({ tracker, peers }) =>
    says(`${tracker} answers; with ${peers} peers there, an introduction was not tried.`),
  'tracker-does-not-introduce': ({ tracker, afterS }) =>
    says(
      `${tracker} answers, but introduced nobody within ${afterS} s.`,
      'Several machines may stand behind the address without sharing what they know.',
    ),
  'tracker-refuses': ({ tracker, reason }) =>
    says(
      `${tracker} refuses this torrent: ${reason}.`,
      'An edge serves the torrents that lie in its folder, and those of its allow-list.',
    ),
  'tracker-unreachable': ({ tracker, reason }) =>
    says(
      `${tracker} cannot be reached (${reason}).`,
      'Until it answers, visitors do not meet. Is it running, and does the proxy before it pass WebSockets on?',
    ),
  'tracker-answers': ({ tracker }) => says(`${tracker} answers. Browsers cannot use it; other clients can.`),
  'tracker-not-checked': ({ tracker }) => says(`${tracker} was not checked: browsers cannot use UDP.`),
};

/** What a finding says to a person. */
export function verifyWordsOf(finding: VerifyFinding): FindingWords {
  // TypeScript cannot see that the entry under this code takes this very member of the union.
  return (WORDS[finding.code] as (item: VerifyFinding) => FindingWords)(finding);
}
