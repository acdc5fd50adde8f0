const HEADER_BYTES = 54;
const COLOURS = 256;

/** Water between two banks, dark to light: what the picture is painted with. Red, green, blue, 0 to 255. */
const SHADES = [
  [16, 42, 82],
  [28, 112, 216],
  [94, 165, 255],
  [214, 234, 255],
  [255, 190, 110],
  [221, 116, 21],
] as const;

/**
 * Paints a river as an uncompressed picture (BMP, 24 bits): a large file that any system shows, the same for the same
 * arguments. It takes `54 + 3 × widthPx × heightPx` bytes; `widthPx` must be a multiple of 4.
 * @see https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
 */
export function riverPicture(seed: number, widthPx: number, heightPx: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + widthPx * heightPx * 3);
  writeHeader(bytes, widthPx, heightPx);
  const palette = gradient();
  const bends = Array.from({ length: heightPx }, (_, y) => bendAt(seed, y / heightPx) * widthPx);
  const ripples = Float64Array.from({ length: COLOURS * 4 }, (_, at) => Math.sin((at / COLOURS / 4) * 2 * Math.PI));
  let at = HEADER_BYTES;
  for (let y = 0; y < heightPx; y += 1) {
    const bend = bends[y] ?? 0;
    for (let x = 0; x < widthPx; x += 1) {
      const across = (x - bend) / widthPx;
      const ripple = ripples[((across * 9 + (y / heightPx) * 5) * COLOURS * 4) & (COLOURS * 4 - 1)] ?? 0;
      const light = 0.5 + across * 0.85 + ripple * 0.06;
      const colour = Math.max(0, Math.min(COLOURS - 1, Math.floor(light * COLOURS))) * 3;
      bytes[at] = palette[colour] ?? 0;
      bytes[at + 1] = palette[colour + 1] ?? 0;
      bytes[at + 2] = palette[colour + 2] ?? 0;
      at += 3;
    }
  }
  return bytes;
}

/** Where the middle of the river is at this height (0 to 1), as a part of the width. */
function bendAt(seed: number, height: number): number {
  const wave = (turns: number, phase: number) => Math.sin(height * turns * 2 * Math.PI + phase + seed);
  return 0.5 + 0.16 * wave(0.8, 0) + 0.07 * wave(1.9, 2) + 0.03 * wave(4.3, 5);
}

/** The shades, blended into one row of colours in the order that BMP wants: blue, green, red. */
function gradient(): Uint8Array {
  const palette = new Uint8Array(COLOURS * 3);
  for (let colour = 0; colour < COLOURS; colour += 1) {
    const place = (colour / (COLOURS - 1)) * (SHADES.length - 1);
    const [from, to] = [SHADES[Math.floor(place)], SHADES[Math.ceil(place)]];
    for (let part = 0; part < 3; part += 1) {
      const [a, b] = [from?.[part] ?? 0, to?.[part] ?? 0];
      palette[colour * 3 + 2 - part] = Math.round(a + (b - a) * (place % 1));
    }
  }
  return palette;
}

function writeHeader(bytes: Uint8Array<ArrayBuffer>, widthPx: number, heightPx: number): void {
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x424d); // "BM"
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, HEADER_BYTES, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, widthPx, true);
  view.setInt32(22, heightPx, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  view.setUint32(34, bytes.length - HEADER_BYTES, true);
}
