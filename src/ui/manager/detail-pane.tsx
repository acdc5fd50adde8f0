import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../components/icon-button.tsx';
import { displayName } from '../formats/display-name.ts';
import { sayInManager } from '../words/manager-words.ts';
import type { ManagerModel } from './manager-model.ts';
import type { ManagerParts } from './manager-parts.ts';

type Props = {
  readonly model: ManagerModel;
  readonly Detail: ManagerParts['Detail'];
  readonly isNarrow: boolean;
  readonly onClose: () => void;
};

/** The frame around the details of the one transfer that is chosen. */
export function DetailPane({ model, Detail, isNarrow, onClose }: Props) {
  const { pane, list } = model;
  const row = list.chosenRow.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNarrow) heading.current?.focus();
  }, [isNarrow]);
  const isBelow = pane.place.value === 'below';
  const size = isNarrow ? {} : { [isBelow ? 'height' : 'width']: `${pane.sizePx}px` };
  const name = row === null ? sayInManager('details') : displayName(row.view.value.name);
  const close = sayInManager(isNarrow ? 'detailBack' : 'detailClose');
  return (
    <section
      class="detail-pane"
      id="details"
      aria-label={name}
      style={size}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header class="detail-head">
        {isNarrow && <IconButton icon="back" name={close} onClick={onClose} />}
        <h2 ref={heading} tabIndex={-1} title={name}>
          <bdi>{name}</bdi>
        </h2>
        {!isNarrow && (
          <>
            <IconButton
              icon={isBelow ? 'side' : 'below'}
              name={sayInManager(isBelow ? 'detailPlaceRight' : 'detailPlaceBelow')}
              onClick={() => pane.setPlace(isBelow ? 'right' : 'below')}
            />
            <IconButton icon="remove" name={close} onClick={onClose} />
          </>
        )}
      </header>
      <div class="detail-body">
        {row === null ? (
          <p class="detail-nothing quiet">
            {sayInManager(list.selection.value.chosen.size > 1 ? 'detailMany' : 'detailNothing')}
          </p>
        ) : (
          <Detail key={row.id} transfer={row.view} announce={model.announce} />
        )}
      </div>
    </section>
  );
}
