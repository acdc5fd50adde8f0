import { formatSpeed } from '../formats/format-speed.ts';
import type { TransferListModel } from '../transfer-list-model.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { Icon } from './icon.tsx';

/** What went out, while sharing is on or when something did. */
export function PopupFooter({ list }: { readonly list: TransferListModel }) {
  const uploadedBytes = list.uploadedBytes.value;
  const bytesPerS = list.uploadBytesPerS.value;
  if (list.settings.value.sharing !== 'share' && uploadedBytes === 0) return null;
  return (
    <footer class="bottom">
      <span>{POPUP_WORDS.uploaded(uploadedBytes)}</span>
      {bytesPerS > 0 && (
        <span class="upload" title={POPUP_WORDS.uploadHint}>
          <Icon name="upload" />
          {formatSpeed(bytesPerS)}
        </span>
      )}
    </footer>
  );
}
