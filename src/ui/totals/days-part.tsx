import { useSignal } from '@preact/signals';
import type { LedgerDay, LedgerTotals } from '../../model/data-views.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { dayWords, sayTotals, shareWords } from '../words/totals-words.ts';
import { offloadOf } from './totals-export.ts';

/** Days that are shown before the rest is asked for. */
const DAYS_SHOWN = 14;

/** What came and went day by day, the newest first: a table whose lines are bars, too. */
export function DaysPart({ totals }: { readonly totals: LedgerTotals }) {
  const isAll = useSignal(false);
  const newestFirst = totals.days.toReversed();
  const shown = isAll.value ? newestFirst : newestFirst.slice(0, DAYS_SHOWN);
  const most = Math.max(...shown.map(({ peerBytes, originBytes }) => peerBytes + originBytes), 1);
  return (
    <section aria-labelledby="days-title">
      <h2 id="days-title">{sayTotals('byDay')}</h2>
      {shown.length === 0 ? (
        <p class="quiet">{sayTotals('noDays')}</p>
      ) : (
        <table class="by-day by-row" aria-labelledby="days-title">
          <thead>
            <tr>
              <th scope="col">{sayTotals('day')}</th>
              <td class="day-bar" />
              <th scope="col" data-numeric>
                <span class="dot" data-source="peers" />
                {sayTotals('fromPeers')}
              </th>
              <th scope="col" data-numeric>
                <span class="dot" data-source="origins" />
                {sayTotals('fromOrigins')}
              </th>
              <th scope="col" data-numeric class="day-offload">
                {sayTotals('offload')}
              </th>
              <th scope="col" data-numeric>
                {sayTotals('uploaded')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((day) => (
              <DayRow key={day.day} day={day} most={most} />
            ))}
          </tbody>
        </table>
      )}
      {newestFirst.length > shown.length && (
        <button
          type="button"
          class="link"
          onClick={() => {
            isAll.value = true;
          }}
        >
          {sayTotals.count('allDays', newestFirst.length)}
        </button>
      )}
    </section>
  );
}

function DayRow({ day, most }: { readonly day: LedgerDay; readonly most: number }) {
  const { peerBytes, originBytes, uploadedBytes } = day;
  const offload = offloadOf(day);
  return (
    <tr>
      <th scope="row">{dayWords(day.day)}</th>
      <td class="day-bar" aria-hidden="true">
        <span class="day-track">
          <Part source="peers" share={peerBytes / most} />
          <Part source="origins" share={originBytes / most} />
        </span>
      </td>
      <td data-numeric>{formatBytes(peerBytes)}</td>
      <td data-numeric>{formatBytes(originBytes)}</td>
      <td data-numeric class="day-offload">
        {offload === null ? '–' : shareWords(offload)}
      </td>
      <td data-numeric>{formatBytes(uploadedBytes)}</td>
    </tr>
  );
}

function Part({ source, share }: { readonly source: 'peers' | 'origins'; readonly share: number }) {
  return share > 0 ? <span class="bar-part" data-source={source} style={{ width: `${100 * share}%` }} /> : null;
}
