import { formatSpeed } from '../formats/format-speed.ts';
import type { TransferListModel } from '../transfer-list-model.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { Icon } from './icon.tsx';

type Props = { readonly list: TransferListModel; readonly onPublish: () => void };

/** What went out, while sharing is on or when something did; and the way to the page of those who publish. */
export function PopupFooter({ list, onPublish }: Props) {
  const uploadedBytes = list.uploadedBytes.value;
  const bytesPerS = list.uploadBytesPerS.value;
  const tellsUpload = list.settings.value.sharing === 'share' || uploadedBytes > 0;
  return (
    <footer class="bottom">
      {tellsUpload && <span>{POPUP_WORDS.uploaded(uploadedBytes)}</span>}
      {bytesPerS > 0 && (
        <span class="upload" title={POPUP_WORDS.uploadHint}>
          <Icon name="upload" />
          {formatSpeed(bytesPerS)}
        </span>
      )}
      <button type="button" class="link to-publish" title={POPUP_WORDS.publishHint} onClick={onPublish}>
        {POPUP_WORDS.publish}
      </button>
    </footer>
  );
}
