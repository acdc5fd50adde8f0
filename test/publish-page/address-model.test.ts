import { createHash } from 'node:crypto';
import { signal } from '@preact/signals';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { AddressModel, type AddressPorts } from '../../src/publish-page/address-model.ts';
import { type AdvancedFields, NO_FIELDS } from '../../src/publish-page/advanced.ts';
import { JobError } from '../../src/publish-page/publish-job.ts';
import { refusalWords } from '../../src/publish-page/publish-words.ts';
import { zipOfPublication } from '../../src/publish-page/zip-of-publication.ts';
import type { Finding } from '../../src/publishing/server-check/finding.ts';

const URL_OF_FILE = 'https://cdn.example/a/ep42.mp4';
const FINE: readonly Finding[] = [{ code: 'answers', latencyMs: 3 }, { code: 'cors-closed' }];
const sha1 = async (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

function newModel(
  more: {
    findings?: readonly Finding[];
    fields?: Partial<AdvancedFields>;
    version?: string | null;
  } & Partial<AddressPorts> = {},
) {
  const jobs: string[] = [];
  const version = more.version === undefined ? '"1"' : more.version;
  const model = new AddressModel(
    {
      checkServer: async (url, { onFinding }) => {
        const findings = more.findings ?? FINE;
        for (const finding of findings) onFinding?.(finding);
        const facts = {
          finalUrl: url,
          lengthBytes: 1_000,
          contentType: null,
          torrentUrl: null,
          answersRanges: true,
          version,
        };
        return { findings, facts: { ...facts, serverName: 'nginx/1.22' } };
      },
      runJob: async (job, onProgress) => {
        jobs.push(job.type);
        onProgress(500);
        return { sha256: new Uint8Array(32), pieceHashes: new Uint8Array(20) };
      },
      sha1,
      nowMs: () => 0,
      ...more,
    },
    signal({ ...NO_FIELDS, ...more.fields }),
  );
  model.text.value = URL_OF_FILE;
  return { model, jobs };
}

describe('an address', () => {
  test('that is in order is published', async () => {
    const { model, jobs } = newModel({ fields: { trackers: 'wss://t.example/', policy: 'balanced' } });
    await model.submit();
    expect(jobs).toEqual(['hash-address']);
    expect(model.findings.value).toEqual(FINE);
    expect(model.serverName.value).toBe('nginx/1.22');
    const state = model.state.value;
    if (state.phase !== 'published') throw new Error(state.phase);
    expect(state.publication).toMatchObject({
      name: 'ep42.mp4',
      url: URL_OF_FILE,
      torrentUrl: `${URL_OF_FILE}.torrent`,
      trackers: ['wss://t.example/'],
    });
    const zip = unzipSync(zipOfPublication(state.publication, state.site));
    expect(Object.keys(zip)).toEqual(
      expect.arrayContaining(['ep42.mp4.torrent', 'ep42.mp4.meta4', 'rivulet/snippets.html', 'rivulet/nginx.conf']),
    );
    expect(zip['ep42.mp4.torrent']).toEqual(new Uint8Array(state.publication.torrentBytes));
  });

  test.each([
    ['is read once, and not again for another tracker', '"1"', 1],
    ['without a version is read each time', null, 2],
  ])('%s', async (_name, version, reads) => {
    const { model, jobs } = newModel({ version });
    await model.submit();
    await model.submit();
    expect(model.state.value.phase).toBe('published');
    expect(jobs).toHaveLength(reads);
  });

  test('with a problem that can be lived with waits for a word', async () => {
    const { model, jobs } = newModel({ findings: [...FINE, { code: 'ignores-ranges', place: 'start' }] });
    await model.submit();
    expect(model.state.value).toEqual({ phase: 'checked', verdict: 'doubtful' });
    expect(jobs).toEqual([]);
    await model.publishAnyway();
    expect(model.state.value.phase).toBe('published');
  });

  test('with any other problem is not read', async () => {
    const { model, jobs } = newModel({ findings: [...FINE, { code: 'web-page', type: 'text/html' }] });
    await model.submit();
    expect(model.state.value).toEqual({ phase: 'checked', verdict: 'blocked' });
    expect(jobs).toEqual([]);
  });

  test('whose server stops says so', async () => {
    const failure = { code: 'server-stopped', atByte: 3, reason: 'gone' } as const;
    const { model } = newModel({ runJob: () => Promise.reject(new JobError(failure)) });
    await model.submit();
    expect(model.state.value).toEqual({ phase: 'failed', failure });
  });

  test('can be stopped, and what comes later changes nothing', async () => {
    const { model } = newModel({
      runJob: (_job, onProgress, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason);
            onProgress(900);
          });
          queueMicrotask(() => model.stop());
        }),
    });
    await model.submit();
    expect(model.state.value).toEqual({ phase: 'idle' });
  });

  test.each<[string, Partial<AdvancedFields>, RegExp]>([
    ['', {}, /Paste the address/],
    ['my file', {}, /not an address/],
    ['file:///etc/passwd', {}, /begin with https/],
    ['https://me:pw@a.example/x.mp4', {}, /login/],
    ['https://a.example/x.mp4?key=1', {}, /“\?”/],
    ['https://a.example/x/', {}, /folder/],
    ['https://a.example/x.mp4', { trackers: 'nonsense' }, /is not a tracker/],
  ])('%s is refused with a reason', async (text, fields, words) => {
    const { model, jobs } = newModel({ fields });
    model.text.value = text;
    await model.submit();
    const state = model.state.value;
    if (state.phase !== 'refused') throw new Error(state.phase);
    expect(refusalWords(state.refusal)).toMatch(words);
    expect(jobs).toEqual([]);
  });

  test('may leave its https:// out', async () => {
    const { model } = newModel();
    model.text.value = 'cdn.example/a/ep42.mp4';
    await model.submit();
    expect(model.url.value).toBe(URL_OF_FILE);
  });
});
