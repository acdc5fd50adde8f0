import type { ComponentProps } from 'preact';
import { PlayerIcon, type PlayerIconName } from './player-icon.tsx';

type Props = Omit<ComponentProps<'button'>, 'icon' | 'name'> & {
  readonly icon: PlayerIconName;
  /** The accessible name. */
  readonly name: string;
  /** The key that does the same, told in the tooltip. */
  readonly shortcut?: string;
};

/** A button on the dark stage that shows only a drawing. */
export function PlayerButton({ icon, name, shortcut, ...rest }: Props) {
  return (
    <button
      type="button"
      class="stage-button"
      aria-label={name}
      title={shortcut === undefined ? name : `${name} (${shortcut})`}
      {...rest}
    >
      <PlayerIcon name={icon} />
    </button>
  );
}
