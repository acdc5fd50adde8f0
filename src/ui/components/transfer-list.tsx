import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TransferId } from '../../model/ids.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { Actions } from '../actions.ts';
import { displayName } from '../formats/display-name.ts';
import { mayMoveFocus } from '../may-move-focus.ts';
import type { TransferListModel } from '../transfer-list-model.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { TransferRow } from './transfer-row.tsx';

/** More rows than the popup has room for: these are drawn first, and the rest when they are on the screen. */
const FIRST_ROWS = 8;

type Props = {
  readonly list: TransferListModel;
  readonly actions: Actions;
  /** The transfer that the user has just added, although it was there. */
  readonly calledId: TransferId | null;
  readonly announce: (words: string) => void;
};

/** All transfers, newest first. At most one row asks a question at a time. */
export function TransferList({ list, actions, calledId, announce }: Props) {
  const askingId = useSignal<TransferId | null>(null);
  const element = useRef<HTMLUListElement>(null);
  const isOnScreen = useSignal(false);
  const rows = list.rows.value;
  useEffect(() => {
    isOnScreen.value = rows.length > 0; // Preact runs effects after the browser has painted.
  }, [rows.length > 0]);

  const afterRemoval = (view: TransferView) => {
    askingId.value = null;
    announce(POPUP_WORDS.removed(displayName(view.name)));
    const row = rowOf(element.current, view.id);
    if (mayMoveFocus(row)) focusNeighbour(element.current, row);
  };
  return (
    <ul class="list" ref={element} aria-label={POPUP_WORDS.transfers}>
      {(isOnScreen.value ? rows : rows.slice(0, FIRST_ROWS)).map(({ id, view }) => (
        <TransferRow
          key={id}
          row={view}
          actions={actions}
          isAsking={askingId.value === id}
          onAsk={(isAsking) => {
            askingId.value = isAsking ? id : null;
          }}
          onRemoved={afterRemoval}
          isCalled={calledId === id}
          announce={announce}
        />
      ))}
    </ul>
  );
}

const rowOf = (list: HTMLUListElement | null, id: TransferId): Element | null =>
  [...(list?.children ?? [])].find((child) => child instanceof HTMLElement && child.dataset.id === id) ?? null;

/** The row with the focus is about to go, or has gone: a keyboard user goes on at the next one, or at the field. */
function focusNeighbour(list: HTMLUListElement | null, row: Element | null): void {
  const neighbour = row === null ? list?.firstElementChild : (row.nextElementSibling ?? row.previousElementSibling);
  const target = neighbour?.querySelector<HTMLElement>('[data-remove]') ?? document.querySelector<HTMLElement>('#add');
  target?.focus();
}
