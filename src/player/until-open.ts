import type { ReadonlySignal } from '@preact/signals';
import type { PlayerState } from '../model/player-view.ts';

/** Resolves when the engine has said where the file lies, and others beside it; rejects when `signal` fires. */
export async function untilOpen(state: ReadonlySignal<Pick<PlayerState, 'lengthBytes'>>, signal: AbortSignal) {
  signal.throwIfAborted();
  if (state.value.lengthBytes > 0) return;
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      leave();
      reject(signal.reason);
    };
    const leave = state.subscribe(({ lengthBytes }) => {
      if (lengthBytes === 0) return;
      signal.removeEventListener('abort', abort);
      queueMicrotask(() => leave());
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}
