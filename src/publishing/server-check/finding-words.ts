import { formatBytes } from '../../ui/formats/format-bytes.ts';
import type { BrokenLink, Finding, FindingCode, Place } from './finding.ts';

/** `says`: what was found, in one sentence. `why`: what it means for visitors; null where that goes without saying. */
export type FindingWords = { readonly says: string; readonly why: string | null };

type WordsOf = { readonly [Code in FindingCode]: (finding: Extract<Finding, { readonly code: Code }>) => FindingWords };

const hostOf = (url: string): string => new URL(url).host;
const says = (text: string, why: string | null = null): FindingWords => ({ says: text, why });
const PLACES: { readonly [P in Place]: string } = {
  start: 'the first part',
  middle: 'a part in the middle',
  end: 'the last part',
};
const hopsInWords = (hops: number | null): string =>
  hops === null ? 'redirects' : hops === 1 ? 'redirects once' : `redirects ${hops} times`;

const WORDS: WordsOf = {
  answers: ({ latencyMs }) => says(`The server answers in ${latencyMs} ms.`),
  unreachable: ({ reason }) =>
    says('The server cannot be reached.', `Check the address, and that it is open to everybody.${codeIn(reason)}`),
  'bad-certificate': ({ reason }) =>
    says('The certificate is not accepted.', `Browsers will refuse this address with a warning. (${reason})`),
  'timed-out': ({ afterS }) => says(`The server gave no answer within ${afterS} s.`, 'Visitors would give up, too.'),
  'broke-off': ({ afterBytes }) =>
    says(
      `The answer broke off after ${formatBytes(afterBytes)}.`,
      'The server, or something between it and this computer, closes connections before their end.',
    ),
  'bad-status': ({ status }) => says(`The server answers with error ${status}.`, meaningOfStatus(status)),
  encrypted: () => says('The connection is encrypted (https).'),
  'not-encrypted': () =>
    says(
      'The address is http, without encryption.',
      'It works, but a page that is https itself cannot link to it without a warning, and anybody on the way can read along.',
    ),
  'private-host': ({ host }) =>
    says(`${host} is an address of a local network.`, 'Nobody outside of that network can fetch from it.'),
  direct: () => says('The address leads straight to the file.'),
  redirects: ({ toUrl }) => says(`The address redirects within ${hostOf(toUrl)}.`),
  'redirects-elsewhere': ({ hops, toHost }) =>
    says(
      `The address ${hopsInWords(hops)}, to another host: ${toHost}.`,
      'It works. Visitors pay for the detour once a file; publish the last address instead if it stays the same.',
    ),
  'redirects-often': ({ hops }) =>
    says(`The address ${hopsInWords(hops)} before there is a file.`, 'Each step costs visitors time. One is plenty.'),
  'redirects-unencrypted': ({ toUrl }) =>
    says(`The address is https but redirects to http at ${hostOf(toUrl)}.`, 'Browsers block this on https pages.'),
  'redirects-forever': ({ hops }) =>
    says(`After ${hops} redirects there is still no file.`, 'The redirects lead in a circle. Browsers give up.'),
  'length-known': ({ lengthBytes }) => says(`The size is known and stays the same: ${formatBytes(lengthBytes)}.`),
  'length-unknown': () =>
    says('The server does not say how large the file is.', 'Without a size, no part of it can be asked for.'),
  'length-changes': ({ firstBytes, laterBytes }) =>
    says(
      `The size changes between answers: ${firstBytes} bytes, then ${laterBytes}.`,
      'Several machines seem to have different files, or the file is being replaced. Publish when it is whole everywhere.',
    ),
  empty: () => says('The file is empty.', 'There is nothing to share.'),
  ranges: ({ answers }) => says(`Parts of the file can be asked for (${answers} of ${answers} answers right).`),
  'ignores-ranges': ({ place }) =>
    says(
      `The server does not send parts of a file: asked for ${PLACES[place]}, it sends everything.`,
      'Visitors could not share the load piece by piece; who comes back after a break starts again.',
    ),
  'wrong-range': ({ place, asked, got }) =>
    says(
      `Asked for ${PLACES[place]}, the server sends another one.`,
      `Asked: ${asked}. Answered: ${got ?? 'no Content-Range at all'}. What comes would be thrown away.`,
    ),
  'range-cut-short': ({ place, promisedBytes, gotBytes }) =>
    says(
      `Asked for ${PLACES[place]}, the server promises ${promisedBytes} bytes and sends ${gotBytes}.`,
      'A proxy on the way may cut answers off.',
    ),
  'range-refused': ({ place, status }) =>
    says(`Asked for ${PLACES[place]}, the server answers with error ${status}.`, meaningOfStatus(status)),
  'bytes-change': () =>
    says(
      'The same part came with other bytes the second time.',
      'A file that is made anew for each visitor cannot be shared.',
    ),
  'not-encoded': () => says('The file is sent as it is, not compressed on the way.'),
  encoded: ({ encoding }) =>
    says(
      `The server compresses the file on the way (${encoding}).`,
      'Parts of a compressed file are not parts of the file: they cannot be checked or put together.',
    ),
  'etag-strong': () => says('The version of the file (ETag) is told and stays the same.'),
  'etag-missing': () =>
    says(
      'The server does not tell the version of the file (ETag).',
      'A plain download in a browser could not be resumed safely.',
    ),
  'etag-weak': ({ etag }) =>
    says(`The version of the file is a weak one (${etag}).`, 'Browsers do not resume a plain download with it.'),
  'etag-changes': ({ etags, answers }) =>
    says(
      `The version of the file (ETag) differs: ${etags} in ${answers} answers.`,
      'Several machines answer and disagree. The extension goes by hashes and does not mind; plain downloads start again.',
    ),
  'last-modified': () => says('The date of the file is told.'),
  'last-modified-missing': () => says('The server does not tell the date of the file (Last-Modified).'),
  'last-modified-changes': () =>
    says(
      'The date of the file differs between answers.',
      'Several machines answer, and their copies were made at different times.',
    ),
  'type-known': ({ type }) => says(`The kind of file is told: ${type}.`),
  'type-missing': () =>
    says('The server does not say what kind of file it is (Content-Type).', 'Browsers have to guess.'),
  'web-page': ({ type }) =>
    says(
      `The server sends a web page (${type}) instead of a file.`,
      'This is often a login or a “download starts soon” page. Publish the address that the file itself has.',
    ),
  'cors-open': () => says('Scripts in web pages may read it as well (CORS).'),
  'cors-closed': () =>
    says(
      'Scripts in other web pages may not read it (CORS).',
      'The extension does not need it. Players inside web pages do.',
    ),
  'cors-hides': ({ headers }) =>
    says(
      `Scripts in web pages may read the file but not its ${headers.join(', ')} (CORS).`,
      'The extension does not need it. Players inside web pages do.',
    ),
  'torrent-linked': ({ url }) => says(`The server names the .torrent of this file: ${url}.`),
  'torrent-not-linked': () =>
    says(
      'The server does not name a .torrent in its headers yet.',
      'Not needed where a page has the snippet. Publishing makes the lines that add it.',
    ),
  'torrent-link-broken': ({ url, why }) =>
    says(
      `The server names a .torrent that ${brokenInWords(why)}.`,
      `${url} Publish the file again to get one that fits.`,
    ),
  digest: ({ algorithm, isChecked }) =>
    says(`The hash of the file is announced (${algorithm})${isChecked ? ' and right' : ''}.`),
  'digest-missing': () =>
    says(
      'The server does not announce a hash of the file (Repr-Digest).',
      'Not needed; it lets other programs check a plain download. Publishing makes the line that adds it.',
    ),
  'digest-unreadable': () =>
    says('The announced hash of the file cannot be read.', 'It should look like Repr-Digest: sha-256=:…=:'),
  'digest-wrong': ({ algorithm }) =>
    says(
      `The announced hash of the file is wrong (${algorithm}).`,
      'The file was probably replaced after the line was written. Publish it again.',
    ),
  parallel: ({ connections, bytesPerS }) =>
    says(
      connections === 1
        ? `It comes at ${formatBytes(bytesPerS)} a second.`
        : `${connections} connections at once work; ${formatBytes(bytesPerS)} a second came here.`,
    ),
  'parallel-refused': ({ connections, refused, status }) =>
    says(
      `Of ${connections} connections at once, ${refused} were refused${status > 0 ? ` (error ${status})` : ''}.`,
      'It works with fewer, only slower.',
    ),
};

/** What a finding says to a person. The remedies that depend on the kind of server are in fixes.ts. */
export function wordsOf(finding: Finding): FindingWords {
  // TypeScript cannot see that the entry under this code takes this very member of the union.
  return (WORDS[finding.code] as (item: Finding) => FindingWords)(finding);
}

/** Node's codes help those who know them; what browsers say instead says nothing. */
const codeIn = (reason: string): string => (/^[A-Z][A-Z0-9_]+$/.test(reason) ? ` (${reason})` : '');

function meaningOfStatus(status: number): string {
  if (status === 401 || status === 403)
    return 'The address is not open to everybody: it wants a login or lets only some in.';
  if (status === 404 || status === 410) return 'There is no file at this address. Check its spelling; capitals count.';
  if (status === 416) return 'The server thinks that the file is shorter than it said.';
  if (status === 429 || status === 503) return 'The server is busy or limits how often one may ask.';
  return status >= 500 ? 'The server has a fault of its own. Its error log knows more.' : 'That is no file.';
}

function brokenInWords(why: BrokenLink): string {
  switch (why.type) {
    case 'unreachable':
      return 'cannot be reached';
    case 'status':
      return why.status === 404 ? 'is not there' : `is answered with error ${why.status}`;
    case 'unreadable':
      return `cannot be read: ${why.reason}`;
    case 'other-length':
      return `is about another file, of ${formatBytes(why.lengthBytes)}`;
  }
}
