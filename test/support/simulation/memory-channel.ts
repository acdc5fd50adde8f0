import type { Channel } from '../../../src/engine/store/depot-protocol.ts';

/** The two ends of a channel between threads, in memory: messages are copied, and what is transferred is gone here. */
export function memoryChannel<A, B>(): [Channel<A, B>, Channel<B, A>] {
  const listeners: [((message: B) => void)[], ((message: A) => void)[]] = [[], []];
  const send = <T>(to: ((message: T) => void)[], message: T, transfer: Transferable[]): void => {
    const copy = structuredClone(message, { transfer });
    queueMicrotask(() => {
      for (const listener of to) listener(copy);
    });
  };
  return [
    { send: (message, transfer) => send(listeners[1], message, transfer), listen: (on) => listeners[0].push(on) },
    { send: (message, transfer) => send(listeners[0], message, transfer), listen: (on) => listeners[1].push(on) },
  ];
}
