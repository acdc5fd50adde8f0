import type { Engine } from '../engine/engine.ts';
import { PlayerDesk } from '../engine/playback/player-desk.ts';
import { leavePlayed } from '../engine/transfer/keep-played.ts';
import type { PlayerCommands } from '../model/commands/player-commands.ts';
import type { PlayerId } from '../model/player.ts';
import { browserClock } from '../platform/browser/clock.ts';
import type { HostCommandHandlers } from '../platform/webext/host-link-contract.ts';
import type { PageWatcher } from '../platform/webext/screen-ports.ts';

/** A page that is loaded again is another page, and finds the store's copy where it was. */
const LINGER_MS = 10_000;
/** A page says what it plays before its port is there: one comes that soon, or the page has gone. */
const PORT_WITHIN_MS = 5_000;

/** What pages that play ask of the engine. What a page plays ends with the port that it holds open. */
export function playerSide(
  ready: Promise<Engine>,
): PageWatcher & { readonly commands: Pick<HostCommandHandlers, keyof PlayerCommands> } {
  const pages = new Set<string>();
  const expected = new Map<string, () => void>();
  const isThere = (page: string): Promise<boolean> =>
    new Promise((resolve) => {
      if (pages.has(page)) return resolve(true);
      const settle = () => {
        cancel();
        expected.delete(page);
        resolve(pages.has(page));
      };
      const cancel = browserClock.after(PORT_WITHIN_MS, settle);
      expected.set(page, settle);
    });
  const desk = ready.then(
    (engine) =>
      new PlayerDesk({
        clock: browserClock,
        transfer: (id) => engine.transfer(id),
        onUnplayed: (transfer) => void leavePlayed(transfer, engine),
      }),
  );
  return {
    opened: (name) => {
      pages.add(name);
      expected.get(name)?.();
    },
    closed: (name) => {
      pages.delete(name);
      browserClock.after(LINGER_MS, () => void desk.then((it) => it.close(name as PlayerId)));
    },
    commands: {
      'player.open': async ({ player, id, file }) => {
        const opened = await (await desk).open(player, id, file);
        if (await isThere(player)) return opened;
        (await desk).close(player); // nobody would say when it has gone
        return { state: 'gone', failure: null };
      },
      'player.await': async ({ player, file, startByte, endByte }) =>
        (await desk).await(player, file, startByte, endByte),
      'player.tell': async (playhead) => (await desk).tell(playhead),
    },
  };
}
