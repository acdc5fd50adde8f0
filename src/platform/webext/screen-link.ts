import type { Command, Input, Reply } from '../../model/commands.ts';
import { SCREEN_PORT, type ScreenEvent } from '../../model/screen-events.ts';
import { api } from './api.ts';
import type { ToBackground } from './envelope.ts';
import { screenLimitMs } from './time-limits.ts';
import { within } from './within.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Firefox suspends an event page after 30 s unless something crosses its ports. */
const BEAT_MS = 20_000;

const NO_ANSWER = { ok: false, failure: { code: 'no-answer' } } as const;

/** Sends a command from a screen to the background. Never rejects: a background that is gone is `no-answer`. */
export async function sendCommand<C extends Command>(command: C, input: Input<C>): Promise<Reply<C>> {
  const envelope: ToBackground = { to: 'background', kind: 'command', command, input };
  const asked: Promise<Reply<C> | undefined> = api.runtime.sendMessage(envelope).catch(() => undefined);
  return (await within(screenLimitMs(command), asked, undefined)) ?? NO_ANSWER;
}

/**
 * Tells a screen what happens in the engine, beginning with a snapshot, and again with a snapshot each time the engine
 * host had to be started anew. Goes on until the returned function is called.
 */
export function connectScreen(onEvent: (event: ScreenEvent) => void): () => void {
  const leaving = new AbortController();
  void stayConnected(SCREEN_PORT, (event) => onEvent(event as ScreenEvent), leaving.signal);
  return () => leaving.abort();
}

/**
 * Holds a port open by which the engine host knows that this page is there (`listenForPages`). `onKnown` is called each
 * time when a host has met it: again when the host had to be started anew, which knows nothing of what was before.
 */
export function holdPort(name: string, onKnown: () => void): void {
  void stayConnected(name, onKnown, new AbortController().signal);
}

async function stayConnected(name: string, onEvent: (event: unknown) => void, signal: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const woken = await sendCommand('engine.wake', null);
    if (signal.aborted) return;
    const heardSomething = woken.ok && (await listenUntilClosed(name, onEvent, signal));
    pauseMs = heardSomething ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    await pause(pauseMs, signal);
  }
}

/** Resolves when the port has closed, to whether anything came through it. */
function listenUntilClosed(name: string, onEvent: (event: unknown) => void, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const port = api.runtime.connect({ name });
    const beat = setInterval(() => port.postMessage('here'), BEAT_MS);
    let heardSomething = false;
    const end = () => {
      void api.runtime.lastError; // Chrome prints the error of a port that found no host unless somebody looks at it.
      clearInterval(beat);
      signal.removeEventListener('abort', leave);
      resolve(heardSomething);
    };
    const leave = () => {
      port.disconnect(); // Our own call fires no `onDisconnect` on our side.
      end();
    };
    port.onDisconnect.addListener(end);
    port.onMessage.addListener((event: unknown) => {
      heardSomething = true;
      onEvent(event);
    });
    signal.addEventListener('abort', leave);
  });
}

const pause = (lengthMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, lengthMs);
    signal.addEventListener('abort', end);
  });
