import type { TrackerRow } from '../../model/transfer-details.ts';
import { displayName } from '../formats/display-name.ts';
import { agoWords, sayDetail, trackerHost, trackerStateWords } from '../words/detail-words.ts';
import { type Column, DataTable } from './data-table.tsx';
import { SourceButtons } from './source-buttons.tsx';
import type { TabProps } from './transfer-detail.tsx';

type Props = TabProps & { readonly rows: readonly TrackerRow[] };

/** The servers where peers find each other. */
export function TrackersTable({ rows, ...props }: Props) {
  return (
    <DataTable
      name={sayDetail('trackers')}
      columns={columns(props)}
      rows={rows}
      idOf={({ url }) => url}
      first={{ column: 'host', isDescending: false }}
      empty={sayDetail('noTrackers')}
    />
  );
}

const countWords = (count: number | null): string => (count === null ? '–' : String(count));

const columns = (props: TabProps): readonly Column<TrackerRow>[] => [
  {
    key: 'host',
    name: sayDetail('tracker'),
    sortBy: trackerHost,
    cell: (row) => (
      <span class="address" title={displayName(row.url)}>
        <bdi>{displayName(trackerHost(row))}</bdi>
      </span>
    ),
  },
  {
    key: 'seeds',
    name: sayDetail('seeds'),
    hint: sayDetail('seedsHint'),
    isNumeric: true,
    sortBy: ({ seeds }) => seeds,
    cell: ({ seeds }) => countWords(seeds),
  },
  {
    key: 'peers',
    name: sayDetail('peers'),
    hint: sayDetail('trackerPeersHint'),
    isNumeric: true,
    sortBy: ({ peers }) => peers,
    cell: ({ peers }) => countWords(peers),
  },
  {
    key: 'answer',
    name: sayDetail('lastAnswer'),
    isNumeric: true,
    sortBy: ({ lastAnswerAtMs }) => lastAnswerAtMs,
    cell: ({ lastAnswerAtMs }) => agoWords(lastAnswerAtMs),
  },
  { key: 'state', name: sayDetail('state'), cell: (row) => <span class="wrap">{trackerStateWords(row)}</span> },
  {
    key: 'do',
    name: sayDetail('do'),
    isQuiet: true,
    cell: (row) => <SourceButtons url={row.url} host={trackerHost(row)} isOwn={!row.isAdded} {...props} />,
  },
];
