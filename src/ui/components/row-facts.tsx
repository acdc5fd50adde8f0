import type { TransferView } from '../../model/transfer-view.ts';
import { dataStateOf } from '../data-state.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatCount } from '../formats/format-count.ts';
import { verifiedBytes } from '../progress.ts';
import { underlyingState } from '../underlying-state.ts';
import { stateInList } from '../words/manager-words.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { Icon } from './icon.tsx';
import { UploadSpeed } from './upload-speed.tsx';

/** The line under the bar: what the transfer does, how long it takes, how big it is; when it is done, also what goes out. */
export function RowFacts({ view }: { readonly view: TransferView }) {
  const words = stateInList(view);
  const isDone = view.state.phase === 'done';
  return (
    <div class="facts">
      <span class="state">
        {isDone && <Icon name="done" />}
        {/* Not live: with fifty rows a screen reader would never be silent. The popup announces the ends itself. */}
        <span role="status" aria-live="off">
          {words}
        </span>
      </span>
      {view.state.phase === 'downloading' && view.secondsLeft !== null && (
        <span>{POPUP_WORDS.timeLeft(view.secondsLeft)}</span>
      )}
      {isDone && view.files !== null && view.files > 1 && <span class="files">{formatCount(view.files, 'file')}</span>}
      {view.isSeeding && view.peersConnected > 0 && <span>{formatCount(view.peersConnected, 'peer')}</span>}
      {isDone && <UploadSpeed view={view} />}
      <span class="size">{sizeWords(view)}</span>
    </div>
  );
}

function sizeWords(view: TransferView): string | null {
  if (view.sizeBytes === null) return null;
  const { phase } = underlyingState(view.state);
  const isWhole = phase === 'done' || phase === 'saving' || dataStateOf(view.state) === 'checking';
  return isWhole ? formatBytes(view.sizeBytes) : POPUP_WORDS.sizeOf(verifiedBytes(view), view.sizeBytes);
}
