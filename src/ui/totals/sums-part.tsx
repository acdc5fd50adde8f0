import type { LedgerTotals } from '../../model/data-views.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { sayTotals, shareWords, wastedWords } from '../words/totals-words.ts';
import type { TotalsActions } from './totals-actions.ts';
import { hostsCsv, offloadOf, totalsCsv, totalsJson } from './totals-export.ts';

type Props = { readonly totals: LedgerTotals; readonly saveText: TotalsActions['saveText'] };

/** What came and went over all time, in a few large figures. */
export function SumsPart({ totals, saveText }: Props) {
  const { peerBytes, originBytes, uploadedBytes, wastedBytes } = totals.all;
  const offload = offloadOf(totals.all);
  return (
    <section aria-labelledby="sums-title">
      <div class="section-line">
        <h2 id="sums-title">{sayTotals('allTime')}</h2>
        <span class="links">
          <button type="button" class="link" onClick={() => saveText(totalsJson(totals), 'rivulet-totals.json')}>
            {sayTotals('json')}
          </button>
          <button type="button" class="link" onClick={() => saveText(totalsCsv(totals), 'rivulet-days.csv')}>
            {sayTotals('daysCsv')}
          </button>
          <button type="button" class="link" onClick={() => saveText(hostsCsv(totals), 'rivulet-hosts.csv')}>
            {sayTotals('hostsCsv')}
          </button>
        </span>
      </div>
      <dl class="figures">
        <Figure name={sayTotals('fromPeers')} source="peers" value={formatBytes(peerBytes)} />
        <Figure name={sayTotals('fromOrigins')} source="origins" value={formatBytes(originBytes)} />
        <Figure
          name={sayTotals('offload')}
          hint={sayTotals('offloadHint')}
          value={offload === null ? '–' : shareWords(offload)}
        />
        <Figure name={sayTotals('uploaded')} value={formatBytes(uploadedBytes)} />
      </dl>
      {wastedWords(wastedBytes) !== '' && <p class="quiet">{wastedWords(wastedBytes)}</p>}
    </section>
  );
}

type FigureProps = {
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
  readonly source?: 'peers' | 'origins';
};

function Figure({ name, value, hint, source }: FigureProps) {
  return (
    <div class="figure" {...(hint === undefined ? {} : { title: hint })}>
      <dt>
        {source !== undefined && <span class="dot" data-source={source} />}
        {name}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
