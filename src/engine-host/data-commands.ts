import type { Engine } from '../engine/engine.ts';
import { addTypedSources, removeSource } from '../engine/transfer/change-sources.ts';
import { keepCopy } from '../engine/transfer/drop-copy.ts';
import { lendStore, reseedTransfer, takeBackStore } from '../engine/transfer/own-files.ts';
import { recheckTransfer } from '../engine/transfer/recheck.ts';
import type { Transfer } from '../engine/transfer/transfer.ts';
import type { DataCommands } from '../model/commands/data-commands.ts';
import type { TransferId } from '../model/ids.ts';
import { ownFilesLock } from '../model/own-files-lock.ts';
import type { Settings } from '../model/settings.ts';
import type { HostCommandHandlers } from '../platform/webext/host-link-contract.ts';

/** What is done with a transfer's sources and data, and with everything that is remembered. */
export function dataCommands(
  ready: Promise<Engine>,
  onSettings: (settings: Settings) => void,
): Pick<HostCommandHandlers, keyof DataCommands> {
  const transferOf = async (id: TransferId): Promise<Transfer | null> => (await ready).transfer(id) ?? null;
  return {
    'transfer.add-sources': async ({ id, ...typed }) => {
      const transfer = await transferOf(id);
      return { taken: transfer !== null && (await addTypedSources(transfer, typed)) };
    },
    'transfer.remove-source': async ({ id, url }) => {
      const transfer = await transferOf(id);
      if (transfer !== null) await removeSource(transfer, url);
      return null;
    },
    'transfer.recheck': async ({ id }) => {
      const transfer = await transferOf(id);
      return { outcome: transfer === null ? 'no-copy' : await recheckTransfer(transfer) };
    },
    'transfer.lend': async ({ id }) => {
      const transfer = await transferOf(id);
      if (transfer === null || !(await lendStore(transfer))) return { lent: false };
      // The page holds the lock: it is ours when the page has done its work, or has been closed in the middle of it.
      void navigator.locks.request(ownFilesLock(id), () => takeBackStore(transfer));
      return { lent: true };
    },
    'transfer.reseed': async ({ id, own }) => {
      const transfer = await transferOf(id);
      if (transfer !== null) await reseedTransfer(transfer, own);
      return null;
    },
    'transfer.keep-copy': async ({ id, keep }) => {
      const transfer = await transferOf(id);
      if (transfer !== null) await keepCopy(transfer, keep);
      return null;
    },
    'transfer.drop-copy': async ({ id }) => ({ dropped: await (await ready).data.dropCopy(id) }),
    'store.use': async () => (await ready).data.storeUse(),
    'store.clean': async () => {
      const engine = await ready;
      const { held = [] } = await navigator.locks.query();
      // Pages that put files into the store hold locks that end with the name of the directory.
      const isInUse = (name: string) => held.some((lock) => lock.name?.endsWith(name));
      return { freedBytes: await engine.data.cleanStore(isInUse) };
    },
    'ledger.totals': async () => (await ready).data.ledgerTotals(),
    'state.export': async ({ withSecrets }) => (await ready).data.exportState(withSecrets),
    'state.import': async ({ text, settings }) => {
      const engine = await ready;
      const read = await engine.data.importState(text);
      if (!read.ok || settings === undefined) return read;
      await engine.setSettings(settings);
      onSettings(engine.settings);
      return read;
    },
  };
}
