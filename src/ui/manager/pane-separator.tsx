import { sayInManager } from '../words/manager-words.ts';
import { PANE_STEP_PX, type PaneLayout } from './pane-layout.ts';

/** The line between list and details: dragged, or moved with the arrow keys (WAI-ARIA: window splitter). */
export function PaneSeparator({ pane }: { readonly pane: PaneLayout }) {
  const isBelow = pane.place.value === 'below';
  const roomPx = (line: HTMLElement): number => {
    const room = line.parentElement;
    return (isBelow ? room?.clientHeight : room?.clientWidth) ?? 0;
  };
  const isMirrored = () => document.documentElement.dir === 'rtl';
  const onPointerDown = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const line = event.currentTarget;
    const start = isBelow ? event.clientY : event.clientX;
    const startPx = pane.sizePx;
    const sign = !isBelow && isMirrored() ? 1 : -1;
    const drag = (move: PointerEvent) =>
      pane.resize(startPx + sign * ((isBelow ? move.clientY : move.clientX) - start), roomPx(line));
    event.preventDefault();
    line.setPointerCapture(event.pointerId);
    line.addEventListener('pointermove', drag);
    line.addEventListener('lostpointercapture', () => line.removeEventListener('pointermove', drag), { once: true });
  };
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const room = roomPx(event.currentTarget);
    const larger = isBelow ? 'ArrowUp' : isMirrored() ? 'ArrowRight' : 'ArrowLeft';
    const smaller = isBelow ? 'ArrowDown' : isMirrored() ? 'ArrowLeft' : 'ArrowRight';
    const sizes: Readonly<Record<string, number>> = {
      [larger]: pane.sizePx + PANE_STEP_PX,
      [smaller]: pane.sizePx - PANE_STEP_PX,
      Home: pane.leastPx,
      End: pane.mostPx(room),
    };
    const size = sizes[event.key];
    if (size === undefined) return;
    event.preventDefault();
    pane.resize(size, room);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that can be moved is no <hr>
    <div
      class="pane-separator"
      role="separator"
      tabIndex={0}
      aria-controls="details"
      aria-label={sayInManager('detailSize')}
      aria-orientation={isBelow ? 'horizontal' : 'vertical'}
      aria-valuemin={pane.leastPx}
      aria-valuenow={pane.sizePx}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
