import { sayDetail } from '../words/detail-words.ts';
import { AddSourceForm } from './add-source-form.tsx';
import { OriginsTable } from './origins-table.tsx';
import { PeersTable } from './peers-table.tsx';
import { TrackersTable } from './trackers-table.tsx';
import type { TabProps } from './transfer-detail.tsx';

/** Who there is to get the torrent from, and how they do. */
export function SourcesTab(props: TabProps) {
  const sources = props.model.sources.value;
  if (sources === null) return <p class="quiet">{sayDetail('asking')}</p>;
  const { peers, origins, trackers } = sources;
  return (
    <div class="stack">
      <section aria-labelledby="peers-title">
        <h3 id="peers-title">{sayDetail('peersTitle', { count: peers.length })}</h3>
        <PeersTable rows={peers} />
      </section>
      <section aria-labelledby="origins-title">
        <h3 id="origins-title">{sayDetail('originsTitle', { count: origins.length })}</h3>
        <OriginsTable rows={origins} {...props} />
      </section>
      <section aria-labelledby="trackers-title">
        <h3 id="trackers-title">{sayDetail('trackersTitle', { count: trackers.length })}</h3>
        <TrackersTable rows={trackers} {...props} />
      </section>
      <AddSourceForm {...props} />
    </div>
  );
}
