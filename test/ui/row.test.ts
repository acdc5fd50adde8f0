import { expect, test } from 'vitest';
import type { FileIndex } from '../../src/model/ids.ts';
import type { TransferState, TransferView } from '../../src/model/transfer-view.ts';
import { announcementOf } from '../../src/ui/announcement.ts';
import { controlsOf } from '../../src/ui/controls.ts';
import { dataStateOf } from '../../src/ui/data-state.ts';
import { describeState } from '../../src/ui/describe-state.ts';
import { progressOf } from '../../src/ui/progress.ts';
import { stateInList } from '../../src/ui/words/manager-words.ts';
import { sampleView } from '../support/gallery/sample-view.ts';

const paused = (phase: 'downloading' | 'done'): TransferState => ({ phase: 'paused', resumeTo: { phase } });
const failed: TransferState = { phase: 'failed', resumeTo: { phase: 'saving' }, failure: { code: 'save-cancelled' } };
const saved = { downloadId: 7, files: 1 };
const alone = { peersConnected: 0, originsUsable: 0 };

type Expected = readonly [
  dataState: string,
  words: string,
  toggle: 'pause' | 'resume' | null,
  savedDownloadId: number | null,
];

test.each<[string, Partial<TransferView>, Expected]>([
  [
    'getting details',
    { state: { phase: 'fetching-metadata' } },
    ['fetching-metadata', 'Getting details', 'pause', null],
  ],
  [
    'details without anybody to ask',
    { state: { phase: 'fetching-metadata' }, ...alone },
    ['fetching-metadata', 'Looking for sources', 'pause', null],
  ],
  ['checking', { state: { phase: 'checking' } }, ['checking', 'Checking what is here', 'pause', null]],
  ['downloading', {}, ['downloading', 'Downloading', 'pause', null]],
  ['downloading from an origin alone', { peersConnected: 0 }, ['downloading', 'Downloading', 'pause', null]],
  ['downloading from nobody', alone, ['downloading', 'Looking for sources', 'pause', null]],
  [
    'saving, which is not interrupted',
    { state: { phase: 'saving' } },
    ['downloading', 'Saving to Downloads', null, null],
  ],
  ['done', { state: { phase: 'done' }, saved }, ['done', 'Done', null, 7]],
  ['sharing', { state: { phase: 'done' }, isSeeding: true, saved }, ['done', 'Done, sharing', null, 7]],
  ['paused', { state: paused('downloading') }, ['paused', 'Paused', 'resume', null]],
  ['sharing paused', { state: paused('done'), saved }, ['paused', 'Done, sharing paused', 'resume', 7]],
  ['failed', { state: failed }, ['failed', 'Stopped', 'resume', null]],
])('a row that is %s', (_name, change, expected) => {
  const view = sampleView(0, change);
  const { toggle, savedDownloadId } = controlsOf(view);
  expect([dataStateOf(view.state), describeState(view), toggle, savedDownloadId]).toEqual(expected);
});

test.each<[string, Partial<TransferView>, string]>([
  ['that has others before it', { state: { phase: 'downloading' } }, 'Waiting for its turn'],
  ['of which not much is known yet', { state: { phase: 'fetching-metadata' } }, 'Waiting for its turn'],
  ['that is paused with all others', { state: { phase: 'downloading' }, halt: 'all-paused' }, 'Everything is paused'],
  [
    'that is kept from a metered connection',
    { state: { phase: 'downloading' }, halt: 'metered' },
    'Waiting for an unmetered connection',
  ],
  ['that the user has paused', { state: paused('downloading') }, 'Paused'],
])('a row of what waits, %s, says so', (_name, change, expected) => {
  expect(stateInList(sampleView(0, { ...change, isWaiting: true }))).toBe(expected);
});

const verified = (peerBytes: number, originBytes: number, hereBytes: number) => ({ peerBytes, originBytes, hereBytes });

test.each<[string, Partial<TransferView>, string]>([
  ['is empty while the size is unknown', { sizeBytes: null, verified: verified(0, 0, 0) }, '0% 0 0 0'],
  ['divides by source', { sizeBytes: 100, verified: verified(20, 30, 10) }, '60% 0.1 0.2 0.3'],
  ['is not full before every byte is verified', { sizeBytes: 1000, verified: verified(999, 0, 0) }, '99% 0 0.999 0'],
  ['never overflows', { sizeBytes: 100, verified: verified(100, 100, 0) }, '100% 0 0.5 0.5'],
  ['is full when done', { sizeBytes: 100, state: { phase: 'done' }, verified: verified(25, 25, 0) }, '100% 0 0.5 0.5'],
  [
    'is not full when files are missing for good',
    {
      sizeBytes: 100,
      state: { phase: 'done' },
      verified: verified(0, 50, 0),
      problems: [{ code: 'files-unavailable', files: ['a'], count: 1, saved: 1 }],
    },
    '50% 0 0 0.5',
  ],
  ['is full when done, whoever sent it', { state: { phase: 'done' }, verified: verified(0, 0, 0) }, '100% 1 0 0'],
])('the bar %s', (_name, change, expected) => {
  const { percent, hereShare, peerShare, originShare } = progressOf(sampleView(0, change));
  expect(`${percent}% ${hereShare} ${peerShare} ${originShare}`).toBe(expected);
});

const saving = sampleView(0, { name: 'a.iso', state: { phase: 'saving' } });
const done = sampleView(0, { name: 'a.iso', state: { phase: 'done' } });

test.each<[string, TransferView, TransferView, string | null]>([
  ['the end', saving, done, 'a.iso: Done'],
  ['a failure', saving, { ...saving, state: failed }, 'a.iso: Stopped'],
  ['no speed', saving, { ...saving, peerBytesPerS: 5 }, null],
  ['no pause: the user did it', saving, { ...saving, state: paused('downloading') }, null],
  ['no sharing that goes on: the user did it', { ...done, state: paused('done') }, done, null],
])('a screen reader hears of %s', (_name, before, after, expected) => {
  expect(announcementOf(before, after)).toBe(expected);
});

test.each<[string, Partial<TransferView>, number | null]>([
  ['what is coming', {}, 3],
  ['what is paused', { state: paused('downloading') }, 3],
  ['what is checked', { state: { phase: 'checking' } }, 3],
  ['what is done and still in the store', { state: { phase: 'done' }, saved }, 3],
  ['nothing of what is only in Downloads', { state: { phase: 'done' }, saved, isStored: false }, null],
  ['nothing of what has failed', { state: failed }, null],
  ['nothing before the files are known', { state: { phase: 'fetching-metadata' } }, null],
  ['nothing that waits to be added', { isStaged: true }, null],
  ['nothing without a file to play', { playable: null }, null],
])('"Play" is for %s', (_name, change, file) => {
  expect(controlsOf(sampleView(0, { playable: 3 as FileIndex, ...change })).playable).toBe(file);
});
