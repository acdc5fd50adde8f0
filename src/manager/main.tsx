import { readColdViews } from '../platform/browser/cold-views.ts';
import { connectWhileSeen } from '../platform/webext/connect-while-seen.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { AddModel } from '../ui/add-model.ts';
import { TransferDetail } from '../ui/detail/transfer-detail.tsx';
import { ManagerList } from '../ui/manager/list/manager-list.ts';
import { ManagerModel } from '../ui/manager/manager-model.ts';
import type { ManagerParts } from '../ui/manager/manager-parts.ts';
import { ManagerScreen } from '../ui/manager/manager-screen.tsx';
import { SettingsView } from '../ui/settings/settings-view.tsx';
import { showScreen } from '../ui/show-screen.ts';
import { TotalsView } from '../ui/totals/totals-view.tsx';
import { TransferListModel } from '../ui/transfer-list-model.ts';
import { sayInManager } from '../ui/words/manager-words.ts';
import { DETAIL_ACTIONS } from './detail-actions.ts';
import { LOCAL_MEMORY } from './local-memory.ts';
import { MANAGER_ACTIONS } from './manager-actions.ts';
import { TOTALS_ACTIONS } from './totals-actions.ts';

/** The page of all transfers. As the popup, it shows at once what was written down, until the engine speaks. */
const list = new TransferListModel();
const cold = readColdViews();
if (cold !== null) list.showCold({ transfers: [...cold.transfers, ...cold.first], settings: cold.settings });
const model = new ManagerModel(
  new ManagerList(list, {
    memory: LOCAL_MEMORY,
    now: () => performance.now(),
    later: (act, afterMs) => void setTimeout(act, afterMs),
  }),
  MANAGER_ACTIONS,
  LOCAL_MEMORY,
);
connectWhileSeen((event) => model.list.apply(event), {
  onLink: (link) => {
    model.isEngineLost.value = link === 'lost';
  },
  first: () => model.list.first(),
});

const parts: ManagerParts = {
  Detail: (props) => <TransferDetail {...props} actions={DETAIL_ACTIONS} />,
  Totals: () => <TotalsView actions={TOTALS_ACTIONS} />,
  Settings: () => <SettingsView settings={list.settings} setSettings={MANAGER_ACTIONS.setSettings} />,
};

const adding = new AddModel(MANAGER_ACTIONS);
showScreen({
  title: () => sayInManager('title'),
  draw: () => <ManagerScreen model={model} adding={adding} actions={MANAGER_ACTIONS} parts={parts} />,
  settings: list.settings,
  speak: speakLanguage,
});
