import { PIECE_LOOKS, type PieceLook } from '../../model/player.ts';

/** Colours of a map as one number a pixel, in the order of bytes that the machine's image data has. */
export type MapColours = Readonly<Record<'peer' | 'origin' | 'stripe' | 'here' | 'missing' | 'asked' | 'bad', number>>;

/** The pixels of one cell for each look, in the order of `PIECE_LOOKS`; 0 is nothing. */
export type Tiles = readonly Uint32Array[];

/** Smaller cells have no room for a pattern. */
const LEAST_FOR_PATTERN_PX = 5;

/**
 * Draws each look once. Colours are not all that tells them apart: what came from origins is striped, what came from both
 * is cut across, what was here has a hole, what is asked for is a frame, what is bad a cross.
 */
export function drawTiles(cellPx: number, gapPx: number, colours: MapColours): Tiles {
  const size = Math.max(cellPx - gapPx, 1);
  const line = Math.max(Math.round(size / 7), 1);
  return PIECE_LOOKS.map((look) => {
    const pixels = new Uint32Array(cellPx * cellPx);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) pixels[y * cellPx + x] = pixelOf(look, x, y, size, line, colours);
    }
    return pixels;
  });
}

function pixelOf(look: PieceLook, x: number, y: number, size: number, line: number, colours: MapColours): number {
  const isPatterned = size >= LEAST_FOR_PATTERN_PX;
  switch (look) {
    case 'peer':
    case 'missing':
      return colours[look];
    case 'here': {
      const isHole = Math.max(Math.abs(2 * x + 1 - size), Math.abs(2 * y + 1 - size)) < size / 2.5;
      return isPatterned && isHole ? colours.missing : colours.here;
    }
    case 'origin':
      return isPatterned && (x + y) % (line * 4) < line * 2 ? colours.stripe : colours.origin;
    case 'mixed':
      if (x + y < size) return colours.peer;
      return isPatterned && (x + y) % (line * 4) < line * 2 ? colours.stripe : colours.origin;
    case 'asked': {
      const isFrame = Math.min(x, y, size - 1 - x, size - 1 - y) < line;
      return isFrame || !isPatterned ? colours.asked : colours.missing;
    }
    case 'bad': {
      const isCross = Math.abs(x - y) < line || Math.abs(size - 1 - x - y) < line;
      return isCross || !isPatterned ? colours.bad : colours.missing;
    }
  }
}
