import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { TransferView } from '../../model/transfer-view.ts';

export type DetailProps = {
  readonly transfer: ReadonlySignal<TransferView>;
  /** Says something to screen readers. */
  readonly announce: (words: string) => void;
};

/** What is put into the frame of the manager. */
export type ManagerParts = {
  /** The chosen transfer: mounted anew for each one. */
  readonly Detail: ComponentType<DetailProps>;
  /** Sums of all transfers; null: there is no such view. */
  readonly Totals: ComponentType | null;
  readonly Settings: ComponentType;
};
