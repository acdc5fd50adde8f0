import type { ComponentChildren } from 'preact';
import { moneySaved, type Statistics } from '../../model/statistics.ts';
import { formatBytes } from '../../ui/formats/format-bytes.ts';
import { formatSpeed } from '../../ui/formats/format-speed.ts';
import type { DashboardModel } from '../dashboard-model.ts';
import { formatMoney } from '../format-money.ts';
import { formatShare } from '../format-share.ts';
import { completionShare, speedSentence } from '../statistics-words.ts';
import { PriceField } from './price-field.tsx';

type Props = { readonly model: DashboardModel; readonly statistics: Statistics };

/** The numbers that a publisher looks for first. */
export function Figures({ model, statistics }: Props) {
  const { totals, price, speeds } = statistics;
  const share = completionShare(totals);
  return (
    <section class="figures" aria-label="Figures">
      <Offload statistics={statistics} />
      <Figure id="money" title={(totals.savedBytes ?? 0) < 0 ? 'Extra cost' : 'Saved'} value={money(statistics)}>
        <PriceField model={model} price={price} />
      </Figure>
      <Figure id="downloads" title="Downloads" value={totals.completions.toLocaleString('en')}>
        <p>
          {totals.withPeers.toLocaleString('en')} with peers, {totals.plain.toLocaleString('en')} plain
          {totals.control > 0 && `, ${totals.control.toLocaleString('en')} without peers to compare`}
        </p>
        {share !== null && <p class="quiet">{formatShare(share)} of those begun with peers were finished</p>}
      </Figure>
      <Figure
        id="speed"
        title="Median speed"
        value={speeds.mixed.medianBytesPerS === null ? '–' : formatSpeed(speeds.mixed.medianBytesPerS)}
      >
        <p>{speedSentence(speeds)}</p>
        {speeds.control.medianBytesPerS !== null && (
          <p class="quiet">{formatSpeed(speeds.control.medianBytesPerS)} from the origin alone, as clients report</p>
        )}
      </Figure>
    </section>
  );
}

function Offload({ statistics }: { readonly statistics: Statistics }) {
  const { offload, savedBytes, originBytes, deliveredBytes } = statistics.totals;
  const peers = Math.max(0, savedBytes ?? 0);
  const peersPercent = peers + originBytes === 0 ? 0 : (100 * peers) / (peers + originBytes);
  return (
    <Figure id="offload" title="Offload" value={offload === null ? '–' : formatShare(offload)} isFirst>
      <div class="split" aria-hidden="true">
        <span class="split-peers" style={{ width: `${peersPercent}%` }} />
        <span class="split-origin" style={{ width: `${originBytes === 0 ? 0 : 100 - peersPercent}%` }} />
      </div>
      <dl class="sources">
        <div>
          <dt data-source="peers">From peers</dt>
          <dd id="peer-bytes">{savedBytes === null ? 'not known' : formatBytes(peers)}</dd>
        </div>
        <div>
          <dt data-source="origin">From the origin</dt>
          <dd id="origin-bytes">{formatBytes(originBytes)}</dd>
        </div>
      </dl>
      {savedBytes !== null && savedBytes < 0 && (
        <p class="cost">
          The origin sent {formatBytes(-savedBytes)} more than the {formatBytes(deliveredBytes)} that were delivered:
          downloads that were broken off cost it too.
        </p>
      )}
    </Figure>
  );
}

function money({ totals: { savedBytes }, price }: Statistics): string {
  if (savedBytes === null) return '–';
  return price === null
    ? formatBytes(Math.abs(savedBytes))
    : formatMoney(moneySaved(savedBytes, price), price.currency);
}

type FigureProps = {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly isFirst?: boolean;
  readonly children: ComponentChildren;
};

function Figure({ id, title, value, isFirst = false, children }: FigureProps) {
  return (
    <section class={isFirst ? 'figure figure-first' : 'figure'} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p class="value" id={id}>
        {value}
      </p>
      {children}
    </section>
  );
}
