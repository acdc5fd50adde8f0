import type { TransferId } from '../../../src/model/ids.ts';
import { EMPTY_LEDGER_VIEW } from '../../../src/model/ledger.ts';
import { DEFAULT_PATIENCE_CHOICE, DEFAULT_POLICY } from '../../../src/model/policy.ts';
import type { RunningState, TransferView } from '../../../src/model/transfer-view.ts';

const MB = 1_000_000;
export const GB = 1000 * MB;

const NEWEST_MS = Date.UTC(2026, 7, 20, 12);

/** A transfer in the middle of its download; `change` says in what it differs. Each next `nth` was added a minute earlier. */
export function sampleView(nth: number, change: Partial<TransferView> = {}): TransferView {
  return {
    id: nth.toString(16).padStart(40, '0') as TransferId,
    name: 'Big Buck Bunny (2008) 1080p.mp4',
    addedAtMs: NEWEST_MS - nth * 60_000,
    sizeBytes: 1.2 * GB,
    files: 1,
    state: { phase: 'downloading' },
    policy: DEFAULT_POLICY,
    patience: DEFAULT_PATIENCE_CHOICE,
    verified: { peerBytes: 420 * MB, originBytes: 180 * MB, hereBytes: 0 },
    ledger: {
      ...EMPTY_LEDGER_VIEW,
      offload: 0.7,
      hosts: [{ host: 'archive.org', bytes: 180 * MB }],
      peers: 5,
    },
    peerBytesPerS: 4.1 * MB,
    originBytesPerS: 2.2 * MB,
    uploadBytesPerS: 0,
    uploadedBytes: 0,
    secondsLeft: 96,
    peersConnected: 5,
    originsUsable: 1,
    isSeeding: false,
    seedingEnd: null,
    problems: [],
    saved: null,
    delivery: null,
    isWaiting: false,
    halt: null,
    queuePlace: null,
    label: null,
    limits: { downBytesPerS: null, upBytesPerS: null, ratio: null },
    isStored: true,
    keepsCopy: null,
    playable: null,
    isPrivateWindow: false,
    isStaged: false,
    site: null,
    ...change,
  };
}

const STILL = { peerBytesPerS: 0, originBytesPerS: 0, uploadBytesPerS: 0, secondsLeft: null } as const;
const EMPTY = { peerBytes: 0, originBytes: 0, hereBytes: 0 };
const DOWNLOADING: RunningState = { phase: 'downloading' };

export const metadataView = (nth: number, change: Partial<TransferView> = {}): TransferView =>
  sampleView(nth, {
    ...STILL,
    name: 'archlinux-2026.08.01-x86_64.iso',
    state: { phase: 'fetching-metadata' },
    sizeBytes: null,
    files: null,
    verified: EMPTY,
    peersConnected: 2,
    originsUsable: 0,
    ...change,
  });

export const checkingView = (nth: number, change: Partial<TransferView> = {}): TransferView =>
  sampleView(nth, {
    ...STILL,
    name: 'Night of the Living Dead (1968)',
    state: { phase: 'checking' },
    sizeBytes: 3.4 * GB,
    files: 12,
    verified: { peerBytes: 0, originBytes: 0, hereBytes: 1.1 * GB },
    ...change,
  });

export const savingView = (nth: number, change: Partial<TransferView> = {}): TransferView =>
  sampleView(nth, {
    ...STILL,
    name: 'Cosmos Laundromat.mkv',
    state: { phase: 'saving' },
    sizeBytes: 620 * MB,
    verified: { peerBytes: 240 * MB, originBytes: 380 * MB, hereBytes: 0 },
    ...change,
  });

export const doneView = (nth: number, change: Partial<TransferView> = {}): TransferView =>
  sampleView(nth, {
    ...STILL,
    name: 'Grateful Dead Live at Barton Hall, Cornell University on 1977-05-08',
    state: { phase: 'done' },
    sizeBytes: 1.62 * GB,
    files: 48,
    verified: { peerBytes: 1.1 * GB, originBytes: 0.52 * GB, hereBytes: 0 },
    saved: { downloadId: nth + 1, files: 48 },
    ...change,
  });

export const pausedView = (nth: number, change: Partial<TransferView> = {}): TransferView =>
  sampleView(nth, {
    ...STILL,
    name: 'debian-13.1.0-amd64-netinst.iso',
    state: { phase: 'paused', resumeTo: DOWNLOADING },
    sizeBytes: 790 * MB,
    verified: { peerBytes: 90 * MB, originBytes: 300 * MB, hereBytes: 64 * MB },
    peersConnected: 0,
    ...change,
  });

export const failedView = (nth: number, change: Partial<TransferView> = {}): TransferView =>
  sampleView(nth, {
    ...STILL,
    name: 'OpenStreetMap planet-260801.osm.pbf',
    state: {
      phase: 'failed',
      resumeTo: DOWNLOADING,
      failure: { code: 'disk-full', neededBytes: 84 * GB, freeBytes: 31.5 * GB },
    },
    sizeBytes: 84 * GB,
    verified: { peerBytes: 0.4 * GB, originBytes: 1.9 * GB, hereBytes: 0 },
    peersConnected: 0,
    originsUsable: 0,
    ...change,
  });
