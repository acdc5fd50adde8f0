import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Records } from '../../src/engine/ports.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { BROWSERS } from './open-world.ts';

let lab: Lab;
let script: string;
beforeAll(async () => {
  lab = openLab();
  const entry = fileURLToPath(new URL('../support/records-page/records-page.ts', import.meta.url));
  const built = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'records' } },
  })) as Rolldown.RolldownOutput[];
  script = built[0]?.output[0].code ?? '';
});
afterAll(() => lab?.close());

type Page = { openRecords: () => Promise<Records> };

test.each(BROWSERS)('%s: records of the first version are all there in the second, which counts, too', async (name) => {
  const [site, browser] = await Promise.all([lab.origin(), lab.browser(name)]);
  site.serve('/records.js', new TextEncoder().encode(script), 'text/javascript');
  site.servePage('/records.html', '<!doctype html><script type="module" src="/records.js"></script>');
  const tab = await browser.open(`${site.url}/records.html`);
  await browser.waitFor(tab, () => typeof (window as unknown as Page).openRecords === 'function');
  const found = await browser.evaluate(tab, async () => {
    const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const opening = indexedDB.open('rivulet', 1);
    opening.onupgradeneeded = () => {
      for (const store of ['transfers', 'infos', 'settings']) opening.result.createObjectStore(store);
    };
    const old = await asPromise(opening);
    const tx = old.transaction(['transfers', 'infos', 'settings'], 'readwrite');
    tx.objectStore('transfers').put({ id: 'one', name: 'One' }, 'one');
    tx.objectStore('infos').put(new Uint8Array([1, 2, 3]), 'one');
    tx.objectStore('settings').put({ sharing: 'share', notifyWhenDone: false }, 'only');
    await new Promise((resolve) => {
      tx.oncomplete = resolve;
    });
    old.close();

    const records = await (window as unknown as Page).openRecords();
    const before = await records.totals();
    const noBytes = { peerBytes: 1, originBytes: 2, uploadedBytes: 3, wastedBytes: {} as never };
    await records.putTotals({ earlier: noBytes, days: [], hosts: { named: [], othersBytes: 4 } });
    const { sharing, notifyWhenDone, maxRunning } = await records.settings();
    return {
      all: await records.all(),
      info: [...((await records.info('one' as never)) ?? [])],
      settings: { sharing, notifyWhenDone, maxRunning },
      before,
      after: await records.totals(),
    };
  });
  expect(found).toEqual({
    all: [{ id: 'one', name: 'One' }],
    info: [1, 2, 3],
    settings: { sharing: 'share', notifyWhenDone: false, maxRunning: 8 },
    before: null,
    after: {
      earlier: { peerBytes: 1, originBytes: 2, uploadedBytes: 3, wastedBytes: {} },
      days: [],
      hosts: { named: [], othersBytes: 4 },
    },
  });
});
