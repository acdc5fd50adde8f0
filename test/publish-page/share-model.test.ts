import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readMagnet } from '../../src/engine/torrent/read-magnet.ts';
import { readTorrent } from '../../src/engine/torrent/read-torrent.ts';
import type { Sharing } from '../../src/model/settings.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { JobError, type PublishJob } from '../../src/publish-page/publish-job.ts';
import { ShareModel, type SharePorts, type ShareState } from '../../src/publish-page/share-model.ts';
import { doneView, sampleView } from '../support/gallery/sample-view.ts';
import { waitUntil } from '../support/wait-until.ts';

const TRACKER = 'wss://t.example/';
const sha1 = async (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
const fileOf = (size: number, name = 'a.mov') => new File([new Uint8Array(size)], name);

/** A world that remembers which jobs were done and what was adopted. */
function newWorld(more: Partial<SharePorts> & { said?: Sharing; view?: TransferView | null } = {}) {
  const world = { said: more.said ?? ('share' as Sharing), view: more.view ?? null };
  const jobs: PublishJob['type'][] = [];
  const adopted: Uint8Array[] = [];
  const discarded: string[] = [];
  const model = new ShareModel({
    runJob: async (job) => {
      jobs.push(job.type);
      return job.type === 'put-file' ? null : { sha256: new Uint8Array(32), pieceHashes: new Uint8Array(20) };
    },
    sha1,
    nowMs: () => 0,
    freeBytes: async () => 1e12,
    discard: async (infoHash) => void discarded.push(infoHash),
    adopt: async (bytes) => {
      adopted.push(bytes);
      return { ok: true, output: { id: '' as never, wasThere: false, isStaged: false } };
    },
    inList: () => world.view,
    sharing: () => world.said,
    ...more,
  });
  const phase = async (wanted: ShareState['phase']) => {
    const isThere = async () => model.shares.value[0]?.state.value.phase === wanted;
    await waitUntil(isThere, { what: wanted });
    return model.shares.value[0]?.state.value;
  };
  return { world, model, jobs, adopted, discarded, phase };
}

describe('a file of this computer', () => {
  test('is read, copied, adopted, and has a link', async () => {
    const { model, jobs, adopted, phase } = newWorld();
    model.trackers.value = [TRACKER];
    model.add([fileOf(1_000, 'Holiday in Lisbon.mov')]);
    const state = await phase('shared');
    const magnet = readMagnet(state?.phase === 'shared' ? state.magnet : '');
    expect(magnet).toMatchObject({
      name: 'Holiday in Lisbon.mov',
      lengthBytes: 1_000,
      sources: { trackers: [TRACKER] },
    });
    expect(jobs).toEqual(['hash-file', 'put-file']);
    const { info, sources } = await readTorrent(adopted[0] ?? new Uint8Array(), sha1);
    expect(info.infoHash).toBe(magnet.infoHash);
    expect(sources).toEqual({ trackers: [TRACKER], origins: [] });
  });

  test('waits for a tracker and for consent, and nothing is copied before', async () => {
    const { world, model, jobs, adopted, phase } = newWorld({ said: 'not-asked' });
    model.add([fileOf(1_000)]);
    await phase('asks');
    model.trackers.value = [TRACKER];
    model.goOn();
    await phase('asks');
    expect(jobs).toEqual(['hash-file']);
    expect(adopted).toEqual([]);
    world.said = 'share';
    model.goOn();
    await phase('shared');
    expect(jobs).toEqual(['hash-file', 'put-file']);
  });

  test.each<[string, TransferView, readonly string[]]>([
    ['is shared already', doneView(0, { isSeeding: true }), ['hash-file']],
    ['is on its way here', sampleView(0), ['hash-file']],
    ['is done and its copy is gone', doneView(0), ['hash-file', 'put-file']],
  ])('that %s is handled so', async (_name, view, expected) => {
    const { model, jobs, adopted, phase } = newWorld({ view });
    model.trackers.value = [TRACKER];
    model.add([fileOf(1_000)]);
    expect(await phase('shared')).toMatchObject({ wasInList: expected.length === 1 });
    expect(jobs).toEqual(expected);
    expect(adopted).toHaveLength(1);
  });

  test('that does not fit is not begun', async () => {
    const { model, jobs, phase } = newWorld({ freeBytes: async () => 1_000_000 });
    model.trackers.value = [TRACKER];
    model.add([fileOf(1_000)]);
    expect(await phase('failed')).toMatchObject({ failure: { code: 'no-room', freeBytes: 1_000_000 } });
    expect(jobs).toEqual(['hash-file']);
  });

  test('whose copy fails leaves nothing behind', async () => {
    const { model, discarded, adopted, phase } = newWorld({
      runJob: async (job) => {
        if (job.type === 'put-file') throw new JobError({ code: 'disk-full' });
        return { sha256: new Uint8Array(32), pieceHashes: new Uint8Array(20) };
      },
    });
    model.trackers.value = [TRACKER];
    model.add([fileOf(1_000)]);
    expect(await phase('failed')).toEqual({ phase: 'failed', failure: { code: 'disk-full' } });
    expect(discarded).toHaveLength(1);
    expect(adopted).toEqual([]);
  });

  test('that is empty says so', async () => {
    const { model, phase } = newWorld();
    model.add([fileOf(0)]);
    expect(await phase('failed')).toEqual({ phase: 'failed', failure: { code: 'empty-file' } });
  });

  test('taken off the page stops its job, and the next has its turn', async () => {
    const { model, phase } = newWorld({
      runJob: (job, _onProgress, signal) =>
        job.type === 'hash-file' && job.file.name === 'endless'
          ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
          : Promise.resolve({ sha256: new Uint8Array(32), pieceHashes: new Uint8Array(20) }),
    });
    model.trackers.value = [TRACKER];
    model.add([fileOf(1_000, 'endless')]);
    const [endless] = model.shares.value;
    model.add([fileOf(1_000, 'next')]);
    if (endless !== undefined) model.remove(endless);
    await phase('shared');
    expect(model.shares.value.map(({ file }) => file.name)).toEqual(['next']);
  });
});
