import { useSignal } from '@preact/signals';
import { type FileIdentity, moneySaved, type Price, type Statistics, type Tally } from '../../model/statistics.ts';
import { displayName } from '../../ui/formats/display-name.ts';
import { formatBytes } from '../../ui/formats/format-bytes.ts';
import { formatCount } from '../../ui/formats/format-count.ts';
import type { DashboardModel } from '../dashboard-model.ts';
import { csvPath } from '../edge-api.ts';
import { formatMoney } from '../format-money.ts';
import { formatShare } from '../format-share.ts';
import { daysOf } from '../span-choice.ts';

type File = Statistics['files'][number];
type Column = {
  readonly title: string;
  readonly sortBy: (file: File) => number | string;
  readonly show: (file: File, price: Price | null) => string;
};

const COLUMNS: readonly Column[] = [
  { title: 'File', sortBy: nameOf, show: nameOf },
  { title: 'Size', sortBy: ({ sizeBytes }) => sizeBytes ?? -1, show: ({ sizeBytes }) => bytesOrDash(sizeBytes) },
  {
    title: 'Downloads',
    sortBy: ({ completions }) => completions,
    show: ({ completions }) => completions.toLocaleString('en'),
  },
  {
    title: 'From peers',
    sortBy: ({ savedBytes }) => Math.max(0, savedBytes ?? -1),
    show: ({ savedBytes }) => bytesOrDash(savedBytes === null ? null : Math.max(0, savedBytes)),
  },
  {
    title: 'From the origin',
    sortBy: ({ originBytes }) => originBytes,
    show: ({ originBytes }) => formatBytes(originBytes),
  },
  {
    title: 'Offload',
    sortBy: ({ offload }) => offload ?? Number.NEGATIVE_INFINITY,
    show: ({ offload }) => (offload === null ? '–' : formatShare(offload)),
  },
  { title: 'Saved', sortBy: ({ savedBytes }) => savedBytes ?? Number.NEGATIVE_INFINITY, show: saved },
];

type Props = { readonly model: DashboardModel; readonly statistics: Statistics };

/** Each file's share; a click on a column's title sorts by it, a second click the other way round. */
export function FileTable({ model, statistics: { files, filesLeftOut, price } }: Props) {
  const sorting = useSignal<{ readonly title: string; readonly isDown: boolean }>({
    title: 'From peers',
    isDown: true,
  });
  const column = COLUMNS.find(({ title }) => title === sorting.value.title) ?? (COLUMNS[0] as Column);
  const sorted = files.toSorted((a, b) => {
    const order = compare(column.sortBy(a), column.sortBy(b));
    return (sorting.value.isDown ? -order : order) || compare(a.infoHash, b.infoHash);
  });
  const sort = (title: string) => {
    const { title: old, isDown } = sorting.value;
    sorting.value = { title, isDown: title === old ? !isDown : title !== 'File' };
  };
  return (
    <section class="files" aria-labelledby="files-title">
      <div class="section-head">
        <h2 id="files-title">Files</h2>
        <CsvLink model={model} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keys */}
      <section class="wide" tabIndex={0} aria-label="Table of files">
        <table>
          <thead>
            <tr>
              {COLUMNS.map(({ title }) => (
                <th key={title} scope="col" aria-sort={sortOf(title, sorting.value)}>
                  <button type="button" onClick={() => sort(title)}>
                    {title}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((file) => (
              <tr key={file.infoHash}>
                <th scope="row" title={nameOf(file)}>
                  {nameOf(file)}
                </th>
                {COLUMNS.slice(1).map(({ title, show }) => (
                  <td key={title}>{show(file, price)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {filesLeftOut > 0 && (
        <p class="quiet">{formatCount(filesLeftOut, 'file')} with fewer bytes are in the figures and the CSV.</p>
      )}
    </section>
  );
}

function CsvLink({ model }: { readonly model: DashboardModel }) {
  if (!model.isSignedIn.value)
    return (
      <button type="button" class="button" onClick={model.askForKey}>
        Sign in for the CSV
      </button>
    );
  return (
    <a class="button" href={csvPath(daysOf(model.span.value, Date.now()))} download>
      CSV for billing
    </a>
  );
}

const sortOf = (title: string, sorting: { readonly title: string; readonly isDown: boolean }) =>
  title !== sorting.title ? 'none' : sorting.isDown ? 'descending' : 'ascending';

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'en');
  return a === b ? 0 : a < b ? -1 : 1;
}

function nameOf({ name, infoHash }: FileIdentity): string {
  return name === null ? `not known here (${infoHash.slice(0, 8)}…)` : displayName(name);
}

const bytesOrDash = (bytes: number | null): string => (bytes === null ? '–' : formatBytes(bytes));

function saved({ savedBytes }: Tally, price: Price | null): string {
  if (savedBytes === null) return '–';
  if (price !== null) return formatMoney(moneySaved(savedBytes, price), price.currency);
  return `${savedBytes < 0 ? '−' : ''}${formatBytes(Math.abs(savedBytes))}`;
}
