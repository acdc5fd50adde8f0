import { readColdViews } from '../platform/browser/cold-views.ts';
import { connectWhileSeen } from '../platform/webext/connect-while-seen.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { AddModel } from '../ui/add-model.ts';
import { AddSheetModel } from '../ui/add-sheet/add-sheet-model.ts';
import { AddSheet } from '../ui/components/add-sheet.tsx';
import { linkFromQuery } from '../ui/link-from-query.ts';
import { showScreen } from '../ui/show-screen.ts';
import { TransferListModel } from '../ui/transfer-list-model.ts';
import { ADD_WORDS } from '../ui/words/add-words.ts';
import { ADD_ACTIONS } from './add-actions.ts';

/** The add sheet. What was recorded is shown at once; what the engine tells takes its place. */
const list = new TransferListModel();
const cold = readColdViews();
if (cold !== null) list.showCold(cold);
connectWhileSeen((event) => list.apply(event));
const sheet = new AddSheetModel(list, ADD_ACTIONS);
const link = linkFromQuery(location.search);
if (link !== null) {
  history.replaceState(null, '', location.pathname); // a reload must not add it again
  void sheet.open(link);
}
const adding = new AddModel(ADD_ACTIONS);
showScreen({
  title: () => ADD_WORDS.title,
  draw: () => <AddSheet list={list} sheet={sheet} adding={adding} actions={ADD_ACTIONS} />,
  settings: list.settings,
  speak: speakLanguage,
});
