import english from '../../_locales/en/log.json' with { type: 'json' };
import type { Failure, OriginFault } from '../../model/failure.ts';
import type { LogEntry } from '../../model/transfer-details.ts';
import { wordsOf } from '../../words/say.ts';
import { displayName } from '../formats/display-name.ts';

const say = wordsOf('log', english);

const FAULT_KEYS = {
  'not-found': 'fault_not_found',
  forbidden: 'fault_forbidden',
  busy: 'fault_busy',
  'server-error': 'fault_server_error',
  unreachable: 'fault_unreachable',
  stalled: 'fault_stalled',
  'ignores-ranges': 'fault_ignores_ranges',
  'wrong-range': 'fault_wrong_range',
  'wrong-length': 'fault_wrong_length',
  encoded: 'fault_encoded',
  'web-page': 'fault_web_page',
} as const satisfies { readonly [Fault in OriginFault]: string };

const FAILURE_KEYS = {
  'bad-link': 'failure_bad_link',
  'unreadable-torrent': 'failure_unreadable_torrent',
  'v2-only': 'failure_v2_only',
  'local-address': 'failure_local_address',
  'torrent-unavailable': 'failure_torrent_unavailable',
  'torrent-is-web-page': 'failure_torrent_is_web_page',
  'disk-full': 'failure_disk_full',
  'store-failed': 'failure_store_failed',
  'save-failed': 'failure_save_failed',
  'save-cancelled': 'failure_save_cancelled',
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
      return say('origin_dropped', { host: entry.host });
    case 'origin-lied':
      return say('origin_lied', { host: entry.host });
    case 'peer-joined':
      return say('peer_joined', { name: displayName(entry.name) });
    case 'peer-left':
      return say('peer_left', { name: displayName(entry.name) });
    case 'peer-lied':
      return say('peer_lied', { name: displayName(entry.name) });
    case 'piece-failed':
      return say('piece_failed', { piece: entry.piece });
    case 'tracker-failing':
      return say('tracker_failing', { host: entry.host });
    case 'tracker-working':
      return say('tracker_working', { host: entry.host });
    case 'files-lost':
      return say.count('files_lost', entry.files);
  }
}

function originFault(host: string, faultCode: OriginFault, status: number | null): string {
  const fault = say(FAULT_KEYS[faultCode]);
  return status === null ? say('origin_fault', { host, fault }) : say('origin_fault_status', { host, fault, status });
}
