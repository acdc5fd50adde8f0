import type { Clock } from '../ports.ts';
import type { TransferBook } from './transfer-book.ts';

/** Keeps account, in a transfer's book, of how long its delivery has taken. */
export type DeliveryTime = {
  /** Writes it down as it is now. */
  note(): void;
  /** Writes it down for the last time: what comes after is not part of it. */
  end(): void;
};

/** Times one run of a transfer; those that are no deliveries are left as they are. */
export function timeDelivery(book: TransferBook, clock: Clock): DeliveryTime {
  const startedAtMs = clock.nowMs();
  const beforeMs = book.record.delivery?.spentMs ?? 0;
  let isOver = false;
  const note = () => {
    const { delivery } = book.record;
    if (isOver || delivery == null) return;
    book.remember({ delivery: { ...delivery, spentMs: beforeMs + clock.nowMs() - startedAtMs } });
  };
  return {
    note,
    end: () => {
      note();
      isOver = true;
    },
  };
}
