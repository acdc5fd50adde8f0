import { createBackgroundLink } from '#webext/host-link';
import type { HostRequests } from '../model/host-link.ts';
import type { ScreenEvent } from '../model/screen-events.ts';
import type { BackgroundLink, HostCommandHandlers, HostNoticeHandlers } from '../platform/webext/host-link-contract.ts';
import { listenForScreens, type Screen } from '../platform/webext/screen-ports.ts';

type Activity = HostRequests['host.activity']['input'];

export type HostMessagesOptions = {
  readonly commands: HostCommandHandlers;
  readonly notices: HostNoticeHandlers;
  /** What a screen is told when it opens. Promises are allowed: the records may still be loading. */
  readonly snapshot: () => Promise<ScreenEvent>;
};

export type HostMessages = BackgroundLink & {
  /** Sends to all open screens. A screen that still waits for its snapshot is left out: the snapshot will have it. */
  broadcast(event: ScreenEvent): void;
  hasScreens(): boolean;
  /** Tells the background how much work there is, if that changed. To be called once at the start, even without work. */
  reportActivity(activity: Activity): Promise<void>;
};

/**
 * Connects the engine host with the rest of the extension. Call it at once when the module runs: the background waits
 * for an answer. Until the first report the host counts as busy, so that nobody ends it while it reads its records.
 */
export function openHostMessages({ commands, notices, snapshot }: HostMessagesOptions): HostMessages {
  const listening = new Set<Screen>();
  let current: Activity | null = null;
  let told: Activity | null = null;

  const countScreens = listenForScreens(async (screen) => {
    let isOpen = true;
    screen.onClose(() => {
      isOpen = false;
      listening.delete(screen);
    });
    screen.send(await snapshot());
    if (isOpen) listening.add(screen);
  });

  const { request } = createBackgroundLink({
    commands,
    notices,
    status: () => ({ busy: current?.busy ?? true, screens: countScreens() }),
  });

  return {
    request,
    broadcast: (event) => {
      for (const screen of listening) screen.send(event);
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
