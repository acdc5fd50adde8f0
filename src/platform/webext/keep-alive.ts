import { api } from './api.ts';

/** Firefox suspends an event page after 30 s without a call that reaches the parent process, whatever else it does. */
const BEAT_MS = 10_000;

let beat: ReturnType<typeof setInterval> | null = null;

/**
 * Keeps Firefox's event page from being suspended while the engine has work. An open WebSocket, data channel, fetch or
 * idle port does not count for Firefox; a call that reaches the parent process does, and this is the cheapest.
 */
export function keepAlive(isBusy: boolean): void {
  if (isBusy && beat === null) beat = setInterval(() => void api.runtime.getPlatformInfo(), BEAT_MS);
  if (!isBusy && beat !== null) {
    clearInterval(beat);
    beat = null;
  }
}
