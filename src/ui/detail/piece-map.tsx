import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { displayName } from '../formats/display-name.ts';
import { formatListAndMore } from '../formats/format-list.ts';
import { lookWords, numberWords, sayDetail } from '../words/detail-words.ts';
import { PieceDrawing } from './draw-pieces.ts';
import { filesOfPiece } from './piece-files.ts';
import { pieceAfterKey, pieceAt } from './piece-grid.ts';
import { lookOf } from './piece-looks.ts';
import type { PieceFacts } from './pieces-model.ts';
import type { TabProps } from './transfer-detail.tsx';

type Props = TabProps & { readonly facts: PieceFacts; readonly looks: Uint8Array };

/** Names of files in one line before the rest is a number. */
const NAMES_SHOWN = 3;

/**
 * All pieces on a canvas. The pointer tells of the piece below it; with the keyboard it is used like a slider, and says of
 * the chosen piece what a pointer would be told.
 */
export function PieceMap({ facts, looks, model }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<PieceDrawing | null>(null);
  const shownLooks = useRef(looks);
  const chosen = useSignal(0);
  const pointed = useSignal<number | null>(null);
  const layouts = useSignal(0);
  shownLooks.current = looks;

  useLayoutEffect(() => {
    const place = box.current;
    if (place === null || canvas.current === null) return;
    const own = new PieceDrawing(canvas.current);
    drawing.current = own;
    const layOut = () => {
      own.layOut(facts.count, place.clientWidth, devicePixelRatio);
      draw(own, shownLooks.current);
      layouts.value += 1;
    };
    layOut();
    const resized = new ResizeObserver(layOut);
    resized.observe(place);
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', layOut);
    return () => {
      resized.disconnect();
      for (const query of queries) query.removeEventListener('change', layOut);
    };
  }, [facts.count]);
  useLayoutEffect(() => {
    if (drawing.current !== null) draw(drawing.current, looks);
  }, [looks]);

  const at = Math.min(chosen.value, Math.max(facts.count - 1, 0));
  const told = pointed.value ?? at;
  const point = (event: PointerEvent): number | null => {
    const frame = canvas.current?.getBoundingClientRect();
    if (frame === undefined || drawing.current === null) return null;
    const ratio = drawing.current.grid.widthPx / Math.max(frame.width, 1);
    return pieceAt(
      drawing.current.grid,
      (event.clientX - frame.left) * ratio,
      (event.clientY - frame.top) * ratio,
      facts.count,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || drawing.current === null) return;
    const next = pieceAfterKey(event.key, at, facts.count, drawing.current.grid, false);
    if (next === null) return;
    event.preventDefault();
    chosen.value = next;
    pointed.value = null;
  };
  const words = pieceWords(told, facts, looks, model.files.list.value, drawing.current?.grid.piecesPerCell ?? 1);
  return (
    <>
      <div
        ref={box}
        class="piece-map"
        role="slider"
        tabIndex={0}
        aria-label={sayDetail('piece')}
        aria-valuemin={1}
        aria-valuemax={Math.max(facts.count, 1)}
        aria-valuenow={at + 1}
        aria-valuetext={pieceWords(at, facts, looks, model.files.list.value, 1)}
        aria-describedby="piece-keys"
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          pointed.value = point(event);
        }}
        onPointerDown={(event) => {
          chosen.value = point(event) ?? chosen.value;
        }}
        onPointerLeave={() => {
          pointed.value = null;
        }}
      >
        <canvas ref={canvas} />
        <Cursor at={at} drawing={drawing.current} key={layouts.value} />
      </div>
      <p class="piece-words" aria-hidden="true">
        {words}
      </p>
      <p id="piece-keys" class="only-spoken">
        {sayDetail('pieceKeys')}
      </p>
    </>
  );
}

/** Draws what changed, and leaves a measure of it for whoever looks. */
function draw(drawing: PieceDrawing, looks: Uint8Array): void {
  performance.clearMarks(DRAW_BEGAN);
  performance.mark(DRAW_BEGAN);
  const cells = drawing.draw(looks);
  performance.clearMeasures(DRAW_MEASURE);
  performance.measure(DRAW_MEASURE, { start: DRAW_BEGAN, detail: cells });
}

const DRAW_BEGAN = 'piece-map began';
export const DRAW_MEASURE = 'piece-map';

/** A frame around the piece that the keyboard has chosen; seen while the map has the focus. */
function Cursor({ at, drawing }: { readonly at: number; readonly drawing: PieceDrawing | null }) {
  if (drawing === null) return null;
  const { cellPx, columns, piecesPerCell, gapPx } = drawing.grid;
  const cell = Math.floor(at / piecesPerCell);
  const px = (devicePx: number) => `${devicePx / devicePixelRatio}px`;
  return (
    <span
      class="piece-cursor"
      style={{
        insetInlineStart: px((cell % columns) * cellPx),
        insetBlockStart: px(Math.floor(cell / columns) * cellPx),
        width: px(cellPx - gapPx),
        height: px(cellPx - gapPx),
      }}
    />
  );
}

/** One piece in words: which it is, who brought it, and what it is a part of. */
function pieceWords(
  piece: number,
  { count, lengthBytes }: PieceFacts,
  looks: Uint8Array,
  list: Parameters<typeof filesOfPiece>[0],
  inCell: number,
): string {
  const which =
    inCell === 1
      ? sayDetail('pieceOf', { piece: numberWords(piece + 1), count: numberWords(count) })
      : sayDetail('piecesFromTo', {
          first: numberWords(piece + 1),
          last: numberWords(Math.min(piece + inCell, count)),
          count: numberWords(count),
        });
  const who = lookWords(lookOf(looks[piece]));
  const files = filesOfPiece(list, piece, lengthBytes, count) ?? [];
  if (files.length === 0) return sayDetail('pieceWords', { which, who });
  const names = files.slice(0, NAMES_SHOWN).map(({ path }) => displayName(path.at(-1) ?? ''));
  return sayDetail('pieceWordsFiles', { which, who, files: formatListAndMore(names, files.length) });
}
