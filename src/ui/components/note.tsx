import { explain, type Trouble } from '../explain.ts';
import type { Weight } from '../words/explanation.ts';
import { Icon, type IconName } from './icon.tsx';

const ICON: { readonly [W in Weight]: IconName } = { stops: 'alert', waits: 'wait', informs: 'inform' };

/** What is wrong and what to do about it. */
export function Note({ trouble, id }: { readonly trouble: Trouble; readonly id?: string }) {
  const { title, remedy, weight } = explain(trouble);
  return (
    <div class="note" data-weight={weight} data-code={trouble.code} {...(id === undefined ? {} : { id })}>
      <Icon name={ICON[weight]} />
      <p>
        <span class="note-title">{title}</span> <span class="note-remedy">{remedy}</span>
      </p>
    </div>
  );
}
