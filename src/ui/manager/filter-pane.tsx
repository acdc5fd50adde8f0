import { numberTag } from '../../words/spoken.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { sayInManager } from '../words/manager-words.ts';
import type { ManagerList } from './list/manager-list.ts';
import { STATE_GROUPS, type StateGroup } from './list/state-groups.ts';

type Props = { readonly list: ManagerList; readonly isNarrow: boolean };

const ICONS: Readonly<Record<StateGroup, IconName>> = {
  all: 'list',
  downloading: 'download',
  waiting: 'wait',
  seeding: 'upload',
  done: 'done',
  paused: 'pause',
  trouble: 'alert',
};

/** What the list is narrowed to, with how many there are; where there is little room, one closed list. */
export function FilterPane({ list, isNarrow }: Props) {
  return isNarrow ? <FilterChoice list={list} /> : <Filters list={list} />;
}

function Filters({ list }: Pick<Props, 'list'>) {
  const counts = list.counts.value;
  const labels = list.labels.value;
  const isWhole = list.list.isWhole.value;
  return (
    <nav class="filters" aria-label={sayInManager('groups')}>
      <ul>
        {STATE_GROUPS.map((group) => (
          <li key={group}>
            <button
              type="button"
              class="filter"
              data-group={group}
              aria-pressed={list.group.value === group}
              onClick={() => list.showGroup(group)}
            >
              <Icon name={ICONS[group]} />
              <span class="filter-name">{sayInManager(`group_${group}`)}</span>
              {isWhole && <span class="filter-count">{inWords(counts[group])}</span>}
            </button>
          </li>
        ))}
      </ul>
      {labels.length > 0 && (
        <>
          <h3>{sayInManager('labels')}</h3>
          <ul>
            {labels.map(([label, count]) => (
              <li key={label}>
                <button
                  type="button"
                  class="filter"
                  aria-pressed={list.label.value === label}
                  onClick={() => list.showLabel(label)}
                >
                  <Icon name="label" />
                  <span class="filter-name" title={label}>
                    <bdi class="filter-label">{label}</bdi>
                  </span>
                  {isWhole && <span class="filter-count">{inWords(count)}</span>}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function FilterChoice({ list }: Pick<Props, 'list'>) {
  const counts = list.counts.value;
  const labels = list.labels.value;
  const isWhole = list.list.isWhole.value;
  return (
    <div class="filter-choice">
      <select
        class="field"
        aria-label={sayInManager('groups')}
        value={list.group.value}
        onChange={(event) => list.showGroup(event.currentTarget.value as StateGroup)}
      >
        {STATE_GROUPS.map((group) => (
          <option key={group} value={group}>
            {withCount(sayInManager(`group_${group}`), counts[group], isWhole)}
          </option>
        ))}
      </select>
      {labels.length > 0 && (
        <select
          class="field"
          aria-label={sayInManager('labels')}
          value={list.label.value ?? ''}
          onChange={(event) => list.onlyLabel(event.currentTarget.value || null)}
        >
          <option value="">{sayInManager('labelNone')}</option>
          {labels.map(([label, count]) => (
            <option key={label} value={label}>
              {withCount(label, count, isWhole)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Counts are told when the whole list is known: those of a part of it would be wrong. */
const withCount = (name: string, count: number, isWhole: boolean): string =>
  isWhole ? `${name} (${inWords(count)})` : name;

const inWords = (count: number): string => count.toLocaleString(numberTag());
