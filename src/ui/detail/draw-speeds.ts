import uPlot from 'uplot';
import { formatSpeed } from '../formats/format-speed.ts';
import { timeWords } from '../words/detail-words.ts';
import type { SpeedColumns } from './speed-samples.ts';

const HEIGHT_PX = 170;
const FONT_PX = 11;
/** A chart of nothing still has an axis. */
const LEAST_TOP_BYTES_PER_S = 10_000;

export type SpeedDrawing = {
  readonly show: (columns: SpeedColumns) => void;
  readonly close: () => void;
};

/**
 * Draws speeds over time into an element: peers, origins above them, uploads below the line. Follows the width of the
 * element and the colours of the system. `point` hears which sample the pointer is on.
 */
export function drawSpeeds(
  place: HTMLElement,
  first: SpeedColumns,
  point: (index: number | null) => void,
): SpeedDrawing {
  let columns = first;
  let plot = draw(place, columns, point);
  const redraw = () => {
    plot.destroy();
    plot = draw(place, columns, point);
  };
  const looks = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const look of looks) look.addEventListener('change', redraw);
  const resized = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT_PX }));
  resized.observe(place);
  return {
    show: (next) => {
      columns = next;
      plot.setData(dataOf(columns));
    },
    close: () => {
      resized.disconnect();
      for (const look of looks) look.removeEventListener('change', redraw);
      plot.destroy();
    },
  };
}

function draw(place: HTMLElement, columns: SpeedColumns, point: (index: number | null) => void): uPlot {
  const colours = coloursIn(place);
  const axis = {
    stroke: colours.quiet,
    font: `${FONT_PX}px ${getComputedStyle(place).fontFamily}`,
    ticks: { show: false },
  } as const;
  const hidden = { points: { show: false } } as const;
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT_PX,
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false },
      y: {
        range: (_, min, max) => [Math.min(min ?? 0, 0) * 1.1, Math.max((max ?? 0) * 1.08, LEAST_TOP_BYTES_PER_S)],
      },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 26, space: 80, values: (_, at) => at.map((s) => timeWords(s * 1_000)) },
      {
        ...axis,
        grid: { stroke: colours.line, width: 1 },
        size: 66,
        space: 34,
        values: (_, at) => at.map((speed) => (speed === 0 ? '0' : formatSpeed(Math.abs(speed)))),
      },
    ],
    series: [
      {},
      { fill: colours.origins, stroke: colours.origins, width: 1, ...hidden },
      { fill: colours.peers, stroke: colours.peers, width: 1, ...hidden },
      { stroke: colours.ink, width: 1.5, dash: [4, 3], ...hidden },
    ],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  };
  return new uPlot(options, dataOf(columns), place);
}

/** The area of peers is drawn over that of both together, so that what is left of it is the origins'. */
function dataOf({ atS, fromPeers, fromOrigins, uploaded }: SpeedColumns): uPlot.AlignedData {
  return [
    [...atS],
    fromPeers.map((speed, at) => speed + (fromOrigins[at] ?? 0)),
    [...fromPeers],
    uploaded.map((speed) => -speed),
  ];
}

/** What the style sheet's variables are now: a canvas knows no variables, and `light-dark()` is resolved by elements. */
function coloursIn(place: HTMLElement) {
  const probe = place.ownerDocument.createElement('span');
  probe.className = 'map-probe';
  place.append(probe);
  const read = (variable: string) => {
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    peers: read('--map-peer'),
    origins: read('--map-origin'),
    ink: read('--ink'),
    quiet: read('--quiet'),
    line: read('--line'),
  };
  probe.remove();
  return colours;
}
