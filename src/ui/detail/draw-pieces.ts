import { layOutPieces, type PieceGrid } from './piece-grid.ts';
import { lookOfMany } from './piece-looks.ts';
import { drawTiles, type MapColours, type Tiles } from './piece-tiles.ts';

const VARIABLES = {
  peer: '--map-peer',
  origin: '--map-origin',
  stripe: '--map-stripe',
  here: '--map-here',
  missing: '--map-missing',
  asked: '--map-asked',
  bad: '--map-bad',
} as const satisfies Record<keyof MapColours, string>;

/** The map of a torrent's pieces on a canvas. Its pixels are kept, and only those of pieces that changed are put there. */
export class PieceDrawing {
  readonly #canvas: HTMLCanvasElement;
  #grid: PieceGrid = layOutPieces(0, 1, 1);
  #tiles: Tiles = [];
  #image: ImageData | null = null;
  #pixels = new Uint32Array();
  /** What each cell shows now. */
  #shown = new Uint8Array();

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  get grid(): PieceGrid {
    return this.#grid;
  }

  /** Lays the map out anew: for another size, other colours or another torrent. Nothing is drawn yet. */
  layOut(count: number, widthPx: number, ratio: number): void {
    const grid = layOutPieces(count, widthPx, ratio);
    this.#grid = grid;
    this.#tiles = drawTiles(grid.cellPx, grid.gapPx, coloursIn(this.#canvas));
    this.#canvas.width = grid.widthPx;
    this.#canvas.height = grid.heightPx;
    this.#canvas.style.width = `${grid.widthPx / ratio}px`;
    this.#canvas.style.height = `${grid.heightPx / ratio}px`;
    this.#image = new ImageData(grid.widthPx, grid.heightPx);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#shown = new Uint8Array(grid.cells).fill(NOTHING);
  }

  /** Draws what has changed since it was drawn last. Returns how many cells that were. */
  draw(looks: Uint8Array): number {
    const { cells, columns, cellPx, piecesPerCell, widthPx } = this.#grid;
    let [firstRow, lastRow, drawn] = [Number.POSITIVE_INFINITY, -1, 0];
    for (let cell = 0; cell < cells; cell++) {
      const start = cell * piecesPerCell;
      const look = piecesPerCell === 1 ? (looks[start] ?? 0) : lookOfMany(looks, start, start + piecesPerCell);
      if (this.#shown[cell] === look) continue;
      this.#shown[cell] = look;
      const row = Math.floor(cell / columns);
      this.#blit(look, (cell % columns) * cellPx, row * cellPx);
      firstRow = Math.min(firstRow, row);
      lastRow = row;
      drawn += 1;
    }
    if (drawn > 0 && this.#image !== null) {
      const [y, height] = [firstRow * cellPx, (lastRow - firstRow + 1) * cellPx];
      this.#canvas.getContext('2d')?.putImageData(this.#image, 0, 0, 0, y, widthPx, height);
    }
    return drawn;
  }

  #blit(look: number, x: number, y: number): void {
    const { cellPx, widthPx } = this.#grid;
    const tile = this.#tiles[look];
    if (tile === undefined) return;
    for (let line = 0; line < cellPx; line++) {
      const to = (y + line) * widthPx + x;
      for (let column = 0; column < cellPx; column++) this.#pixels[to + column] = tile[line * cellPx + column] ?? 0;
    }
  }
}

/** No look: a cell that has not been drawn. */
const NOTHING = 255;

/** What the style sheet's variables are now, as pixels: a canvas knows no variables, and system colours have no numbers. */
function coloursIn(canvas: HTMLCanvasElement): MapColours {
  const probe = canvas.ownerDocument.createElement('span');
  const one = canvas.ownerDocument.createElement('canvas');
  one.width = 1;
  one.height = 1;
  const context = one.getContext('2d', { willReadFrequently: true });
  probe.className = 'map-probe';
  canvas.parentElement?.append(probe);
  const read = (variable: string): number => {
    probe.style.color = `var(${variable})`;
    if (context === null) return 0;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
  };
  const colours = Object.fromEntries(Object.entries(VARIABLES).map(([name, variable]) => [name, read(variable)]));
  probe.remove();
  return colours as MapColours;
}
