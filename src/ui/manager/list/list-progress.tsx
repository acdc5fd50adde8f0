import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { TransferView } from '../../../model/transfer-view.ts';
import { describeProgress } from '../../components/progress-bar.tsx';
import { isProgressUnknown, type Progress, progressOf } from '../../progress.ts';

type Props = { readonly view: ReadonlySignal<TransferView> };
type Shares = 'hereShare' | 'peerShare' | 'originShare';

/**
 * The bar of a row, as `ProgressBar` draws it; but here it is drawn once, and follows its view by itself: of all that a
 * tick changes in a long list it would be the dearest.
 */
export function ListProgress({ view }: Props) {
  const progress = useComputed(() => progressOf(view.value));
  const percent = useComputed(() => progress.value.percent);
  // Read out or looked at now and then: new words for each whole percent are enough.
  const words = useComputed(() => describeProgress(view.peek(), percent.value));
  const isUnknown = useComputed(() => isProgressUnknown(view.value));
  const name = useComputed(() => view.value.name);
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={words}
      title={words}
      data-unknown={isUnknown}
    >
      <Part source="here" share="hereShare" progress={progress} />
      <Part source="peers" share="peerShare" progress={progress} />
      <Part source="origins" share="originShare" progress={progress} />
    </div>
  );
}

type PartProps = {
  readonly source: 'here' | 'peers' | 'origins';
  readonly share: Shares;
  readonly progress: ReadonlySignal<Progress>;
};

function Part({ source, share, progress }: PartProps) {
  const style = useComputed(() => styleOf(progress.value[share]));
  return <span class="bar-part" data-source={source} style={style} />;
}

/** A bar is some hundred pixels wide: a thousandth is less than one. */
const styleOf = (share: number): string => (share > 0 ? `width: ${(100 * share).toFixed(1)}%` : 'display: none');
