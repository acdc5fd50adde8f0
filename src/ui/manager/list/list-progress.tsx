import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { TransferView } from '../../../model/transfer-view.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { isProgressUnknown, progressOf } from '../../progress.ts';

/** The bar of a row; it is drawn anew only when it would look different. */
export function ListProgress({ view }: { readonly view: ReadonlySignal<TransferView> }) {
  const looks = useComputed(() => lookOf(view.value));
  return looks.value === '' ? null : <ProgressBar view={view.peek()} />;
}

/** A bar is some hundred pixels wide: a thousandth is less than one. */
function lookOf(view: TransferView): string {
  const { hereShare, peerShare, originShare, percent } = progressOf(view);
  const shares = [hereShare, peerShare, originShare].map((share) => share.toFixed(3));
  return [...shares, percent, isProgressUnknown(view), view.name].join(' ');
}
