import { describe, expect, test } from 'vitest';
import { leaveOutSecrets, mayBeSecret } from '../../../src/engine/saved-state/leave-out-secrets.ts';
import type { PortableTransfer } from '../../../src/engine/saved-state/state-document.ts';
import type { OriginUrl, TransferId } from '../../../src/model/ids.ts';
import { DEFAULT_POLICY } from '../../../src/model/policy.ts';

const KEY = '0123456789abcdef0123456789abcdef';

describe('an address', () => {
  test.each([
    ['wss://tracker.test/announce'],
    ['https://origin.test/films/Big%20Buck%20Bunny%20(2008)%201080p.mp4'],
    ['https://origin.test/debian-12.7.0-amd64-netinst.iso'],
    ['https://origin.test/'],
  ])('%s is for everybody', (address) => {
    expect(mayBeSecret(address)).toBe(false);
  });

  test.each([
    ['with a login', 'https://ann:secret@origin.test/file'],
    ['with a name alone', 'https://ann@origin.test/file'],
    ['that is signed', 'https://origin.test/file?X-Amz-Signature=abc'],
    ['with a key in its query', `https://tracker.test/announce?passkey=${KEY}`],
    ['with a key in its path', `wss://tracker.test/${KEY}/announce`],
    ['with a key among other words', `https://origin.test/get-${KEY}.torrent`],
    ['that cannot be read', 'not an address'],
  ])('%s may be secret', (_, address) => {
    expect(mayBeSecret(address)).toBe(true);
  });
});

const transfer = (nth: number, change: Partial<PortableTransfer> = {}): PortableTransfer => ({
  id: nth.toString(16).padStart(40, '0') as TransferId,
  name: 'file.bin',
  addedAtMs: nth,
  trackers: ['wss://tracker.test/announce'],
  origins: ['https://origin.test/file.bin' as OriginUrl],
  torrentUrls: [],
  isPrivate: false,
  policy: DEFAULT_POLICY,
  patience: { choice: '15-minutes', sinceMs: 0 },
  sizeBytes: 1,
  files: 1,
  uploadedBytes: 0,
  info: null,
  ...change,
});

test('what is for everybody stays as it is', () => {
  const document = { settings: { extraTrackers: ['wss://mine.test/'] }, transfers: [transfer(1)] };
  expect(leaveOutSecrets(document)).toEqual({ document, leftOut: 0 });
});

test('what may be secret goes, is counted, and leaves the rest of its transfer', () => {
  const secret = `https://tracker.test/announce?passkey=${KEY}`;
  const { document, leftOut } = leaveOutSecrets({
    settings: {
      extraTrackers: [secret, 'wss://mine.test/'],
      turnServers: [{ url: 'turn:turn.test', username: 'ann', credential: 'secret' }],
      maxRunning: 3,
    },
    transfers: [
      transfer(1, { trackers: [secret, 'wss://tracker.test/announce'] }),
      transfer(2, { isPrivate: true }),
      transfer(3, { id: 'adding-1' as TransferId, torrentUrls: [`https://site.test/get/${KEY}`] }),
    ],
  });
  expect(JSON.stringify(document)).not.toMatch(/passkey|turn.test|site.test/);
  expect(document.settings).toEqual({ extraTrackers: ['wss://mine.test/'], maxRunning: 3 });
  expect(document.transfers.map(({ trackers }) => trackers)).toEqual([['wss://tracker.test/announce'], []]);
  expect(leftOut).toBe(5);
});
