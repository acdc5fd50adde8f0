import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { TransferView } from '../../../model/transfer-view.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { isInTrouble } from './state-groups.ts';

type Glyph = 'downloading' | 'waiting' | 'seeding' | 'done' | 'paused' | 'trouble' | 'failed';

const ICONS: Readonly<Record<Glyph, IconName>> = {
  downloading: 'download',
  waiting: 'wait',
  seeding: 'upload',
  done: 'done',
  paused: 'pause',
  trouble: 'alert',
  failed: 'alert',
};

/** What a transfer does, as a drawing in front of its name; the column of states says it in words. */
export function StateGlyph({ view }: { readonly view: ReadonlySignal<TransferView> }) {
  const glyph = useComputed(() => glyphOf(view.value));
  return (
    <span class="glyph" data-glyph={glyph.value}>
      <Icon name={ICONS[glyph.value]} />
    </span>
  );
}

function glyphOf(view: TransferView): Glyph {
  const { phase } = view.state;
  if (phase === 'failed' || phase === 'paused') return phase;
  if (isInTrouble(view)) return 'trouble';
  if (phase === 'done') return view.isSeeding ? 'seeding' : 'done';
  return view.isWaiting ? 'waiting' : 'downloading';
}
