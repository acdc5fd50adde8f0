import type { TransferView } from '../../model/transfer-view.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { Icon } from './icon.tsx';

/** How fast a transfer serves others; nothing while it serves nobody. */
export function UploadSpeed({ view: { uploadBytesPerS } }: { readonly view: TransferView }) {
  if (uploadBytesPerS <= 0) return null;
  return (
    <span class="upload" title={POPUP_WORDS.uploadHint}>
      <Icon name="upload" />
      {formatSpeed(uploadBytesPerS)}
    </span>
  );
}
