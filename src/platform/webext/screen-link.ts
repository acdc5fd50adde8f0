import type { Command, Input, Reply } from '../../model/commands.ts';
import { SCREEN_PORT, type ScreenEvent, type ScreenHello, type ScreenMessage } from '../../model/screen-events.ts';
import { api } from './api.ts';
import type { ToBackground } from './envelope.ts';
import { joinParts } from './join-parts.ts';
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
export function connectScreen(
  onEvent: (event: ScreenEvent) => void,
  { onLink = () => undefined, first = () => [] }: ScreenOptions = {},
): () => void {
  const leaving = new AbortController();
  const heard = () => {
    const join = joinParts(onEvent);
    return (message: unknown) => {
      onLink('heard');
      join(message as ScreenMessage);
    };
  };
  const hello = (): ScreenHello => ({ first: first() });
  void stayConnected({ name: SCREEN_PORT, hello, heard, signal: leaving.signal, onLink });
  return () => leaving.abort();
}

export type ScreenOptions = {
  readonly onLink?: (link: ScreenLink) => void;
  /** The transfers that are on top of the list; asked when the screen connects, leaves, and now and then. */
  readonly first?: () => ScreenHello['first'];
};

/** Whether the engine was heard, or could not be reached at the last try. */
export type ScreenLink = 'heard' | 'lost';

/**
 * Holds a port open by which the engine host knows that this page is there (`listenForPages`). `onKnown` is called each
 * time when a host has met it: again when the host had to be started anew, which knows nothing of what was before.
 */
export function holdPort(name: string, onKnown: () => void): void {
  const { signal } = new AbortController();
  void stayConnected({ name, hello: () => 'here', heard: () => onKnown, signal, onLink: () => undefined });
}

type Connection = {
  /** Of the port. */
  readonly name: string;
  /** What is said through it at first, at the end, and as a beat. */
  readonly hello: () => unknown;
  /** Makes what hears one port. */
  readonly heard: () => (message: unknown) => void;
  readonly signal: AbortSignal;
  readonly onLink: (link: ScreenLink) => void;
};

async function stayConnected(connection: Connection): Promise<void> {
  const { signal, onLink } = connection;
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const woken = await sendCommand('engine.wake', null);
    if (signal.aborted) return;
    const heardSomething = woken.ok && (await listenUntilClosed(connection));
    if (signal.aborted) return;
    if (!heardSomething) onLink('lost'); // one that is heard and ends, as a host with nothing to do does, is called again
    pauseMs = heardSomething ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    await pause(pauseMs, signal);
  }
}

/** Resolves when the port has closed, to whether anything came through it. */
function listenUntilClosed({ name, hello, heard, signal }: Connection): Promise<boolean> {
  return new Promise((resolve) => {
    const port = api.runtime.connect({ name });
    const hear = heard();
    const beat = setInterval(() => port.postMessage(hello()), BEAT_MS);
    let heardSomething = false;
    const end = () => {
      void api.runtime.lastError; // Chrome prints the error of a port that found no host unless somebody looks at it.
      clearInterval(beat);
      signal.removeEventListener('abort', leave);
      resolve(heardSomething);
    };
    const leave = () => {
      port.postMessage(hello());
      port.disconnect(); // Our own call fires no `onDisconnect` on our side.
      end();
    };
    port.onDisconnect.addListener(end);
    port.onMessage.addListener((message: unknown) => {
      heardSomething = true;
      hear(message);
    });
    signal.addEventListener('abort', leave);
    port.postMessage(hello());
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
