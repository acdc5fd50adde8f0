/** A place in a file where what is shown from this time on begins. */
export type CurvePoint = { readonly timeS: number; readonly byte: number };

/** How many bytes of a film lie before each of its moments: films begin heavy or light, and no second is like another. */
export class ByteCurve {
  /** Both rise; two at least. */
  readonly #points: readonly CurvePoint[];

  /** @param points Known places, in any order; without any, all seconds are alike. */
  constructor(points: readonly CurvePoint[], durationS: number, lengthBytes: number) {
    const rising: CurvePoint[] = [];
    const inOrder = [...points].filter(({ timeS }) => timeS > 0 && timeS < durationS).sort((a, b) => a.timeS - b.timeS);
    const first = points.find(({ timeS }) => timeS <= 0);
    rising.push({ timeS: 0, byte: first?.byte ?? 0 });
    for (const point of inOrder) {
      const last = rising.at(-1) as CurvePoint;
      if (point.timeS > last.timeS && point.byte > last.byte && point.byte < lengthBytes) rising.push(point);
    }
    rising.push({ timeS: durationS, byte: lengthBytes });
    this.#points = rising;
  }

  get durationS(): number {
    return (this.#points.at(-1) as CurvePoint).timeS;
  }

  /** Bytes that must be there for everything before this time to be shown. */
  byteAt(timeS: number): number {
    return this.#between(timeS, 'timeS', 'byte');
  }

  /** The time up to which all is there when all bytes before this one are. */
  timeAt(byte: number): number {
    return this.#between(byte, 'byte', 'timeS');
  }

  /** What it takes a second, from a time on. */
  bytesPerS(fromS: number, forS: number): number {
    const toS = Math.min(fromS + forS, this.durationS);
    return toS <= fromS ? 0 : (this.byteAt(toS) - this.byteAt(fromS)) / (toS - fromS);
  }

  #between(value: number, from: keyof CurvePoint, to: keyof CurvePoint): number {
    const points = this.#points;
    let [low, high] = [0, points.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((points[middle] as CurvePoint)[from] <= value) low = middle;
      else high = middle;
    }
    const [a, b] = [points[low] as CurvePoint, points[high] as CurvePoint];
    const part = b[from] === a[from] ? 0 : (value - a[from]) / (b[from] - a[from]);
    return a[to] + Math.min(Math.max(part, 0), 1) * (b[to] - a[to]);
  }
}
