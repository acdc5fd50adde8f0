import uPlot from 'uplot';
import { formatBytes } from '../ui/formats/format-bytes.ts';
import type { ChartDay } from './chart-days.ts';
import { formatDay } from './format-day.ts';

const HEIGHT_PX = 240;
const MAX_BAR_PX = 56;
const FONT_PX = 12;
/** More of them hide the line. */
const MAX_DOTS = 62;

/**
 * Draws the days into an element and follows its width and the colours of the system. `point` hears which day the pointer
 * is on. Returns what takes the drawing away.
 */
export function drawDays(
  place: HTMLElement,
  days: readonly ChartDay[],
  point: (index: number | null) => void,
): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let plot = draw(place, days, point);
  const redraw = () => {
    plot.destroy();
    plot = draw(place, days, point);
  };
  const resized = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT_PX }));
  resized.observe(place);
  dark.addEventListener('change', redraw);
  return () => {
    resized.disconnect();
    dark.removeEventListener('change', redraw);
    plot.destroy();
  };
}

function draw(place: HTMLElement, days: readonly ChartDay[], point: (index: number | null) => void): uPlot {
  const colours = coloursIn(place);
  const bars = uPlot.paths.bars?.({ size: [0.72, MAX_BAR_PX], radius: [0.08, 0] });
  const whole = uPlot.paths.bars?.({ size: [0.72, MAX_BAR_PX] });
  const font = `${FONT_PX}px ${getComputedStyle(place).fontFamily}`;
  const axis = { stroke: colours.quiet, font, ticks: { show: false } } as const;
  const hasOffload = days.some(({ offload }) => offload !== null);
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT_PX,
    padding: [12, hasOffload ? 0 : 12, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { show: false },
      move: (self, left, top) => [left < 0 ? left : self.valToPos(self.posToIdx(left), 'x'), top],
    },
    scales: {
      x: { time: false, range: [-0.6, days.length - 0.4] },
      bytes: { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] },
      share: { range: [0, 1.08] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 30,
        space: 64,
        incrs: [1, 2, 7, 14, 30, 60, 90, 180, 360],
        values: (_, at) => at.map((index) => (days[index] === undefined ? '' : formatDay(days[index].day))),
      },
      {
        ...axis,
        scale: 'bytes',
        grid: { stroke: colours.line, width: 1 },
        size: 62,
        values: (_, at) => at.map((bytes) => (bytes === 0 ? '0' : formatBytes(bytes))),
      },
      ...(hasOffload
        ? [
            {
              ...axis,
              scale: 'share',
              side: 1 as const,
              grid: { show: false },
              size: 48,
              splits: () => [0, 0.5, 1],
              values: (_: uPlot, at: number[]) => at.map((share) => `${share * 100} %`),
            },
          ]
        : []),
    ],
    series: [
      {},
      { scale: 'bytes', fill: colours.peers, width: 0, points: { show: false }, ...(bars && { paths: bars }) },
      { scale: 'bytes', fill: colours.origins, width: 0, points: { show: false }, ...(whole && { paths: whole }) },
      {
        scale: 'share',
        stroke: colours.ink,
        width: 1.5,
        dash: [5, 4],
        spanGaps: true,
        points: { show: days.length <= MAX_DOTS, size: 5, fill: colours.surface, stroke: colours.ink },
      },
    ],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  };
  const data: uPlot.AlignedData = [
    days.map((_, index) => index),
    // The origin's bars are drawn over those of both together.
    days.map(({ peerBytes, originBytes }) => peerBytes + originBytes),
    days.map(({ originBytes }) => originBytes),
    days.map(({ offload }) => (offload === null ? null : Math.max(0, offload))),
  ];
  return new uPlot(options, data, place);
}

/** What the style sheet's variables are now: a canvas knows no variables, and `light-dark()` is resolved by elements. */
function coloursIn(place: HTMLElement) {
  const probe = place.ownerDocument.createElement('span');
  place.append(probe);
  const read = (variable: string) => {
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    peers: read('--peers'),
    origins: read('--origins'),
    ink: read('--ink'),
    quiet: read('--quiet'),
    line: read('--line'),
    surface: read('--surface'),
  };
  probe.remove();
  return colours;
}
