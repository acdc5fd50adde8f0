import { useEffect, useMemo } from 'preact/hooks';
import { Note } from '../components/note.tsx';
import { type PageWatch, THIS_PAGE } from '../detail/page-watch.ts';
import { newsWords, sayTotals } from '../words/totals-words.ts';
import { DaysPart } from './days-part.tsx';
import { HostsPart } from './hosts-part.tsx';
import { StatePart } from './state-part.tsx';
import { StoragePart } from './storage-part.tsx';
import { SumsPart } from './sums-part.tsx';
import type { TotalsActions } from './totals-actions.ts';
import { TotalsModel } from './totals-model.ts';

type Props = { readonly actions: TotalsActions; readonly watch?: PageWatch };

/** All transfers together: who brought what, by day and by host, what the store holds, and all of it as a file. */
export function TotalsView({ actions, watch = THIS_PAGE }: Props) {
  const model = useMemo(() => new TotalsModel(actions, watch), []);
  useEffect(() => model.open(), [model]);
  const totals = model.totals.value;
  const { value: failure } = model.failure;
  const { value: news } = model.news;
  return (
    <div class="totals">
      <p class="totals-news" role="status" data-empty={news === null}>
        {news !== null && newsWords(news)}
      </p>
      {failure !== null && (
        <div role="alert">
          <Note trouble={failure} />
        </div>
      )}
      {totals === null ? (
        failure === null && <p class="quiet">{sayTotals('asking')}</p>
      ) : (
        <>
          <SumsPart totals={totals} saveText={actions.saveText} />
          <DaysPart totals={totals} />
          <HostsPart totals={totals} />
        </>
      )}
      <StoragePart model={model} />
      <StatePart model={model} />
    </div>
  );
}
