import type { Failure } from '../../model/failure.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import type { Explanation, WordsFor } from './explanation.ts';

const stops = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'stops' });

/** Failures stop a transfer; each says what the user can do. */
export const FAILURE_WORDS: WordsFor<Failure> = {
  'bad-link': ({ text }) =>
    text.trim() === ''
      ? stops('There is nothing to add yet.', 'Paste a magnet link, the address of a .torrent file, or an info hash.')
      : stops(
          'This is not a magnet link, a torrent URL or an info hash.',
          'A magnet link starts with “magnet:?”, and an info hash has 40 letters and digits.',
        ),
  'unreadable-torrent': ({ reason }) =>
    stops(
      `This torrent file cannot be read: ${asClause(reason)}.`,
      'It may be damaged. Download the .torrent again, or look for a magnet link.',
    ),
  'v2-only': () =>
    stops(
      'This torrent uses only version 2 of BitTorrent, which Rivulet does not speak yet.',
      'Look for a version 1 or hybrid torrent of the same files.',
    ),
  'local-address': ({ host }) =>
    stops(
      `This link of a public page leads into your own network, to ${displayName(host)}.`,
      'If you trust it, paste the link here, or allow such links in the settings.',
    ),
  'torrent-unavailable': ({ host, status }) =>
    status === null
      ? stops(
          `${host} does not answer, so the .torrent file could not be fetched.`,
          'Check your connection, then resume.',
        )
      : stops(
          `${host} did not give the .torrent file (error ${status}).`,
          status === 401 || status === 403
            ? 'Sign in to the site, download the .torrent there, and drop it here.'
            : 'The link may be out of date. Look for a newer one, or try again later.',
        ),
  'torrent-is-web-page': ({ host }) =>
    stops(
      `${host} sent a web page instead of a .torrent file.`,
      'Open the link in a tab: the site may want you to sign in or confirm. Then drop the .torrent here.',
    ),
  'disk-full': ({ neededBytes, freeBytes }) =>
    stops(
      `Not enough space: this needs ${formatBytes(neededBytes)}, and ${formatBytes(freeBytes)} is free.`,
      'Free some space, then resume. What has arrived is kept.',
    ),
  'store-failed': ({ reason }) =>
    stops(
      `The browser could not write to its storage: ${asClause(reason)}.`,
      'Check that the disk is not full, then resume.',
    ),
  'save-failed': ({ reason }) =>
    stops(
      `Everything arrived, but it could not be saved to Downloads: ${asClause(reason)}.`,
      'Check the Downloads folder in your browser’s settings, then resume.',
    ),
  'save-cancelled': () =>
    stops('Everything arrived, but saving it to Downloads was cancelled.', 'Resume to save it, or remove it.'),
};

/** Makes a reason written by a program fit into a sentence: no full stop of its own. */
function asClause(reason: string): string {
  return reason.trim().replace(/[.\s]+$/u, '') || 'no reason given';
}
