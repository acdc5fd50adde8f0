import { readColdViews } from '../platform/browser/cold-views.ts';
import { connectWhileSeen } from '../platform/webext/connect-while-seen.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';
import { AddModel } from '../ui/add-model.ts';
import { PopupScreen } from '../ui/components/popup-screen.tsx';
import { showScreen } from '../ui/show-screen.ts';
import { TransferListModel } from '../ui/transfer-list-model.ts';
import { POPUP_WORDS } from '../ui/words/popup-words.ts';
import { POPUP_ACTIONS } from './popup-actions.ts';

/**
 * The popup. It shows at once what the engine wrote down for it: waking the background and the engine takes longer than
 * the eye forgives. What the engine tells takes its place.
 */
const list = new TransferListModel();
const cold = readColdViews();
if (cold !== null) list.showCold(cold);
connectWhileSeen((event) => list.apply(event));
const adding = new AddModel(POPUP_ACTIONS);
showScreen({
  title: () => POPUP_WORDS.product,
  draw: () => <PopupScreen list={list} adding={adding} actions={POPUP_ACTIONS} />,
  settings: list.settings,
  speak: speakLanguage,
});
