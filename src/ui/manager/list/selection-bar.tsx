import { Icon, type IconName } from '../../components/icon.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { controlsOf } from '../../controls.ts';
import { sayInManager } from '../../words/manager-words.ts';
import type { ManagerModel } from '../manager-model.ts';
import { openPolicyMenu, openQueueMenu, openRowMenu } from './row-menu.ts';
import { chooseNone } from './selection.ts';

/** Of more rows everything is offered: to look through thousands at each tick would cost more than it tells. */
const LOOKED_AT = 200;

type Props = { readonly model: ManagerModel; readonly isNarrow: boolean };

/** How many rows there are, or how many are chosen and what can be done with them. */
export function SelectionBar({ model, isNarrow }: Props) {
  const { list } = model;
  const chosen = [...list.selection.value.chosen];
  return (
    <div class="selection-bar" role="toolbar" aria-label={sayInManager('transfers')} data-chosen={chosen.length > 0}>
      {chosen.length === 0 ? <Shown model={model} /> : <Chosen model={model} isNarrow={isNarrow} />}
      {!isNarrow && (
        <IconButton icon="columns" name={sayInManager('columns')} onClick={() => model.ask({ kind: 'columns' })} />
      )}
    </div>
  );
}

function Shown({ model: { list } }: Pick<Props, 'model'>) {
  const all = list.counts.value.all;
  const shown = list.rows.value.length;
  const words = sayInManager.count('shown', all);
  return (
    <p class="selection-count quiet" role="status">
      {shown === all ? words : sayInManager('shownOf', { shown: String(shown), all: words })}
    </p>
  );
}

function Chosen({ model, isNarrow }: Props) {
  const { list } = model;
  const ids = [...list.selection.value.chosen];
  const views = ids.slice(0, LOOKED_AT).flatMap((id) => list.viewSignal(id)?.value ?? []);
  const isMany = ids.length > LOOKED_AT;
  const toggles = views.map((view) => controlsOf(view).toggle);
  const isQueued = isMany || views.some(({ queuePlace }) => queuePlace !== null);
  const below = (event: MouseEvent) => {
    const { left, right, bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return { x: document.documentElement.dir === 'rtl' ? right : left, y: bottom + 2 };
  };
  return (
    <>
      <p class="selection-count" role="status">
        {sayInManager.count('chosen', ids.length)}
      </p>
      <Tool
        icon="pause"
        name={sayInManager('pause')}
        isOff={!isMany && !toggles.includes('pause')}
        act={() => void model.pause(ids)}
      />
      <Tool
        icon="resume"
        name={sayInManager('resume')}
        isOff={!isMany && !toggles.includes('resume')}
        act={() => void model.resume(ids)}
      />
      <Tool icon="bin" name={sayInManager('remove')} act={() => model.ask({ kind: 'remove', ids })} />
      {!isNarrow && (
        <>
          <span class="tool-line" aria-hidden="true" />
          <Tool
            icon="list"
            name={sayInManager('queue')}
            isOff={!isQueued}
            isMenu
            act={(event) => openQueueMenu(model, below(event))}
          />
          <Tool
            icon="settings"
            name={sayInManager('policy')}
            isMenu
            act={(event) => openPolicyMenu(model, below(event))}
          />
          <Tool icon="label" name={sayInManager('label')} act={() => model.ask({ kind: 'label', ids })} />
        </>
      )}
      <Tool icon="more" name={sayInManager('more')} isMenu act={(event) => openRowMenu(model, below(event))} />
      <Tool
        icon="remove"
        name={sayInManager('chooseNone')}
        act={() => {
          list.selection.value = chooseNone(list.selection.peek());
          document.querySelector<HTMLElement>('#transfers')?.focus();
        }}
      />
    </>
  );
}

type ToolProps = {
  readonly icon: IconName;
  readonly name: string;
  readonly act: (event: MouseEvent) => void;
  readonly isOff?: boolean;
  readonly isMenu?: boolean;
};

/** What cannot be done now stays where it is, so that the others do not move; it keeps the focus, too. */
function Tool({ icon, name, act, isOff = false, isMenu = false }: ToolProps) {
  return (
    <button
      type="button"
      class="tool"
      aria-disabled={isOff}
      aria-haspopup={isMenu ? 'menu' : undefined}
      aria-label={name}
      title={name}
      onClick={(event) => !isOff && act(event)}
    >
      <Icon name={icon} />
      <span>{name}</span>
    </button>
  );
}
