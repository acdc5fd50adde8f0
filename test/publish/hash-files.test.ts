import { createHash } from 'node:crypto';
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileHashes, HashJob } from '../../src/publish/hash-file.ts';
import { type HashingOptions, type HashThread, hashFiles } from '../../src/publish/hash-files.ts';
import type { HashTask } from '../../src/publish/hash-messages.ts';
import { hashedFile, someBytes } from '../publishing/published-folder.ts';
import { startSourceThread } from './source-thread.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MIB = 2 ** 20;
const PIECE = 256 * 1024;

function jobFor(path: string): HashJob {
  const { size, mtimeMs } = statSync(path);
  return { absolutePath: path, sizeBytes: size, modifiedAtMs: mtimeMs, pieceLengthBytes: PIECE };
}

/** Writes files of these sizes. */
function filesOf(sizes: readonly number[]): HashJob[] {
  const folder = temporaryFolder();
  return sizes.map((size, index) => {
    const path = join(folder, `${index}`);
    writeFileSync(path, someBytes(size));
    return jobFor(path);
  });
}

async function hashAll(jobs: readonly HashJob[], options: Partial<HashingOptions> = {}) {
  const hashes = new Map<HashJob, FileHashes>();
  await hashFiles(jobs, {
    threads: 2,
    startThread: startSourceThread,
    signal: new AbortController().signal,
    onHashed: async (job, found) => void hashes.set(job, found),
    onProgress: () => {},
    ...options,
  });
  return hashes;
}

describe('real threads', () => {
  test('give the hashes of files of any length, alone or shared', { timeout: 60_000 }, async () => {
    const jobs = filesOf([1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 17 * MIB + 5]);
    const hashes = await hashAll(jobs);
    for (const job of jobs) {
      const { sha256, pieceHashes } = hashedFile(['x'], someBytes(job.sizeBytes));
      expect(Buffer.from(hashes.get(job)?.sha256 ?? [])).toEqual(sha256);
      expect(Buffer.from(hashes.get(job)?.pieceHashes ?? [])).toEqual(pieceHashes);
    }
  });

  test('share the last large file', { timeout: 60_000 }, async () => {
    const tasks: HashTask['part'][] = [];
    const startThread = () => {
      const thread = startSourceThread();
      const run = (task: HashTask) => {
        tasks.push(task.part);
        return thread.run(task);
      };
      return { ...thread, run };
    };
    const [job] = filesOf([24 * MIB]);
    const hashes = await hashAll(job === undefined ? [] : [job], { startThread });
    expect(tasks.sort()).toEqual(['pieces', 'whole']);
    const whole = createHash('sha256')
      .update(someBytes(24 * MIB))
      .digest();
    expect([...hashes.values()].map(({ sha256 }) => Buffer.from(sha256))).toEqual([whole]);
  });

  test('notice a file that has changed since it was found', { timeout: 60_000 }, async () => {
    const [job] = filesOf([1000]);
    appendFileSync(job?.absolutePath ?? '', 'more');
    await expect(hashAll(job === undefined ? [] : [job])).rejects.toThrow('changed while it was read');
  });

  test('say what to do about a file that cannot be read', { timeout: 60_000 }, async () => {
    const [job] = filesOf([1000]);
    const gone = { ...job, absolutePath: '/nowhere/at/all' } as HashJob;
    await expect(hashAll([gone])).rejects.toThrow(/could not be read.*Check its permissions/);
  });
});

describe('the order of work', () => {
  /** Threads that answer when they are told to. */
  function makeFakeThreads() {
    const tasks: { readonly task: HashTask; readonly answer: () => void; readonly fail: () => void }[] = [];
    let stopped = 0;
    const startThread = (): HashThread => ({
      run: (task) =>
        new Promise((resolve) => {
          const answer = () => resolve({ ok: true, sha256: new Uint8Array(32), pieceHashes: new Uint8Array(20) });
          const fail = () => resolve({ ok: false, hasChanged: false, message: 'EIO' });
          tasks.push({ task, answer, fail });
        }),
      stop: async () => {
        stopped += 1;
      },
    });
    return { tasks, startThread, stoppedThreads: () => stopped };
  }
  const job = (name: string, sizeBytes: number): HashJob => ({
    absolutePath: name,
    sizeBytes,
    modifiedAtMs: 0,
    pieceLengthBytes: PIECE,
  });
  const partsOf = (tasks: readonly { readonly task: HashTask }[]) =>
    tasks.map(({ task }) => `${task.job.absolutePath} ${task.part}`);
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  test('the largest first, one thread each, and two for the last', async () => {
    const { tasks, startThread, stoppedThreads } = makeFakeThreads();
    const jobs = [job('small', 30 * MIB), job('large', 90 * MIB), job('middle', 60 * MIB)];
    const done = hashAll(jobs, { startThread });
    expect(partsOf(tasks)).toEqual(['large both', 'middle both']);
    tasks[0]?.answer();
    tasks[1]?.answer();
    await settle();
    expect(partsOf(tasks.slice(2)).sort()).toEqual(['small pieces', 'small whole']);
    for (const { answer } of tasks.slice(2)) answer();
    expect((await done).size).toBe(3);
    expect(stoppedThreads()).toBe(2);
  });

  test('a small file is not shared, and one thread is enough', async () => {
    const { tasks, startThread } = makeFakeThreads();
    const done = hashAll([job('a', 1000), job('b', 90 * MIB)], { startThread, threads: 1 });
    expect(partsOf(tasks)).toEqual(['b both']);
    tasks[0]?.answer();
    await settle();
    expect(partsOf(tasks)).toEqual(['b both', 'a both']);
    tasks[1]?.answer();
    await done;
  });

  test('a failure ends everything, and no thread stays', async () => {
    const { tasks, startThread, stoppedThreads } = makeFakeThreads();
    const done = hashAll([job('a', 1000), job('b', 2000)], { startThread });
    tasks[1]?.fail();
    await expect(done).rejects.toThrow('a could not be read (EIO)');
    expect(stoppedThreads()).toBe(2);
  });

  test('Ctrl-C ends everything, and no thread stays', async () => {
    const interruption = new AbortController();
    const { startThread, stoppedThreads } = makeFakeThreads();
    const done = hashAll([job('a', 1000)], { startThread, signal: interruption.signal });
    interruption.abort();
    await expect(done).rejects.toThrow('aborted');
    expect(stoppedThreads()).toBe(1);
  });
});
