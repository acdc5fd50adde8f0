import english from '../../_locales/en/failures.json' with { type: 'json' };
import type { Failure } from '../../model/failure.ts';
import { wordsOf } from '../../words/say.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import type { Explanation, WordsFor } from './explanation.ts';

const say = wordsOf('failures', english);

const stops = (title: string, remedy: string): Explanation => ({ title, remedy, weight: 'stops' });

/** Failures stop a transfer; each says what the user can do. */
export const FAILURE_WORDS: WordsFor<Failure> = {
  'bad-link': ({ text }) =>
    text.trim() === ''
      ? stops(say('nothingGiven'), say('nothingGivenRemedy'))
      : stops(say('badLink'), say('badLinkRemedy')),
  'unreadable-torrent': ({ reason }) =>
    stops(say('unreadableTorrent', { reason: asClause(reason) }), say('unreadableTorrentRemedy')),
  'v2-only': () => stops(say('v2Only'), say('v2OnlyRemedy')),
  'local-address': ({ host }) => stops(say('localAddress', { host: displayName(host) }), say('localAddressRemedy')),
  'torrent-unavailable': ({ host, status }) =>
    status === null
      ? stops(say('torrentNoAnswer', { host }), say('torrentNoAnswerRemedy'))
      : stops(
          say('torrentRefused', { host, status }),
          status === 401 || status === 403 ? say('torrentNeedsLogin') : say('torrentOutOfDate'),
        ),
  'torrent-is-web-page': ({ host }) => stops(say('torrentIsWebPage', { host }), say('torrentIsWebPageRemedy')),
  'disk-full': ({ neededBytes, freeBytes }) =>
    stops(say('diskFull', { needed: formatBytes(neededBytes), free: formatBytes(freeBytes) }), say('diskFullRemedy')),
  'store-failed': ({ reason }) => stops(say('storeFailed', { reason: asClause(reason) }), say('storeFailedRemedy')),
  'save-failed': ({ reason }) => stops(say('saveFailed', { reason: asClause(reason) }), say('saveFailedRemedy')),
  'save-cancelled': () => stops(say('saveCancelled'), say('saveCancelledRemedy')),
};

/** Makes a reason written by a program fit into a sentence: no full stop of its own. */
function asClause(reason: string): string {
  return reason.trim().replace(/[.\s]+$/u, '') || say('noReason');
}
