import { type BrowserDriver, type BrowserOptions, startBrowser } from './browser-driver.ts';
import { type OriginServer, startOriginServer } from './origin-server.ts';
import { type SwarmBrowser, startSwarmBrowser } from './seeder.ts';
import { startTracker, type Tracker } from './tracker.ts';

type Closable = { readonly close: () => Promise<void> };

/** The real parts of an end-to-end test, each started when it is first asked for. */
export type Lab = {
  readonly tracker: () => Promise<Tracker>;
  /** One more tracker: peers that are at different ones do not meet. */
  readonly anotherTracker: () => Promise<Tracker>;
  readonly origin: () => Promise<OriginServer>;
  readonly swarm: () => Promise<SwarmBrowser>;
  /** One more origin server, on another port: a mirror, or where a redirect leads. */
  readonly anotherOrigin: () => Promise<OriginServer>;
  readonly browser: (name: BrowserDriver['name'], options?: BrowserOptions) => Promise<BrowserDriver>;
  /** Closes all that was started, the youngest first, and reports what failed to close only after having tried all. */
  readonly close: () => Promise<void>;
};

/** Makes a lab in which nothing runs yet. All of it stays on this machine. */
export function openLab(): Lab {
  const started: Promise<Closable>[] = [];
  const keep = <T extends Closable>(starting: Promise<T>): Promise<T> => {
    started.push(starting);
    return starting;
  };
  const once = <T extends Closable>(start: () => Promise<T>) => {
    let running: Promise<T> | null = null;
    return () => {
      running ??= keep(start());
      return running;
    };
  };
  return {
    tracker: once(() => startTracker()),
    anotherTracker: () => keep(startTracker()),
    origin: once(() => startOriginServer()),
    swarm: once(() => startSwarmBrowser()),
    anotherOrigin: () => keep(startOriginServer()),
    browser: (name, options = {}) => keep(startBrowser(name, options)),
    close: async () => {
      const failures: unknown[] = [];
      for (const starting of started.splice(0).toReversed()) {
        const part = await starting.catch(() => null); // who asked for it has been told that it did not start
        await part?.close().catch((error) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, 'parts of the lab did not close');
    },
  };
}
