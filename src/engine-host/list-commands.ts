import type { Engine } from '../engine/engine.ts';
import { writeMagnet } from '../engine/torrent/write-magnet.ts';
import type { ListCommands } from '../model/commands/list-commands.ts';
import type { HostCommandHandlers } from '../platform/webext/host-link-contract.ts';

/** What the list of all transfers asks of the engine. */
export const listCommands = (ready: Promise<Engine>): Pick<HostCommandHandlers, keyof ListCommands> => ({
  'transfer.magnet': async ({ id }) => {
    const record = (await ready).transfer(id)?.record;
    return { magnet: record === undefined ? null : writeMagnet({ infoHash: record.id, ...record }) };
  },
});
