import { readColdViews } from '../platform/browser/cold-views.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { AddModel } from '../ui/add-model.ts';
import { ManagerList } from '../ui/manager/list/manager-list.ts';
import { ManagerModel } from '../ui/manager/manager-model.ts';
import type { ManagerParts } from '../ui/manager/manager-parts.ts';
import { ManagerScreen } from '../ui/manager/manager-screen.tsx';
import { ShortDetail } from '../ui/manager/short-detail.tsx';
import { SettingsView } from '../ui/settings/settings-view.tsx';
import { showScreen } from '../ui/show-screen.ts';
import { TransferListModel } from '../ui/transfer-list-model.ts';
import { sayInManager } from '../ui/words/manager-words.ts';
import { connectWhileSeen } from './connect-while-seen.ts';
import { LOCAL_MEMORY } from './local-memory.ts';
import { MANAGER_ACTIONS } from './manager-actions.ts';

/** The page of all transfers. As the popup, it shows at once what was written down, until the engine speaks. */
const list = new TransferListModel();
const cold = readColdViews();
if (cold !== null) list.showCold(cold);
const model = new ManagerModel(
  new ManagerList(list, {
    memory: LOCAL_MEMORY,
    now: () => performance.now(),
    later: (act, afterMs) => void setTimeout(act, afterMs),
  }),
  MANAGER_ACTIONS,
  LOCAL_MEMORY,
);
connectWhileSeen(
  (event) => model.list.apply(event),
  (link) => {
    model.isEngineLost.value = link === 'lost';
  },
);

const parts: ManagerParts = {
  Detail: ShortDetail,
  Totals: null,
  Settings: () => <SettingsView settings={list.settings} setSettings={MANAGER_ACTIONS.setSettings} />,
};

const adding = new AddModel(MANAGER_ACTIONS);
showScreen({
  title: () => sayInManager('title'),
  draw: () => <ManagerScreen model={model} adding={adding} actions={MANAGER_ACTIONS} parts={parts} />,
  settings: list.settings,
  speak: speakLanguage,
});
