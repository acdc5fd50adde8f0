import type { Engine } from '../engine/engine.ts';
import type { LimitCommands } from '../model/commands/limit-commands.ts';
import type { HostCommandHandlers } from '../platform/webext/host-link-contract.ts';

/** Limits, the queue and labels: what these commands do in the engine. A transfer that is gone by now is no failure. */
export const limitCommands = (ready: Promise<Engine>): Pick<HostCommandHandlers, keyof LimitCommands> => ({
  'transfer.set-limits': async ({ id, limits }) => {
    await (await ready).remember(id, { limits });
    return null;
  },
  'transfer.set-label': async ({ id, label }) => {
    await (await ready).remember(id, { label });
    return null;
  },
  'queue.move': async ({ ids, before }) => {
    await (await ready).limits.queue.move(ids, before);
    return null;
  },
  'queue.start-now': async ({ id }) => {
    const engine = await ready;
    const transfer = engine.transfer(id);
    if (transfer !== undefined) await engine.limits.queue.startNow(transfer);
    return null;
  },
});
