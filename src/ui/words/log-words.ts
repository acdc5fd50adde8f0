import english from '../../_locales/en/log.json' with { type: 'json' };
import type { Failure, OriginFault } from '../../model/failure.ts';
import type { LogEntry } from '../../model/transfer-details.ts';
import { wordsOf } from '../../words/say.ts';
import { displayName } from '../formats/display-name.ts';
import { ORIGIN_FAULT_KEYS } from './origin-fault-keys.ts';

const say = wordsOf('log', english);

const FAILURE_KEYS = {
  'bad-link': 'failureBadLink',
  'unreadable-torrent': 'failureUnreadableTorrent',
  'v2-only': 'failureV2Only',
  'local-address': 'failureLocalAddress',
  'torrent-unavailable': 'failureTorrentUnavailable',
  'torrent-is-web-page': 'failureTorrentIsWebPage',
  'disk-full': 'failureDiskFull',
  'store-failed': 'failureStoreFailed',
  'save-failed': 'failureSaveFailed',
  'save-cancelled': 'failureSaveCancelled',
} as const satisfies { readonly [Code in Failure['code']]: string };

/** One entry of a transfer's log as a line, without its time. */
export function logWords(entry: LogEntry): string {
  switch (entry.what) {
    case 'added':
    case 'metadata':
    case 'started':
    case 'paused':
    case 'resumed':
    case 'checked':
    case 'verified':
    case 'saved':
      return say(entry.what);
    case 'failed':
      return say('failed', { reason: say(FAILURE_KEYS[entry.code]) });
    case 'origin-fault':
      return originFault(entry.host, entry.fault, entry.status);
    case 'origin-dropped':
      return say('originDropped', { host: entry.host });
    case 'origin-lied':
      return say('originLied', { host: entry.host });
    case 'peer-joined':
      return say('peerJoined', { name: displayName(entry.name) });
    case 'peer-left':
      return say('peerLeft', { name: displayName(entry.name) });
    case 'peer-lied':
      return say('peerLied', { name: displayName(entry.name) });
    case 'piece-failed':
      return say('pieceFailed', { piece: entry.piece });
    case 'tracker-failing':
      return say('trackerFailing', { host: entry.host });
    case 'tracker-working':
      return say('trackerWorking', { host: entry.host });
    case 'files-lost':
      return say.count('filesLost', entry.files);
  }
}

function originFault(host: string, faultCode: OriginFault, status: number | null): string {
  const fault = say(ORIGIN_FAULT_KEYS[faultCode]);
  return status === null ? say('originFault', { host, fault }) : say('originFaultStatus', { host, fault, status });
}
