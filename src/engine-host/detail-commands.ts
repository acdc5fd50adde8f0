import type { Engine } from '../engine/engine.ts';
import type { DetailCommands } from '../model/commands/detail-commands.ts';
import type { HostCommandHandlers } from '../platform/webext/host-link-contract.ts';

/** What an open detail view asks of the engine. */
export const detailCommands = (ready: Promise<Engine>): Pick<HostCommandHandlers, keyof DetailCommands> => ({
  'transfer.details': async ({ id, parts }) => ({ details: await (await ready).details.of(id, parts) }),
  'transfer.save-file': async ({ id, file }) => ({ isSaved: await (await ready).data.saveFile(id, file) }),
});
