import type { ComponentProps } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Props = Omit<ComponentProps<'button'>, 'icon' | 'name'> & {
  readonly icon: IconName;
  /** The accessible name; also the tooltip, unless `hint` says more. */
  readonly name: string;
  readonly hint?: string;
};

/** A button that shows only a drawing. */
export function IconButton({ icon, name, hint = name, ...rest }: Props) {
  return (
    <button type="button" class="icon-button" aria-label={name} title={hint} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
