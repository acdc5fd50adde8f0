import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { TransferId } from '../../../model/ids.ts';
import type { ManagerModel } from '../manager-model.ts';
import { openRowMenu } from './row-menu.ts';
import { chooseOnly, stretchTo, toggle } from './selection.ts';

/** A press that moves less is a click. */
const DRAG_FROM_PX = 6;

/** What the mouse does with rows: choose, open, ask for the menu, and drag them within the queue. */
export function useRowPointer(
  model: ManagerModel,
  grid: RefObject<HTMLDivElement | null>,
  rowHeightPx: number,
  isNarrow: boolean,
) {
  const { list } = model;
  const lastY = useRef<number | null>(null);
  const hasDragged = useRef(false);
  const placeAt = (clientY: number): number => {
    const body = grid.current?.querySelector('.t-body');
    return body ? (clientY - body.getBoundingClientRect().top) / rowHeightPx : -1;
  };
  useEffect(() => {
    list.onHold = () => {
      const under = lastY.current === null ? undefined : list.rows.peek()[Math.floor(placeAt(lastY.current))]?.id;
      const { current } = list.selection.peek();
      const active = document.activeElement === grid.current ? current : null;
      return [under, active].filter((id) => id !== undefined && id !== null);
    };
    return () => {
      list.onHold = () => [];
    };
  }, [list, rowHeightPx]);

  const choose = (event: MouseEvent, id: TransferId) => {
    const selection = list.selection.peek();
    const isToggle = event.ctrlKey || event.metaKey || isOn(event, '[data-toggle]');
    if (event.shiftKey) list.selection.value = stretchTo(selection, list.rows.peek(), id);
    else list.selection.value = isToggle ? toggle(selection, id) : chooseOnly(id);
    if (isNarrow && !isToggle && !event.shiftKey) model.showDetails();
  };
  const startDrag = (event: PointerEvent, id: TransferId) => {
    const startY = event.clientY;
    const drag = (move: PointerEvent) => {
      if (!hasDragged.current && Math.abs(move.clientY - startY) < DRAG_FROM_PX) return;
      if (!hasDragged.current && !list.selection.peek().chosen.has(id)) list.selection.value = chooseOnly(id);
      hasDragged.current = true;
      model.dropPlace.value = Math.min(Math.max(Math.round(placeAt(move.clientY)), 0), list.rows.peek().length);
    };
    const end = (isDropped: boolean) => {
      stop.abort();
      const place = model.dropPlace.peek();
      model.dropPlace.value = null;
      if (isDropped && place !== null) model.dropBefore([...list.selection.peek().chosen], list.rows.peek()[place]?.id);
    };
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('pointermove', drag, { signal });
    document.addEventListener('pointerup', () => end(true), { signal });
    document.addEventListener('pointercancel', () => end(false), { signal });
    document.addEventListener('keydown', (key) => key.key === 'Escape' && end(false), { signal, capture: true });
  };

  return {
    onPointerMove: (event: PointerEvent) => {
      lastY.current = event.clientY;
    },
    onPointerLeave: () => {
      lastY.current = null;
    },
    onPointerDown: (event: PointerEvent) => {
      hasDragged.current = false;
      const id = rowOf(event);
      const canDrag = event.button === 0 && event.pointerType === 'mouse' && list.isInQueueOrder.peek();
      if (id !== null && canDrag && list.viewOf(id)?.queuePlace !== null) startDrag(event, id);
    },
    onMouseDown: (event: MouseEvent) => {
      if (rowOf(event) !== null && event.shiftKey) event.preventDefault(); // or it marks text
    },
    onClick: (event: MouseEvent) => {
      const id = rowOf(event);
      if (id === null || hasDragged.current) return;
      choose(event, id);
      if (isOn(event, '[data-toggle]')) grid.current?.focus();
    },
    onDblClick: (event: MouseEvent) => {
      if (rowOf(event) !== null && !isOn(event, '[data-toggle]')) model.showDetails();
    },
    onContextMenu: (event: MouseEvent) => {
      const id = rowOf(event) ?? (event.target === grid.current ? list.selection.peek().current : null);
      if (id === null) return;
      event.preventDefault();
      if (!list.selection.peek().chosen.has(id)) list.selection.value = chooseOnly(id);
      openRowMenu(model, rowOf(event) === null ? null : { x: event.clientX, y: event.clientY });
    },
  };
}

const isOn = ({ target }: Event, css: string): boolean => target instanceof Element && target.closest(css) !== null;

function rowOf({ target }: Event): TransferId | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('.t-body [data-id]') : null;
  return (row?.dataset.id as TransferId | undefined) ?? null;
}
