import type { LedgerTotals } from '../../model/data-views.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { sayTotals } from '../words/totals-words.ts';

const HOSTS_SHOWN = 20;

/** Which web servers sent most, over all time. */
export function HostsPart({ totals: { hosts, otherHostsBytes } }: { readonly totals: LedgerTotals }) {
  if (hosts.length === 0) return null;
  const rest = hosts.slice(HOSTS_SHOWN).reduce((sum, { bytes }) => sum + bytes, otherHostsBytes);
  const most = hosts[0]?.bytes ?? 1;
  return (
    <section aria-labelledby="hosts-title">
      <h2 id="hosts-title">{sayTotals('byHost')}</h2>
      <table class="hosts by-row" aria-labelledby="hosts-title">
        <tbody>
          {hosts.slice(0, HOSTS_SHOWN).map(({ host, bytes }) => (
            <tr key={host}>
              <th scope="row">
                <bdi>{displayName(host)}</bdi>
              </th>
              <td class="day-bar" aria-hidden="true">
                <span class="day-track">
                  <span
                    class="bar-part"
                    data-source="origins"
                    style={{ width: `${(100 * bytes) / Math.max(most, 1)}%` }}
                  />
                </span>
              </td>
              <td data-numeric>{formatBytes(bytes)}</td>
            </tr>
          ))}
          {rest > 0 && (
            <tr>
              <th scope="row">{sayTotals('otherHosts')}</th>
              <td class="day-bar" aria-hidden="true" />
              <td data-numeric>{formatBytes(rest)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
