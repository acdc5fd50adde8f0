import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { isRightToLeft } from '../../words/say.ts';
import { sayDetail, tabWords } from '../words/detail-words.ts';
import type { DetailModel } from './detail-model.ts';
import { DETAIL_TABS, type DetailTab, tabAfterKey } from './detail-tabs.ts';

type Props = { readonly model: DetailModel; readonly children: ComponentChildren };

const tabId = (tab: DetailTab): string => `detail-tab-${tab}`;
const PANEL_ID = 'detail-tab-panel';

/** The row of tabs and what the chosen one shows. Arrows choose at once (WAI-ARIA, tabs with automatic activation). */
export function DetailTabs({ model, children }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const chosen = model.tab.value;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = tabAfterKey(event.key, chosen, isRightToLeft());
    if (next === null) return;
    event.preventDefault();
    model.choose(next);
    row.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={sayDetail('tabs')} ref={row} onKeyDown={onKeyDown}>
        {DETAIL_TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            class="tab"
            id={tabId(tab)}
            aria-selected={tab === chosen}
            aria-controls={PANEL_ID}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => model.choose(tab)}
          >
            {tabWords(tab)}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reached with the keyboard */}
      <div class="tab-panel" role="tabpanel" id={PANEL_ID} aria-labelledby={tabId(chosen)} tabIndex={0} key={chosen}>
        {children}
      </div>
    </>
  );
}
