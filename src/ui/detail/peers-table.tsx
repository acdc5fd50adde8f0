import type { PeerRow } from '../../model/transfer-details.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { percentWords, sayDetail, speedWords } from '../words/detail-words.ts';
import { PEER_SIGNS, peerSigns, signMeans, signWords } from '../words/peer-words.ts';
import { type Column, DataTable } from './data-table.tsx';

/** The peers that are connected now. */
export function PeersTable({ rows }: { readonly rows: readonly PeerRow[] }) {
  return (
    <>
      <DataTable
        name={sayDetail('peers')}
        columns={columns()}
        rows={rows}
        idOf={({ id }) => id}
        first={{ column: 'down', isDescending: true }}
        empty={sayDetail('noPeers')}
      />
      {rows.length > 0 && (
        <details class="legend-words">
          <summary class="quiet-summary">{sayDetail('whatWordsMean')}</summary>
          <dl>
            {PEER_SIGNS.map((sign) => (
              <div key={sign}>
                <dt>{signWords(sign)}</dt>
                <dd>{signMeans(sign)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

const columns = (): readonly Column<PeerRow>[] => [
  {
    key: 'client',
    name: sayDetail('peer'),
    sortBy: ({ client }) => client,
    cell: ({ client, id }) => (
      <>
        <bdi>{displayName(client) || sayDetail('unknownProgram')}</bdi>{' '}
        <span class="quiet">{displayName(id).slice(0, 6)}</span>
      </>
    ),
  },
  {
    key: 'down',
    name: sayDetail('down'),
    hint: sayDetail('downHint'),
    isNumeric: true,
    sortBy: ({ downBytesPerS }) => downBytesPerS,
    cell: ({ downBytesPerS }) => speedWords(downBytesPerS),
  },
  {
    key: 'up',
    name: sayDetail('up'),
    hint: sayDetail('upHint'),
    isNumeric: true,
    sortBy: ({ upBytesPerS }) => upBytesPerS,
    cell: ({ upBytesPerS }) => speedWords(upBytesPerS),
  },
  {
    key: 'got',
    name: sayDetail('got'),
    isNumeric: true,
    sortBy: ({ downBytes }) => downBytes,
    cell: ({ downBytes }) => formatBytes(downBytes),
  },
  {
    key: 'gave',
    name: sayDetail('gave'),
    isNumeric: true,
    sortBy: ({ upBytes }) => upBytes,
    cell: ({ upBytes }) => formatBytes(upBytes),
  },
  {
    key: 'has',
    name: sayDetail('has'),
    hint: sayDetail('hasHint'),
    isNumeric: true,
    sortBy: ({ has }) => has,
    cell: ({ has }) => percentWords(has),
  },
  {
    key: 'trip',
    name: sayDetail('roundTrip'),
    hint: sayDetail('roundTripHint'),
    isNumeric: true,
    sortBy: ({ roundTripMs }) => roundTripMs,
    cell: ({ roundTripMs }) => (roundTripMs === null ? '–' : sayDetail('ms', { ms: Math.round(roundTripMs) })),
  },
  {
    key: 'signs',
    name: sayDetail('now'),
    cell: (row) => (
      <span class="signs">
        {peerSigns(row).map((sign) => (
          <span key={sign} class="sign" data-sign={sign} title={signMeans(sign)}>
            {signWords(sign)}
          </span>
        ))}
      </span>
    ),
  },
];
