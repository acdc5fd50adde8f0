import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { sayPlayer } from '../words/player-words.ts';
import { clockTime } from './clock-time.ts';
import { barOfPieces } from './piece-bar.ts';
import type { PlayerModel } from './player-model.ts';

const STEP_S = 5;
const PAGE_S = 60;
/** Units of the drawing's width. */
const WIDE = 1000;

/**
 * The time line: what has arrived, by source, what is buffered, and where the film is. A slider (WAI-ARIA): a click, a
 * drag and keys seek anywhere, also to where nothing has arrived yet.
 */
export function SeekBar({ model }: { readonly model: PlayerModel }) {
  const line = useRef<HTMLDivElement>(null);
  const pointedS = useSignal<number | null>(null);
  const draggedS = useSignal<number | null>(null);
  const durationS = model.durationS.value;
  const { timeS } = model.media.now.value;
  const shownS = draggedS.value ?? timeS;
  const length = durationS ?? 0;
  const shareOf = (seconds: number) => (length > 0 ? Math.min(Math.max(seconds / length, 0), 1) : 0);
  const percent = (seconds: number) => `${shareOf(seconds) * 100}%`;

  const timeAt = (event: PointerEvent): number | null => {
    const box = line.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0 || length === 0) return null;
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * length;
  };
  const onPointerDown = (event: PointerEvent) => {
    const seconds = timeAt(event);
    if (event.button !== 0 || seconds === null) return;
    line.current?.setPointerCapture(event.pointerId);
    draggedS.value = seconds;
  };
  const onPointerMove = (event: PointerEvent) => {
    const seconds = timeAt(event);
    pointedS.value = seconds;
    if (draggedS.value !== null && seconds !== null) draggedS.value = seconds;
  };
  const drop = (isMeant: boolean) => {
    const seconds = draggedS.value;
    draggedS.value = null;
    if (isMeant && seconds !== null) model.media.seek(seconds);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const targets: Readonly<Record<string, number>> = {
      ArrowUp: timeS + STEP_S,
      ArrowDown: timeS - STEP_S,
      PageUp: timeS + PAGE_S,
      PageDown: timeS - PAGE_S,
      Home: 0,
      End: length,
    };
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey || length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    model.media.seek(target);
  };
  const pointed = draggedS.value ?? pointedS.value;
  return (
    <div
      ref={line}
      class="seek"
      role="slider"
      tabIndex={0}
      aria-label={sayPlayer('seek')}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(Math.min(shownS, length))}
      aria-valuetext={
        durationS === null
          ? sayPlayer('seekUnknown')
          : sayPlayer('seekValue', { time: clockTime(shownS), length: clockTime(length) })
      }
      aria-disabled={durationS === null}
      data-dragged={draggedS.value !== null}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => drop(true)}
      onPointerCancel={() => drop(false)}
      onPointerLeave={() => {
        pointedS.value = null;
      }}
      onKeyDown={onKeyDown}
    >
      <div class="seek-line">
        <Arrived model={model} />
        {model.media.now.value.buffered.map(([startS, endS]) => (
          <span
            key={startS}
            class="seek-buffered"
            style={{ insetInlineStart: percent(startS), width: `${(shareOf(endS) - shareOf(startS)) * 100}%` }}
          />
        ))}
        <span class="seek-played" style={{ width: percent(shownS) }} />
      </div>
      <span class="seek-head" style={{ insetInlineStart: percent(shownS) }} />
      {pointed !== null && (
        <span class="seek-time" style={{ insetInlineStart: percent(pointed) }} aria-hidden="true">
          {clockTime(pointed)}
        </span>
      )}
    </div>
  );
}

/** What of the file is here, as stretches in the colours of their sources. */
function Arrived({ model }: { readonly model: PlayerModel }) {
  const { told, pieceLengthBytes, leadBytes, lengthBytes } = model.state.value;
  if (told === null) return null;
  const parts = barOfPieces(told.pieces, { pieceLengthBytes, leadBytes, lengthBytes });
  return (
    <svg class="seek-pieces" viewBox={`0 0 ${WIDE} 6`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {parts.map(({ look, start, end }) => (
        <rect
          key={`${look} ${start}`}
          data-look={look}
          x={start * WIDE}
          width={(end - start) * WIDE}
          y={0}
          height={6}
        />
      ))}
    </svg>
  );
}
