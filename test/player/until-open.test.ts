import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { untilOpen } from '../../src/player/until-open.ts';

test('waits until the file is open', async () => {
  const state = signal({ lengthBytes: 0 });
  let isOpen = false;
  const waiting = untilOpen(state, new AbortController().signal).then(() => {
    isOpen = true;
  });
  await Promise.resolve();
  expect(isOpen).toBe(false);
  state.value = { lengthBytes: 9 };
  await waiting;
  expect(isOpen).toBe(true);
});

test('does not wait for what is open', async () => {
  await expect(untilOpen(signal({ lengthBytes: 9 }), new AbortController().signal)).resolves.toBeUndefined();
});

test('ends with its signal, before and while it waits', async () => {
  const abort = new AbortController();
  const waiting = untilOpen(signal({ lengthBytes: 0 }), abort.signal);
  abort.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  await expect(untilOpen(signal({ lengthBytes: 9 }), abort.signal)).rejects.toThrow('left');
});
