import { Worker } from 'node:worker_threads';
import type { HashThread } from '../../src/publish/hash-files.ts';
import { asHashThread } from '../../src/publish/start-hash-thread.ts';

const SOURCE = new URL('../../src/publish/hash-worker.ts', import.meta.url).href;

/** A real hashing thread that runs the source instead of the build. Node 20 loads no TypeScript in threads by itself. */
export function startSourceThread(): HashThread {
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import('${SOURCE}'); });`;
  return asHashThread(new Worker(program, { eval: true }));
}
