import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Statistics } from '../../model/statistics.ts';
import { formatBytes } from '../../ui/formats/format-bytes.ts';
import { type ChartDay, chartDays } from '../chart-days.ts';
import { drawDays } from '../draw-days.ts';
import { formatDay } from '../format-day.ts';
import { formatShare } from '../format-share.ts';

/** Bytes of each day by source, and the offload above them. What the pointer is on is said in words. */
export function DailyChart({ statistics }: { readonly statistics: Statistics }) {
  const place = useRef<HTMLDivElement>(null);
  const pointed = useSignal<number | null>(null);
  const days = chartDays(statistics, Date.now());
  const drawn = JSON.stringify(days);
  useEffect(() => {
    if (place.current === null) return;
    return drawDays(place.current, days, (index) => {
      pointed.value = index;
    });
  }, [drawn]);
  const at = days[pointed.value ?? -1];
  return (
    <section class="chart" aria-labelledby="chart-title">
      <div class="section-head">
        <h2 id="chart-title">Bytes by day</h2>
        <ul class="legend">
          <li data-source="peers">Peers</li>
          <li data-source="origin">Origin</li>
          <li data-source="offload">Offload</li>
        </ul>
      </div>
      <div class="plot" ref={place} role="img" aria-label={spoken(days)} />
      <p class="pointed quiet" aria-hidden="true">
        {at === undefined ? 'Days are UTC.' : inWords(at)}
      </p>
    </section>
  );
}

function inWords({ day, peerBytes, originBytes, offload }: ChartDay): string {
  const share = offload === null ? '' : `, offload ${formatShare(offload)}`;
  return `${formatDay(day)}: ${formatBytes(peerBytes)} from peers, ${formatBytes(originBytes)} from the origin${share}`;
}

function spoken(days: readonly ChartDay[]): string {
  const busy = days.filter(({ peerBytes, originBytes }) => peerBytes + originBytes > 0);
  return `Bytes by day. ${busy.slice(-31).map(inWords).join('. ')}`;
}
