import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SpeedsDetail } from '../../model/transfer-details.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { sayDetail, timeWords } from '../words/detail-words.ts';
import { drawSpeeds, type SpeedDrawing } from './draw-speeds.ts';
import { type SpeedColumns, type SpeedRow, speedColumns, speedRows } from './speed-samples.ts';

const RANGES = { recent: 'rangeRecent', day: 'rangeDay' } as const;

/** Speeds over time by kind of source. What is drawn can be read as a table, too. */
export function SpeedChart({ speeds }: { readonly speeds: SpeedsDetail | null }) {
  const range = useSignal<keyof typeof RANGES>('recent');
  const columns = speeds === null ? null : speedColumns(speeds[range.value]);
  return (
    <section class="speed-part" aria-labelledby="speeds-title">
      <div class="section-line">
        <h3 id="speeds-title">{sayDetail('speeds')}</h3>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, these are buttons */}
        <span class="ranges" role="group" aria-label={sayDetail('range')}>
          {(['recent', 'day'] as const).map((one) => (
            <button
              key={one}
              type="button"
              class="range"
              aria-pressed={one === range.value}
              onClick={() => {
                range.value = one;
              }}
            >
              {sayDetail(RANGES[one])}
            </button>
          ))}
        </span>
      </div>
      {columns === null || columns.atS.length < 2 ? (
        <p class="quiet">{sayDetail('noSpeeds')}</p>
      ) : (
        <Chart columns={columns} key={range.value} />
      )}
    </section>
  );
}

function Chart({ columns }: { readonly columns: SpeedColumns }) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<SpeedDrawing | null>(null);
  const pointed = useSignal<number | null>(null);
  useEffect(() => {
    if (place.current === null) return;
    drawing.current = drawSpeeds(place.current, columns, (index) => {
      pointed.value = index;
    });
    return () => drawing.current?.close();
  }, []);
  useEffect(() => drawing.current?.show(columns), [columns]);
  const at = pointed.value ?? columns.atS.length - 1;
  return (
    <>
      <ul class="legend">
        <li data-source="peers">{sayDetail('fromPeers')}</li>
        <li data-source="origins">{sayDetail('fromOrigins')}</li>
        <li data-source="uploads">{sayDetail('uploaded')}</li>
      </ul>
      <div class="plot" ref={place} aria-hidden="true" />
      <p class="pointed quiet" aria-hidden="true">
        {sampleWords(columns, at)}
      </p>
      <details class="numbers">
        <summary class="quiet-summary">{sayDetail('asTable')}</summary>
        <SpeedTable rows={speedRows(columns)} />
      </details>
    </>
  );
}

const sampleWords = ({ atS, fromPeers, fromOrigins, uploaded }: SpeedColumns, at: number): string =>
  sayDetail('sample', {
    time: timeWords((atS[at] ?? 0) * 1_000),
    peers: formatSpeed(fromPeers[at] ?? 0),
    origins: formatSpeed(fromOrigins[at] ?? 0),
    uploaded: formatSpeed(uploaded[at] ?? 0),
  });

function SpeedTable({ rows }: { readonly rows: readonly SpeedRow[] }) {
  return (
    <div class="table-box">
      <table class="data-table numbers-table" aria-label={sayDetail('speeds')}>
        <thead>
          <tr>
            <th scope="col">{sayDetail('fromTime')}</th>
            <th scope="col" data-numeric>
              {sayDetail('fromPeers')}
            </th>
            <th scope="col" data-numeric>
              {sayDetail('fromOrigins')}
            </th>
            <th scope="col" data-numeric>
              {sayDetail('uploaded')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ atMs, fromPeers, fromOrigins, uploaded }) => (
            <tr key={atMs}>
              <th scope="row">{timeWords(atMs)}</th>
              <td data-numeric>{formatSpeed(fromPeers)}</td>
              <td data-numeric>{formatSpeed(fromOrigins)}</td>
              <td data-numeric>{formatSpeed(uploaded)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
