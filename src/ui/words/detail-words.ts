import english from '../../_locales/en/detail.json' with { type: 'json' };
import type { WasteReason } from '../../model/ledger.ts';
import type { PieceLook } from '../../model/player.ts';
import { PIECE_LOOKS } from '../../model/player.ts';
import type { OriginRow, TrackerError, TrackerRow } from '../../model/transfer-details.ts';
import { formatNumber } from '../../words/numbers.ts';
import { type TextKey, wordsOf } from '../../words/say.ts';
import { numberTag } from '../../words/spoken.ts';
import type { CheckedSources, SourceRefusal } from '../detail/check-source.ts';
import type { DetailTab } from '../detail/detail-tabs.ts';
import type { Step } from '../detail/diagnosis-steps.ts';
import type { LogKind } from '../detail/log-lines.ts';
import type { ReseedEnd } from '../detail/reseed-model.ts';
import { explain } from '../explain.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatListAndMore, joinParts } from '../formats/format-list.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { originFaultWords } from './origin-fault-words.ts';

/** The texts of the detail of one transfer. */
export const sayDetail = wordsOf('detail', english);

type Key = TextKey<typeof english>;

const TAB_KEYS: Readonly<Record<DetailTab, Key>> = {
  overview: 'tabOverview',
  files: 'tabFiles',
  sources: 'tabSources',
  pieces: 'tabPieces',
  log: 'tabLog',
};
export const tabWords = (tab: DetailTab): string => sayDetail(TAB_KEYS[tab]);

const STEP_KEYS: Readonly<Record<Step, Key>> = {
  resume: 'stepResume',
  retry: 'stepRetry',
  settings: 'stepSettings',
  'add-source': 'stepAddSource',
  'free-space': 'stepFreeSpace',
  'choose-policy': 'stepPolicy',
  'start-now': 'stepStartNow',
  limits: 'stepLimits',
};
export const stepWords = (step: Step): string => sayDetail(STEP_KEYS[step]);

export const numberWords = (count: number): string => formatNumber(count);

/** A share from 0 to 1: `70%`. */
export const percentWords = (share: number): string =>
  share.toLocaleString(numberTag(), { style: 'percent', maximumFractionDigits: 0 });

/** A rate, or a dash where nothing flows or nothing is known. */
export const speedWords = (bytesPerS: number | null): string =>
  bytesPerS === null || bytesPerS < 1 ? '–' : formatSpeed(bytesPerS);

/** Uploaded bytes as a part of the torrent's: `0.42`. */
export const ratioWords = (uploadedBytes: number, sizeBytes: number | null): string =>
  sizeBytes === null || sizeBytes === 0 ? '–' : formatNumber(uploadedBytes / sizeBytes, 2);

export const dateWords = (atMs: number): string =>
  new Date(atMs).toLocaleString(numberTag(), { dateStyle: 'medium', timeStyle: 'short' });

/** Hours and minutes. */
export const timeWords = (atMs: number): string =>
  new Date(atMs).toLocaleTimeString(numberTag(), { hour: '2-digit', minute: '2-digit' });

/** With seconds, and the day unless it is today. */
export function exactTimeWords(atMs: number): string {
  const date = new Date(atMs);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString(numberTag())
    : date.toLocaleString(numberTag(), { dateStyle: 'short', timeStyle: 'medium' });
}

/** How long ago something was, coarsely; a dash when it never was. */
export function agoWords(atMs: number | null): string {
  if (atMs === null) return '–';
  const seconds = Math.max((Date.now() - atMs) / 1_000, 0);
  return seconds < 10 ? sayDetail('justNow') : sayDetail('ago', { time: formatDuration(seconds) });
}

/** How an origin does, in words: what it does now, and what went wrong with it. */
export function originStateWords({ health, lastFault, changedFiles }: OriginRow): string {
  const fault =
    lastFault === null
      ? null
      : lastFault.status === null
        ? originFaultWords(lastFault.fault)
        : sayDetail('faultStatus', { fault: originFaultWords(lastFault.fault), status: lastFault.status });
  const said = [
    stateOfOrigin(health),
    ...(fault === null ? [] : [fault]),
    ...(health?.ignoresRanges ? [sayDetail('originWholeFiles')] : []),
    ...(changedFiles > 0 ? [sayDetail.count('originChangedFiles', changedFiles)] : []),
    ...(health?.mirrorOf == null ? [] : [sayDetail('originMirror', { host: hostOf(health.mirrorOf) })]),
  ];
  return joinParts(said);
}

function stateOfOrigin(health: OriginRow['health']): string {
  if (health === null) return sayDetail('originNotAsked');
  switch (health.state) {
    case 'dropped':
      return sayDetail('originDropped');
    case 'resting':
      return sayDetail('originRests', { time: formatDuration(health.restsForS) });
    case 'usable':
      return sayDetail(health.runningRequests > 0 ? 'originSends' : 'originReady');
  }
}

const TRACKER_KEYS: Readonly<Record<Exclude<TrackerRow['state'], 'not-in-browsers'>, Key>> = {
  connecting: 'trackerConnecting',
  working: 'trackerWorking',
  failing: 'trackerFailing',
  'counts-only': 'trackerCountsOnly',
  spare: 'trackerSpare',
  off: 'trackerOff',
};

/** How a tracker does, with what it or its address is to blame for. */
export function trackerStateWords({ state, kind, lastError, isAdded }: TrackerRow): string {
  const origin = isAdded ? [sayDetail('trackerAdded')] : [];
  if (state === 'not-in-browsers')
    return joinParts([sayDetail(kind === 'udp' ? 'trackerUdp' : 'trackerNotHere'), ...origin]);
  const error = lastError === null ? [] : [trackerErrorWords(lastError)];
  return joinParts([sayDetail(TRACKER_KEYS[state]), ...error, ...origin]);
}

function trackerErrorWords(error: TrackerError): string {
  switch (error.code) {
    case 'said':
      return sayDetail('trackerSaid', { text: displayName(error.text) });
    case 'status':
      return sayDetail('trackerStatus', { status: error.status });
    case 'unreachable':
      return sayDetail('trackerUnreachable');
    case 'unreadable':
      return sayDetail('trackerUnreadable');
    case 'no-scrape':
      return sayDetail('trackerNoScrape');
  }
}

export const trackerHost = ({ url }: TrackerRow): string => hostOf(url);

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url) || url;

const REFUSAL_KEYS: Readonly<Record<SourceRefusal, Key>> = {
  empty: 'refusedEmpty',
  'no-address': 'refusedNoAddress',
  'not-in-browsers': 'refusedNotInBrowsers',
  'has-login': 'refusedHasLogin',
  'too-long': 'refusedTooLong',
};

export function refusalWords({ reason, text }: Extract<CheckedSources, { ok: false }>): string {
  return sayDetail(REFUSAL_KEYS[reason], { text: displayName(text).slice(0, 80) });
}

const WASTE_KEYS: Readonly<Record<WasteReason, Key>> = {
  duplicate: 'wasteDuplicate',
  'failed-hash': 'wasteFailedHash',
  'thrown-away': 'wasteThrownAway',
  unwanted: 'wasteUnwanted',
};
export const wasteWords = (reason: WasteReason): string => sayDetail(WASTE_KEYS[reason]);

const LOOK_KEYS: Readonly<Record<PieceLook, Key>> = {
  missing: 'lookMissing',
  asked: 'lookAsked',
  here: 'lookHere',
  peer: 'lookPeer',
  origin: 'lookOrigin',
  mixed: 'lookMixed',
  bad: 'lookBad',
};
export const lookWords = (look: PieceLook): string => sayDetail(LOOK_KEYS[look]);

/** How many pieces look how, as one sentence for those who do not see the map. */
export function piecesSummary(counts: readonly number[]): string {
  const parts = PIECE_LOOKS.flatMap((look, at) => {
    const count = counts[at] ?? 0;
    return count > 0 ? [sayDetail('lookCount', { look: lookWords(look), count: numberWords(count) })] : [];
  });
  return sayDetail('piecesSummary', { parts: joinParts(parts) });
}

const LOG_KEYS: Readonly<Record<LogKind, Key>> = {
  all: 'logAll',
  transfer: 'logTransfer',
  peers: 'logPeers',
  origins: 'logOrigins',
  trackers: 'logTrackers',
  trouble: 'logTrouble',
};
export const logKindWords = (kind: LogKind): string => sayDetail(LOG_KEYS[kind]);

const KEEP_KEYS = { settings: 'keepSettings', keep: 'keepKeep', drop: 'keepDrop' } as const;
export const keepWords = (keep: 'settings' | 'keep' | 'drop'): string => sayDetail(KEEP_KEYS[keep]);

const RESEED_KEYS = {
  'other-files': 'reseedOtherFiles',
  busy: 'reseedBusy',
  'no-metadata': 'reseedNoMetadata',
  cancelled: 'reseedCancelled',
} as const;

/** What became of files of the user's own. */
export function reseedWords(end: ReseedEnd): string {
  switch (end.code) {
    case 'taken':
      return takenWords(end);
    case 'unreadable':
      return sayDetail('reseedUnreadable', { reason: end.reason });
    case 'no-room':
      return sayDetail('reseedNoRoom', {
        needed: formatBytes(end.neededBytes),
        free: formatBytes(end.freeBytes),
      });
    case 'failed':
      return explain(end.failure).title;
    default:
      return sayDetail(RESEED_KEYS[end.code]);
  }
}

function takenWords({
  pieces,
  piecesHere,
  piecesPut,
  changed,
  missing,
}: Extract<ReseedEnd, { code: 'taken' }>): string {
  const said =
    piecesHere >= pieces
      ? [sayDetail('reseedAll')]
      : [sayDetail('reseedSome', { fit: piecesPut, pieces, left: pieces - piecesHere })];
  const named = (names: readonly string[]) => formatListAndMore(names.slice(0, 3).map(displayName), names.length);
  if (changed.length > 0) said.push(sayDetail('reseedChanged', { files: named(changed) }));
  if (missing.length > 0) said.push(sayDetail('reseedMissing', { files: named(missing) }));
  return said.join(' ');
}
