import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { Mark } from '../components/mark.tsx';
import { formatSpeed } from '../formats/format-speed.ts';
import { sayInManager } from '../words/manager-words.ts';
import type { ManagerModel } from './manager-model.ts';
import { MANAGER_VIEWS, type ManagerView } from './use-view.ts';

type Props = { readonly model: ManagerModel; readonly view: ManagerView; readonly hasTotals: boolean };

/** Brand, views, search, what is done with all, and how fast all of them are. */
export function TopBar({ model, view, hasTotals }: Props) {
  const isAllPaused = model.list.list.settings.value.isAllPaused;
  const all = sayInManager(isAllPaused ? 'resumeAll' : 'pauseAll');
  return (
    <header class="bar-top">
      <h1 class="brand">
        <Mark />
        <span>{sayInManager('product')}</span>
      </h1>
      <nav class="views" aria-label={sayInManager('views')}>
        {MANAGER_VIEWS.filter((one) => one !== 'totals' || hasTotals).map((one) => (
          <a key={one} href={`#${one}`} aria-current={one === view ? 'page' : undefined}>
            {sayInManager(`view_${one}`)}
          </a>
        ))}
      </nav>
      {view === 'transfers' && <SearchField model={model} />}
      <Speeds model={model} />
      <div class="bar-buttons">
        <button
          type="button"
          class="button button-primary with-icon"
          aria-expanded={model.isAdding.value}
          aria-controls="add-panel"
          onClick={() => {
            model.isAdding.value = !model.isAdding.value;
          }}
        >
          <Icon name="add" />
          {sayInManager('add')}
        </button>
        <button
          type="button"
          class="button with-icon pause-all"
          aria-label={all}
          title={all}
          onClick={() => void model.pauseAll(!isAllPaused)}
        >
          <Icon name={isAllPaused ? 'resume' : 'pause'} />
          <span>{all}</span>
        </button>
        <IconButton
          icon="keys"
          name={sayInManager('keys')}
          onClick={() => {
            model.question.value = { kind: 'keys' };
          }}
        />
      </div>
    </header>
  );
}

function SearchField({ model: { list } }: Pick<Props, 'model'>) {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        id="search"
        class="field"
        type="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={sayInManager('search')}
        placeholder={sayInManager('searchShort')}
        value={list.search.value}
        onInput={(event) => list.searchFor(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'ArrowDown' && event.key !== 'Enter') return;
          event.preventDefault();
          if (event.key === 'Escape') list.searchFor('');
          document.querySelector<HTMLElement>('#transfers')?.focus();
        }}
      />
    </div>
  );
}

function Speeds({ model: { list } }: Pick<Props, 'model'>) {
  const { downBytesPerS, upBytesPerS } = list.sums.value;
  return (
    <p class="speeds">
      <span title={sayInManager('speedDown')}>
        <Icon name="download" />
        <span class="only-spoken">{sayInManager('speedDown')}</span>
        {formatSpeed(downBytesPerS)}
      </span>
      <span title={sayInManager('speedUp')}>
        <Icon name="upload" />
        <span class="only-spoken">{sayInManager('speedUp')}</span>
        {formatSpeed(upBytesPerS)}
      </span>
    </p>
  );
}
