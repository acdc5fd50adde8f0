import { createBackgroundLink } from '#webext/host-link';
import type { HostRequests } from '../model/host-link.ts';
import type { ScreenHello, ScreenMessage } from '../model/screen-events.ts';
import { nextTask } from '../platform/browser/next-task.ts';
import type { BackgroundLink, HostCommandHandlers, HostNoticeHandlers } from '../platform/webext/host-link-contract.ts';
import { listenForScreens, type Screen } from '../platform/webext/screen-ports.ts';

type Activity = HostRequests['host.activity']['input'];

export type HostMessagesOptions = {
  readonly commands: HostCommandHandlers;
  readonly notices: HostNoticeHandlers;
  /** What a screen is told when it opens, in parts. Promises are allowed: the records may still be loading. */
  readonly snapshot: (hello: ScreenHello) => Promise<Iterable<ScreenMessage>>;
  /** A screen that is open says something. */
  readonly said: (hello: ScreenHello) => void;
};

export type HostMessages = BackgroundLink & {
  /** Sends to all open screens. One that still waits for its first part is left out: the parts will have it. */
  broadcast(message: ScreenMessage): void;
  hasScreens(): boolean;
  /** Tells the background how much work there is, if that changed. To be called once at the start, even without work. */
  reportActivity(activity: Activity): Promise<void>;
};

/**
 * Connects the engine host with the rest of the extension. Call it at once when the module runs: the background waits
 * for an answer. Until the first report the host counts as busy, so that nobody ends it while it reads its records.
 */
export function openHostMessages({ commands, notices, snapshot, said }: HostMessagesOptions): HostMessages {
  const listening = new Set<Screen>();
  let current: Activity | null = null;
  let told: Activity | null = null;

  const greet = async (screen: Screen, hello: ScreenHello) => {
    let isOpen = true;
    screen.onClose(() => {
      isOpen = false;
      listening.delete(screen);
    });
    for (const part of await snapshot(hello)) {
      if (!isOpen) return;
      screen.send(part);
      listening.add(screen);
      await nextTask(); // the page may be of this very process, and draws in between
    }
  };
  const countScreens = listenForScreens({ opened: greet, said });

  const { request } = createBackgroundLink({
    commands,
    notices,
    status: () => ({ busy: current?.busy ?? true, screens: countScreens() }),
  });

  return {
    request,
    broadcast: (message) => {
      for (const screen of listening) screen.send(message);
    },
    hasScreens: () => listening.size > 0,
    async reportActivity(activity) {
      current = activity;
      if (told?.running === activity.running && told.busy === activity.busy) return;
      told = activity;
      await request('host.activity', activity).catch((error: unknown) => {
        told = null; // The next report says it again.
        throw error;
      });
    },
  };
}
