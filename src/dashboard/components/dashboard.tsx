import { Mark } from '../../ui/components/mark.tsx';
import type { DashboardModel } from '../dashboard-model.ts';
import { isEmpty } from '../is-empty.ts';
import { DailyChart } from './daily-chart.tsx';
import { EmptyPage } from './empty-page.tsx';
import { Figures } from './figures.tsx';
import { FileTable } from './file-table.tsx';
import { Notes, Trouble } from './notes.tsx';
import { Places } from './places.tsx';
import { SignIn } from './sign-in.tsx';
import { SpanPicker } from './span-picker.tsx';

type Props = { readonly model: DashboardModel; readonly origin: string };

/** The whole page. `origin`: where the edge is, for the line to be pasted. */
export function Dashboard({ model, origin }: Props) {
  return (
    <div class="page">
      <header class="top">
        <h1 class="brand">
          <Mark /> Rivulet <span class="quiet">edge</span>
        </h1>
        <SpanPicker model={model} />
      </header>
      <main>
        <Content model={model} origin={origin} />
      </main>
    </div>
  );
}

function Content({ model, origin }: Props) {
  const statistics = model.statistics.value;
  if (model.needsKey.value) return <SignIn model={model} />;
  if (statistics === null)
    return model.trouble.value === null ? (
      <p class="waiting quiet" role="status">
        Counting…
      </p>
    ) : (
      <Trouble model={model} />
    );
  return (
    <>
      <Trouble model={model} />
      {isEmpty(statistics) ? (
        <EmptyPage model={model} origin={origin} />
      ) : (
        <>
          <Figures model={model} statistics={statistics} />
          <Notes statistics={statistics} />
          <DailyChart statistics={statistics} />
          <FileTable model={model} statistics={statistics} />
        </>
      )}
      <Places />
    </>
  );
}
