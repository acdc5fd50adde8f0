import { TransferPlayers } from '../playback/transfer-players.ts';
import type { Transfer } from './transfer.ts';
import type { TransferOptions } from './transfer-options.ts';

/** Who plays files of a transfer; nobody at first. What they wait for comes as long as it runs or seeds. */
export function playersOf(transfer: Transfer, { ports, onChange }: TransferOptions): TransferPlayers {
  return new TransferPlayers({
    clock: ports.clock,
    isComing: () => transfer.isRunning || transfer.run !== null,
    failure: () => (transfer.record.state.phase === 'failed' ? transfer.record.state.failure : null),
    isVouched: (file) => transfer.record.vouched?.includes(file) ?? false,
    onChange: () => onChange('state'),
  });
}
