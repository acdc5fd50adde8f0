import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { TransferView } from '../../model/transfer-view.ts';
import { Note } from '../components/note.tsx';
import { sayDetail } from '../words/detail-words.ts';
import type { DetailActions } from './detail-actions.ts';
import { DetailModel } from './detail-model.ts';
import { DetailTabs } from './detail-tab-row.tsx';
import { Diagnosis } from './diagnosis.tsx';
import { FilesTab } from './files-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { type PageWatch, THIS_PAGE } from './page-watch.ts';
import { PiecesTab } from './pieces-tab.tsx';
import { SourcesTab } from './sources-tab.tsx';

export type TabProps = {
  readonly model: DetailModel;
  readonly transfer: ReadonlySignal<TransferView>;
  readonly actions: DetailActions;
  /** Says something to screen readers. */
  readonly announce: (words: string) => void;
};

type Props = Omit<TabProps, 'model'> & { readonly watch?: PageWatch };

/** Everything about one transfer, in tabs. To be mounted anew for each transfer. */
export function TransferDetail({ transfer, actions, announce, watch = THIS_PAGE }: Props) {
  const model = useMemo(() => new DetailModel(transfer.peek().id, actions, watch), []);
  useEffect(() => model.open(), [model]);
  const props: TabProps = { model, transfer, actions, announce };
  const failure = model.failure.value;
  return (
    <div class="detail">
      <Diagnosis {...props} />
      {failure !== null && (
        <div class="detail-trouble" role="alert">
          <Note trouble={failure} />
        </div>
      )}
      {model.isGone.value && <p class="detail-trouble quiet">{sayDetail('gone')}</p>}
      <DetailTabs model={model}>
        <ShownTab {...props} />
      </DetailTabs>
    </div>
  );
}

function ShownTab(props: TabProps) {
  switch (props.model.tab.value) {
    case 'overview':
      return <OverviewTab {...props} />;
    case 'files':
      return <FilesTab {...props} />;
    case 'sources':
      return <SourcesTab {...props} />;
    case 'pieces':
      return <PiecesTab {...props} />;
    case 'log':
      return <LogTab {...props} />;
  }
}
