import type { ReadonlySignal } from '@preact/signals';
import type { PlayerState } from '../model/player-view.ts';
import type { PlayerActions } from '../ui/player/player-actions.ts';

type Props = { readonly view: ReadonlySignal<PlayerState>; readonly actions: PlayerActions };

/** The element with the browser's own controls, and how it stands. */
export function BareScreen({ view, actions }: Props) {
  return (
    <main class="bare">
      {/* biome-ignore lint/a11y/useMediaCaption: the texts of the file are added by the feed */}
      <video controls ref={(media) => void (media && actions.attach(media))} />
      <p role="status" data-phase={view.value.phase.phase}>
        {view.value.path.at(-1)}
      </p>
    </main>
  );
}
