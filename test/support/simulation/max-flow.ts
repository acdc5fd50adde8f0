/** A source that has some of the pieces, and the bytes that it can send in all. */
export type PartialSource = { readonly pieces: Uint8Array; readonly bytes: number };

type PieceClass = { readonly holders: readonly number[]; readonly bytes: number };

/**
 * The most bytes of a file that sources can bring together when each has only some of its pieces: the largest flow from
 * sources to pieces. Pieces with the same holders are one node.
 * @see Edmonds and Karp, "Theoretical Improvements in Algorithmic Efficiency for Network Flow Problems", 1972.
 */
export function mostFromPartialSources(
  sources: readonly PartialSource[],
  pieceLengthBytes: number,
  lengthBytes: number,
): number {
  const classes = classesOf(sources, pieceLengthBytes, lengthBytes);
  const left = sources.map(({ bytes }) => bytes);
  const room = classes.map(({ bytes }) => bytes);
  /** Bytes that each source brings of each class. */
  const flow = sources.map(() => new Float64Array(classes.length));
  const classesOfSource = sources.map((_, source) =>
    [...classes.keys()].filter((index) => classes[index]?.holders.includes(source)),
  );
  let total = 0;
  // The rarest first: this alone is the largest flow in most worlds.
  const rarestFirst = [...classes.keys()].sort((a, b) => holderCount(classes, a) - holderCount(classes, b));
  for (const index of rarestFirst) {
    const holders = [...(classes[index]?.holders ?? [])].sort((a, b) => (left[b] ?? 0) - (left[a] ?? 0));
    for (const source of holders) total += push(source, index, Math.min(left[source] ?? 0, room[index] ?? 0));
  }
  for (;;) {
    const gained = augment();
    if (gained < 1) return total;
    total += gained;
  }

  function push(source: number, index: number, bytes: number): number {
    left[source] = (left[source] ?? 0) - bytes;
    room[index] = (room[index] ?? 0) - bytes;
    (flow[source] as Float64Array)[index] = (flow[source]?.[index] ?? 0) + bytes;
    return bytes;
  }

  /** Finds a shortest way from a source with bytes left to a class with room, through exchanges, and uses it. */
  function augment(): number {
    const cameFromSource = new Int32Array(classes.length).fill(-1);
    const cameFromClass = new Int32Array(sources.length).fill(-2);
    const queue: number[] = [];
    for (const [source, bytes] of left.entries()) {
      if (bytes < 1) continue;
      cameFromClass[source] = -1;
      queue.push(source);
    }
    for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
      for (const index of classesOfSource[source] ?? []) {
        if (cameFromSource[index] !== -1) continue;
        cameFromSource[index] = source;
        if ((room[index] ?? 0) >= 1) return exchange(index);
        for (const other of classes[index]?.holders ?? []) {
          if (cameFromClass[other] !== -2 || (flow[other]?.[index] ?? 0) < 1) continue;
          cameFromClass[other] = index;
          queue.push(other);
        }
      }
    }
    return 0;

    function exchange(end: number): number {
      const way: { readonly source: number; readonly takes: number; readonly gives: number }[] = [];
      let bytes = room[end] ?? 0;
      for (let takes = end; takes !== -1; ) {
        const source = cameFromSource[takes] ?? -1;
        const gives = cameFromClass[source] ?? -1;
        bytes = Math.min(bytes, gives === -1 ? (left[source] ?? 0) : (flow[source]?.[gives] ?? 0));
        way.push({ source, takes, gives });
        takes = gives;
      }
      for (const { source, takes, gives } of way) {
        const ofSource = flow[source] as Float64Array;
        ofSource[takes] = (ofSource[takes] ?? 0) + bytes;
        if (gives === -1) left[source] = (left[source] ?? 0) - bytes;
        else ofSource[gives] = (ofSource[gives] ?? 0) - bytes;
      }
      room[end] = (room[end] ?? 0) - bytes;
      return bytes;
    }
  }
}

const holderCount = (classes: readonly PieceClass[], index: number): number => classes[index]?.holders.length ?? 0;

function classesOf(sources: readonly PartialSource[], pieceLengthBytes: number, lengthBytes: number): PieceClass[] {
  const bytesByHolders = new Map<string, number>();
  for (let piece = 0; piece * pieceLengthBytes < lengthBytes; piece++) {
    const holders = [...sources.keys()].filter((source) => sources[source]?.pieces[piece] === 1);
    if (holders.length === 0) continue;
    const bytes = Math.min(pieceLengthBytes, lengthBytes - piece * pieceLengthBytes);
    const key = holders.join();
    bytesByHolders.set(key, (bytesByHolders.get(key) ?? 0) + bytes);
  }
  return [...bytesByHolders].map(([key, bytes]) => ({ holders: key.split(',').map(Number), bytes }));
}
