import type { AddSheetModel, DontAsk } from '../add-sheet/add-sheet-model.ts';
import { ADD_WORDS } from '../words/add-words.ts';

/** Whether links start at once from now on: all of them, or those of this site. */
export function DontAskChoice({ sheet }: { readonly sheet: AddSheetModel }) {
  const site = sheet.site.value;
  const chosen = sheet.dontAsk.value;
  const choose = (wanted: DontAsk) => {
    sheet.dontAsk.value = wanted;
  };
  return (
    <div class="dont-ask">
      <label>
        <input
          type="checkbox"
          checked={chosen !== 'ask'}
          onChange={(event) => choose(event.currentTarget.checked ? (site === null ? 'all' : 'site') : 'ask')}
        />
        {ADD_WORDS.dontAsk}
      </label>
      {chosen !== 'ask' && site !== null && (
        <select
          aria-label={ADD_WORDS.dontAsk}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value as DontAsk)}
        >
          <option value="site">{ADD_WORDS.dontAskSite(site)}</option>
          <option value="all">{ADD_WORDS.dontAskAll}</option>
        </select>
      )}
    </div>
  );
}
