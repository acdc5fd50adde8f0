// The token bucket and the streams below webtorrent's throttle call Node's process.nextTick where they find no other.
const nextTick = (callback: (...args: unknown[]) => void, ...args: unknown[]): void =>
  queueMicrotask(() => callback(...args));

const lent = globalThis as { process?: unknown };
lent.process ??= { nextTick, env: {} };

export const nodeGlobalsAreLent = true;
