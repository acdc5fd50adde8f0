import { useSignal } from '@preact/signals';
import type { Actions } from '../actions.ts';
import type { AddModel } from '../add-model.ts';
import type { TransferListModel } from '../transfer-list-model.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { AddForm } from './add-form.tsx';
import { DropTarget } from './drop-target.tsx';
import { EmptyState } from './empty-state.tsx';
import { IconButton } from './icon-button.tsx';
import { Mark } from './mark.tsx';
import { PageLinks } from './page-links.tsx';
import { PageMediaOffer } from './page-media-offer.tsx';
import { PopupFooter } from './popup-footer.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { TransferList } from './transfer-list.tsx';

type Props = { readonly list: TransferListModel; readonly adding: AddModel; readonly actions: Actions };

/** The whole popup. */
export function PopupScreen({ list, adding, actions }: Props) {
  const isSettingsOpen = useSignal(false);
  const spoken = useSignal('');
  const outcome = adding.outcome.value;
  const calledId = outcome.kind === 'added' ? outcome.added.id : null;
  const isEmpty = list.isKnown.value && list.rows.value.length + list.staged.value.length === 0;
  const openSharing = () => {
    isSettingsOpen.value = true;
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#settings input')?.focus());
  };
  return (
    <>
      <header class="top">
        <h1 class="brand">
          <Mark />
          {POPUP_WORDS.product}
        </h1>
        <span class="top-buttons">
          <IconButton icon="list" name={POPUP_WORDS.allTransfers} onClick={actions.showManager} />
          <IconButton
            icon="settings"
            name={POPUP_WORDS.settings}
            aria-expanded={isSettingsOpen.value}
            aria-controls="settings"
            onClick={() => {
              isSettingsOpen.value = !isSettingsOpen.value;
            }}
          />
        </span>
      </header>
      <main class="content">
        <AddForm adding={adding} />
        <PageLinks adding={adding} count={actions.countPageLinks} />
        <PageMediaOffer actions={actions} />
        <div class="scroll">
          {isSettingsOpen.value && <SettingsPanel settings={list.settings.value} setSettings={actions.setSettings} />}
          {!isSettingsOpen.value && list.isKnown.value && list.settings.value.sharing === 'not-asked' && (
            <p class="banner">
              {POPUP_WORDS.bannerState}{' '}
              <button type="button" class="link" onClick={openSharing}>
                {POPUP_WORDS.bannerOffer}
              </button>
            </p>
          )}
          {!isSettingsOpen.value && list.settings.value.isAllPaused && (
            <p class="banner">
              {POPUP_WORDS.allPaused}{' '}
              <button type="button" class="link" onClick={() => void actions.setSettings({ isAllPaused: false })}>
                {POPUP_WORDS.resumeAll}
              </button>
            </p>
          )}
          {list.staged.value.length > 0 && (
            <p class="banner">
              {POPUP_WORDS.waiting(list.staged.value.length)}{' '}
              <button type="button" class="link" onClick={actions.showAddSheet}>
                {POPUP_WORDS.choose}
              </button>
            </p>
          )}
          <TransferList
            list={list}
            actions={actions}
            calledId={calledId}
            announce={(words) => {
              spoken.value = words;
            }}
          />
          {isEmpty && <EmptyState />}
        </div>
      </main>
      <PopupFooter list={list} onPublish={actions.openPublishPage} />
      <div class="only-spoken" aria-live="polite">
        {spoken.value}
      </div>
      <DropTarget adding={adding} />
    </>
  );
}
