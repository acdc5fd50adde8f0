import { expect, test } from 'vitest';
import { type DownloadFacts, saveStateOf } from '../../src/background/save-state.ts';
import type { SaveState } from '../../src/model/host-link.ts';

const file = { filename: '/home/me/Downloads/a.mkv', exists: true };

test.each<[string, DownloadFacts | undefined, SaveState]>([
  ['not on the list any more', undefined, { state: 'gone' }],
  ['running', { ...file, state: 'in_progress' }, { state: 'in-progress' }],
  ['complete', { ...file, state: 'complete' }, { state: 'complete', path: file.filename, exists: true }],
  [
    'complete, and the user deleted the file',
    { ...file, state: 'complete', exists: false },
    { state: 'complete', path: file.filename, exists: false },
  ],
  [
    'interrupted with a reason',
    { ...file, state: 'interrupted', error: 'FILE_NO_SPACE' },
    { state: 'interrupted', reason: 'FILE_NO_SPACE' },
  ],
  ['interrupted without one', { ...file, state: 'interrupted' }, { state: 'interrupted', reason: 'unknown' }],
])('%s', (_name, download, expected) => {
  expect(saveStateOf(download)).toEqual(expected);
});
