import type { LedgerDetail } from '../../model/transfer-details.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import { displayName } from '../formats/display-name.ts';
import { exportFileName } from '../formats/export-file-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { percentWords, sayDetail, wasteWords } from '../words/detail-words.ts';
import { ledgerCsv, ledgerJson } from './ledger-export.ts';
import type { TabProps } from './transfer-detail.tsx';

/** Waste below this is not worth a line; the files that are saved have it. */
const WORTH_A_LINE_BYTES = 1_000;
/** Lines of a list before the rest is one line. */
const SHOWN = 6;

/** Who brought how much, what was given back and what was wasted; and all of it as a file. */
export function LedgerPart({ model, transfer, actions }: TabProps) {
  const ledger = model.ledger.value;
  const view = transfer.value;
  if (ledger === null) return null;
  const save = (text: string, what: string) => actions.saveText(text, exportFileName(view.name, what));
  return (
    <section class="ledger" aria-labelledby="ledger-title">
      <div class="section-line">
        <h3 id="ledger-title">{sayDetail('ledger')}</h3>
        <span class="links">
          <button type="button" class="link" onClick={() => save(ledgerJson(view, ledger), 'ledger.json')}>
            {sayDetail('exportJson')}
          </button>
          <button type="button" class="link" onClick={() => save(ledgerCsv(ledger), 'ledger.csv')}>
            {sayDetail('exportCsv')}
          </button>
        </span>
      </div>
      <table class="sums" aria-labelledby="ledger-title">
        <tbody>
          {linesOf(ledger, view).map(({ key, level, name, bytes, note }) => (
            <tr key={key} data-level={level}>
              <th scope="row" class="sums-name">
                {level === 0 && key in DOT && <span class="dot" data-source={DOT[key]} />}
                <bdi>{name}</bdi>
              </th>
              <td data-numeric class="sums-cell">
                {formatBytes(bytes)}
              </td>
              <td data-numeric class="sums-cell quiet">
                {note}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Line = {
  readonly key: string;
  readonly level: 0 | 1;
  readonly name: string;
  readonly bytes: number;
  readonly note: string;
};

const DOT: Readonly<Record<string, string>> = { peers: 'peers', origins: 'origins', here: 'here' };

function linesOf(ledger: LedgerDetail, view: TransferView): Line[] {
  const { verified, hosts, peers, otherHostsBytes, otherPeersBytes, uploadedBytes, vouchedBytes, wastedBytes } = ledger;
  const downloaded = verified.peerBytes + verified.originBytes;
  const share = (bytes: number) => (downloaded === 0 ? '' : percentWords(bytes / downloaded));
  const line = (key: string, level: 0 | 1, name: string, bytes: number, note = ''): Line[] =>
    bytes > 0 ? [{ key, level, name, bytes, note }] : [];
  const top = (key: string, level: 0 | 1, name: string, bytes: number, note = ''): Line[] => [
    { key, level, name, bytes, note },
  ];
  return [
    ...top('peers', 0, sayDetail('fromPeers'), verified.peerBytes, share(verified.peerBytes)),
    ...named(
      'peer',
      peers.map(({ name, bytes }) => [name, bytes]),
      otherPeersBytes,
      line,
    ),
    ...top('origins', 0, sayDetail('fromOrigins'), verified.originBytes, share(verified.originBytes)),
    ...named(
      'host',
      hosts.map(({ host, bytes }) => [host, bytes]),
      otherHostsBytes,
      line,
    ),
    ...line('vouched', 1, sayDetail('vouchedBytes'), vouchedBytes),
    ...line('here', 0, sayDetail('wasHere'), verified.hereBytes),
    ...top('uploaded', 0, sayDetail('uploaded'), uploadedBytes),
    ...Object.entries(wastedBytes).flatMap(([reason, bytes]) =>
      bytes < WORTH_A_LINE_BYTES ? [] : line(reason, 0, wasteWords(reason as keyof typeof wastedBytes), bytes),
    ),
    ...(view.sizeBytes === null ? [] : line('size', 0, sayDetail('size'), view.sizeBytes)),
  ];
}

/** Names that brought most, and all others as one line. */
function named(
  key: string,
  entries: readonly (readonly [name: string, bytes: number])[],
  moreBytes: number,
  line: (key: string, level: 1, name: string, bytes: number) => Line[],
): Line[] {
  const sorted = entries.toSorted(([, a], [, b]) => b - a);
  const rest = sorted.slice(SHOWN).reduce((sum, [, bytes]) => sum + bytes, moreBytes);
  return [
    ...sorted.slice(0, SHOWN).flatMap(([name, bytes]) => line(`${key} ${name}`, 1, displayName(name), bytes)),
    ...line(`${key} more`, 1, sayDetail('allOthers'), rest),
  ];
}
