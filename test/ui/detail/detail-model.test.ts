import { describe, expect, test } from 'vitest';
import type { FileView } from '../../../src/model/file-view.ts';
import type { FileIndex, TransferId } from '../../../src/model/ids.ts';
import type { DetailActions } from '../../../src/ui/detail/detail-actions.ts';
import { DetailModel } from '../../../src/ui/detail/detail-model.ts';
import { tabAfterKey } from '../../../src/ui/detail/detail-tabs.ts';
import type { PageWatch } from '../../../src/ui/detail/page-watch.ts';

const ID = '0'.repeat(40) as TransferId;

/** A page whose time is moved by hand. */
function handWatch() {
  const timers = new Set<() => void>();
  const listeners = new Set<() => void>();
  let nowMs = 0;
  let isVisible = true;
  const watch: PageWatch = {
    every: (_periodMs, callback) => {
      timers.add(callback);
      return () => timers.delete(callback);
    },
    nowMs: () => nowMs,
    isVisible: () => isVisible,
    onVisibility: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
  };
  return {
    watch,
    /** A second passes, and everybody has answered. */
    second: async () => {
      nowMs += 1_000;
      for (const callback of timers) callback();
      await settled();
    },
    show: async (visible: boolean) => {
      isVisible = visible;
      for (const callback of listeners) callback();
      await settled();
    },
    listening: () => timers.size + listeners.size,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

const file = (index: number, change: Partial<FileView> = {}): FileView => ({
  index: index as FileIndex,
  path: [`${index}.bin`],
  lengthBytes: 10,
  priority: 'normal',
  hereBytes: 0,
  isSaved: false,
  ...change,
});

/** An engine that answers at once, and remembers what it was asked. */
function engine(files: readonly FileView[] = []) {
  const asked: string[] = [];
  let current = files;
  let isTaking = true;
  const actions = {
    details: async (_id: TransferId, parts: readonly string[]) => {
      asked.push(parts.join());
      return { ok: true, output: { details: { diagnosis: [{ code: 'done' }] } } } as const;
    },
    files: async () => {
      asked.push('files');
      return { ok: true, output: { files: current } } as const;
    },
    setFiles: async (_id: TransferId, wishes: Parameters<DetailActions['setFiles']>[1]) => {
      asked.push(`set ${JSON.stringify(wishes)}`);
      return { ok: true, output: { taken: isTaking } } as const;
    },
    saveFile: async () => ({ ok: false, failure: { code: 'no-answer' } }) as const,
  };
  return {
    actions: actions as unknown as DetailActions,
    asked,
    tell: (files: readonly FileView[]) => {
      current = files;
    },
    refuse: () => {
      isTaking = false;
    },
  };
}

describe('an open detail', () => {
  test('asks at once and then every second, only for what is shown', async () => {
    const { watch, second } = handWatch();
    const { actions, asked } = engine();
    const model = new DetailModel(ID, actions, watch);
    model.open();
    await settled();
    model.choose('pieces');
    await settled();
    await second();
    expect(asked).toEqual(['diagnosis,speeds,ledger', 'diagnosis,pieces', 'files', 'diagnosis,pieces']);
    expect(model.diagnosis.value).toEqual([{ code: 'done' }]);
  });

  test('asks nothing while its page is hidden, and at once when it is shown again', async () => {
    const { watch, second, show } = handWatch();
    const { actions, asked } = engine();
    new DetailModel(ID, actions, watch).open();
    await settled();
    await show(false);
    await second();
    expect(asked).toHaveLength(1);
    await show(true);
    expect(asked).toHaveLength(2);
  });

  test('asks nothing any more when it is closed', async () => {
    const { watch, second, listening } = handWatch();
    const { actions, asked } = engine();
    const close = new DetailModel(ID, actions, watch).open();
    await settled();
    close();
    await second();
    expect(asked).toHaveLength(1);
    expect(listening()).toBe(0);
  });

  test('waits for an answer before it asks again, and then asks for the tab that was chosen meanwhile', async () => {
    const { watch, second } = handWatch();
    const asked: string[] = [];
    const waiting: (() => void)[] = [];
    const actions = {
      details: (_id: TransferId, parts: readonly string[]) => {
        asked.push(parts.join());
        return new Promise((resolve) => waiting.push(() => resolve({ ok: true, output: { details: {} } })));
      },
    } as unknown as DetailActions;
    const model = new DetailModel(ID, actions, watch);
    model.open();
    await second();
    model.choose('log');
    expect(asked).toEqual(['diagnosis,speeds,ledger']);
    waiting.shift()?.();
    await settled();
    expect(asked).toEqual(['diagnosis,speeds,ledger', 'diagnosis,log']);
  });

  test('keeps what it knows when there is no answer, and says so', async () => {
    const { watch, second } = handWatch();
    let isGone = false;
    const actions = {
      details: async () =>
        isGone
          ? { ok: false, failure: { code: 'no-answer' } }
          : { ok: true, output: { details: { diagnosis: [{ code: 'done' }] } } },
    } as unknown as DetailActions;
    const model = new DetailModel(ID, actions, watch);
    model.open();
    await settled();
    isGone = true;
    await second();
    expect(model.failure.value).toEqual({ code: 'no-answer' });
    expect(model.diagnosis.value).toEqual([{ code: 'done' }]);
    isGone = false;
    await second();
    expect(model.failure.value).toBe(null);
  });

  test('knows when the transfer has gone', async () => {
    const { watch } = handWatch();
    const details = async () => ({ ok: true, output: { details: null } });
    const model = new DetailModel(ID, { details } as unknown as DetailActions, watch);
    model.open();
    await settled();
    expect(model.isGone.value).toBe(true);
  });
});

describe('its files', () => {
  const opened = async (files: readonly FileView[]) => {
    const hand = handWatch();
    const { actions, asked, tell, refuse } = engine(files);
    const model = new DetailModel(ID, actions, hand.watch, 'files');
    model.open();
    await settled();
    return { ...hand, model, asked, tell, refuse };
  };

  test('are asked for as long as they are shown, many of them less often', async () => {
    const few = await opened([file(0)]);
    await few.second();
    expect(few.asked.filter((what) => what === 'files')).toHaveLength(2);
    const many = await opened(Array.from({ length: 5_000 }, (_, nth) => file(nth)));
    for (let second = 0; second < 10; second++) await many.second();
    expect(many.asked.filter((what) => what === 'files')).toHaveLength(3);
  });

  test('are told of at once when the user ticks', async () => {
    const { model, asked } = await opened([file(0), file(1)]);
    model.files.tree.wish([1 as FileIndex], 'first');
    await settled();
    expect(asked.filter((what) => what.startsWith('set'))).toEqual(['set [{"files":[1],"priority":"first"}]']);
    expect(model.files.tree.priorityOf(1 as FileIndex)).toBe('first');
    expect(model.files.failure.value).toBe(null);
  });

  test('are as they were when the engine refuses, and that is said', async () => {
    const { model, refuse } = await opened([file(0)]);
    refuse();
    model.files.tree.wish([0 as FileIndex], 'skip');
    await settled();
    expect(model.files.tree.priorityOf(0 as FileIndex)).toBe('normal');
    expect(model.files.failure.value).toEqual({ code: 'no-file-left' });
  });

  test('are read anew when somebody else has chosen', async () => {
    const { model, tell, second } = await opened([file(0), file(1)]);
    tell([file(0), file(1, { priority: 'skip', hereBytes: 4 })]);
    await second();
    expect(model.files.tree.priorityOf(1 as FileIndex)).toBe('skip');
    const [row] = model.files.tree.rows.value.slice(1);
    expect(row && model.files.progressOf(row.node)).toEqual({ hereBytes: 4, lengthBytes: 10 });
  });

  test('say why one could not be saved', async () => {
    const { model } = await opened([file(0, { hereBytes: 10 })]);
    await model.files.save(0 as FileIndex);
    expect(model.files.failure.value).toEqual({ code: 'no-answer' });
    expect(model.files.saving.value.size).toBe(0);
  });
});

test.each([
  ['ArrowRight', 'overview', 'files'],
  ['ArrowRight', 'log', 'overview'],
  ['ArrowLeft', 'overview', 'log'],
  ['End', 'files', 'log'],
  ['Home', 'files', 'overview'],
  ['a', 'files', null],
] as const)('%s leads from the tab %s to %s', (key, tab, expected) => {
  expect(tabAfterKey(key, tab, false)).toBe(expected);
});
