import type { OriginRow } from '../../model/transfer-details.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { originStateWords, sayDetail, speedWords } from '../words/detail-words.ts';
import { type Column, DataTable } from './data-table.tsx';
import { SourceButtons } from './source-buttons.tsx';
import type { TabProps } from './transfer-detail.tsx';

type Props = TabProps & { readonly rows: readonly OriginRow[] };

/** The web servers that have the files. */
export function OriginsTable({ rows, ...props }: Props) {
  return (
    <DataTable
      name={sayDetail('origins')}
      columns={columns(props)}
      rows={rows}
      idOf={({ origin }) => origin}
      first={{ column: 'speed', isDescending: true }}
      empty={sayDetail('noOrigins')}
    />
  );
}

const columns = (props: TabProps): readonly Column<OriginRow>[] => [
  {
    key: 'host',
    name: sayDetail('origin'),
    sortBy: ({ host }) => host,
    cell: ({ host, origin }) => (
      <span class="address" title={displayName(origin)}>
        <bdi>{displayName(host)}</bdi>
      </span>
    ),
  },
  {
    key: 'speed',
    name: sayDetail('down'),
    hint: sayDetail('downHint'),
    isNumeric: true,
    sortBy: ({ health }) => (health?.runningRequests === 0 ? 0 : (health?.rateBytesPerS ?? null)),
    cell: ({ health }) => (health === null || health.runningRequests === 0 ? '–' : speedWords(health.rateBytesPerS)),
  },
  {
    key: 'first-byte',
    name: sayDetail('firstByte'),
    hint: sayDetail('firstByteHint'),
    isNumeric: true,
    sortBy: ({ health }) => health?.firstByteMs ?? null,
    cell: ({ health }) => {
      const ms = health?.firstByteMs ?? null;
      return ms === null ? '–' : sayDetail('ms', { ms: Math.round(ms) });
    },
  },
  {
    key: 'got',
    name: sayDetail('got'),
    isNumeric: true,
    sortBy: ({ health }) => health?.bytes ?? null,
    cell: ({ health }) => (health === null ? '–' : formatBytes(health.bytes)),
  },
  {
    key: 'requests',
    name: sayDetail('requests'),
    hint: sayDetail('requestsHint'),
    isNumeric: true,
    sortBy: ({ health }) => health?.requests ?? null,
    cell: ({ health }) => (health === null ? '–' : String(health.requests)),
  },
  { key: 'state', name: sayDetail('state'), cell: (row) => <span class="wrap">{originStateWords(row)}</span> },
  {
    key: 'do',
    name: sayDetail('do'),
    isQuiet: true,
    cell: ({ origin, host, health }) => (
      <SourceButtons url={origin} host={host} isOwn={health?.mirrorOf == null} {...props} />
    ),
  },
];
