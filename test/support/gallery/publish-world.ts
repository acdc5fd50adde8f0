import { signal } from '@preact/signals';
import type { TransferId } from '../../../src/model/ids.ts';
import type { Settings } from '../../../src/model/settings.ts';
import { AddressModel } from '../../../src/publish-page/address-model.ts';
import { NO_FIELDS } from '../../../src/publish-page/advanced.ts';
import { JobError } from '../../../src/publish-page/publish-job.ts';
import type { RunJob } from '../../../src/publish-page/run-job.ts';
import { ShareModel } from '../../../src/publish-page/share-model.ts';
import type { ServerReport } from '../../../src/publishing/server-check/check-server.ts';
import type { Finding } from '../../../src/publishing/server-check/finding.ts';
import type { ServerKind } from '../../../src/publishing/server-check/fixes.ts';
import { GB } from './sample-view.ts';

/** How the servers and files of a scene behave. */
export type PublishWorld =
  | 'fine'
  | 'checking'
  | 'unreachable'
  | 'no-ranges'
  | 'login-page'
  | 'reading'
  | 'stopped'
  | 'copying'
  | 'no-room';

const SIZE_BYTES = 1.24 * GB;
const START: readonly Finding[] = [
  { code: 'answers', latencyMs: 84 },
  { code: 'encrypted' },
  { code: 'redirects-elsewhere', hops: null, toHost: 'eu-4.storage.example' },
];
const FINE: readonly Finding[] = [
  ...START,
  { code: 'type-known', type: 'video/mp4' },
  { code: 'length-known', lengthBytes: SIZE_BYTES },
  { code: 'ranges', answers: 4 },
  { code: 'not-encoded' },
  { code: 'etag-strong' },
  { code: 'last-modified' },
  { code: 'parallel', connections: 4, bytesPerS: 11_400_000 },
  { code: 'torrent-not-linked' },
  { code: 'digest-missing' },
  { code: 'cors-closed' },
];
const FOUND: { readonly [W in PublishWorld]: readonly Finding[] } = {
  fine: FINE,
  checking: FINE.slice(0, 7),
  unreachable: [{ code: 'unreachable', reason: 'NetworkError when attempting to fetch resource.' }],
  'no-ranges': [
    { code: 'answers', latencyMs: 84 },
    { code: 'needs-https' },
    { code: 'ignores-ranges', place: 'start' },
    { code: 'etag-changes', etags: 3, answers: 4 },
    ...FINE.filter(({ code }) => code !== 'ranges' && !START.some((finding) => finding.code === code)),
  ],
  'login-page': [...START, { code: 'web-page', type: 'text/html' }, { code: 'length-known', lengthBytes: 8_400 }],
  reading: FINE,
  stopped: FINE,
  copying: FINE,
  'no-room': FINE,
};

const never = new Promise<never>(() => undefined);

/** A world without servers and disks for the page of those who publish. */
export function publishWorld(world: PublishWorld, settings: () => Settings) {
  const fields = signal(NO_FIELDS);
  let ms = 0;
  const nowMs = () => {
    ms += 40_000;
    return ms;
  };
  const sha1 = async (bytes: Uint8Array) =>
    new Uint8Array(await crypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>));
  const runJob: RunJob = async (job, onProgress) => {
    const sizeBytes = job.type === 'hash-address' ? job.sizeBytes : job.file.size;
    if (world === 'reading' && job.type === 'hash-address') onProgress(0.41 * sizeBytes);
    if (world === 'copying' && job.type === 'put-file') onProgress(0.7 * sizeBytes);
    if ((world === 'reading' && job.type === 'hash-address') || (world === 'copying' && job.type === 'put-file')) {
      return never;
    }
    if (world === 'stopped') {
      throw new JobError({ code: 'server-stopped', atByte: 402_000_000, reason: 'the answer ended early' });
    }
    if (job.type === 'put-file') return null;
    const pieceHashes = new Uint8Array(20 * Math.ceil(sizeBytes / job.pieceLengthBytes));
    return { sha256: new Uint8Array(32), pieceHashes };
  };
  const address = new AddressModel(
    {
      checkServer: async (url, { onFinding }): Promise<ServerReport> => {
        const findings = FOUND[world];
        for (const finding of findings) onFinding?.(finding);
        if (world === 'checking') return never;
        const facts = {
          finalUrl: url,
          lengthBytes: SIZE_BYTES,
          contentType: 'video/mp4',
          torrentUrl: null,
          answersRanges: true,
          version: null,
          serverName: 'nginx',
        };
        return { findings, facts: world === 'unreachable' ? null : facts };
      },
      runJob,
      sha1,
      nowMs,
    },
    fields,
  );
  const shares = new ShareModel({
    runJob,
    sha1,
    nowMs,
    freeBytes: async () => (world === 'no-room' ? 2_000_000 : 40 * GB),
    discard: async () => undefined,
    adopt: async () => ({ ok: true, output: { id: '0'.repeat(40) as TransferId, wasThere: false, isStaged: false } }),
    inList: () => null,
    sharing: () => settings().sharing,
  });
  return { address, shares, fields, kind: signal<ServerKind>('nginx') };
}
