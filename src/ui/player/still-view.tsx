import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FileIndex } from '../../model/ids.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { sayPlayer } from '../words/player-words.ts';
import { ImageView } from './image-view.tsx';
import { PdfView } from './pdf-view.tsx';
import type { PlayerModel } from './player-model.ts';
import { TextView } from './text-view.tsx';

/** Beyond this nothing is shown: the page would have to hold all of it. */
const MAX_WHOLE_BYTES = 200_000_000;
/** As much of a text is shown. */
const MAX_TEXT_BYTES = 1_000_000;

type Read =
  | { readonly state: 'reading' | 'failed' | 'too-large' }
  | { readonly state: 'here'; readonly bytes: Uint8Array<ArrayBuffer>; readonly file: FileIndex };

/** An image, a text or a PDF, in the place of the film. */
export function StillView({ model }: { readonly model: PlayerModel }) {
  const { file, lengthBytes } = model.state.value;
  const path = model.path.value;
  const kind = model.kind.value;
  const name = path.at(-1) ?? '';
  const listed = model.files.value.find(({ index }) => index === file);
  const wholeBytes = lengthBytes > 0 ? lengthBytes : (listed?.lengthBytes ?? 0);
  const read = useSignal<Read>({ state: 'reading' });
  useEffect(() => {
    const leaving = new AbortController();
    if (kind !== 'text' && wholeBytes > MAX_WHOLE_BYTES) read.value = { state: 'too-large' };
    else if (wholeBytes > 0) {
      read.value = { state: 'reading' };
      const endByte = kind === 'text' ? Math.min(wholeBytes, MAX_TEXT_BYTES) : wholeBytes;
      model.actions.readBytes(file, 0, endByte, leaving.signal).then(
        (bytes) => {
          // What crosses from the feed may lie in shared or larger memory; a Blob wants plain bytes of its own.
          if (!leaving.signal.aborted) read.value = { state: 'here', bytes: new Uint8Array(bytes), file };
        },
        () => {
          if (!leaving.signal.aborted) read.value = { state: 'failed' };
        },
      );
    }
    return () => leaving.abort();
  }, [file, wholeBytes, kind]);
  const now = read.value;
  return (
    <div class="still" data-kind={kind}>
      {now.state !== 'here' || now.file !== file ? (
        <div class="cover">
          {now.state === 'reading' && <span class="wheel" aria-hidden="true" />}
          <p class="cover-title" role="status">
            {now.state === 'too-large'
              ? sayPlayer('tooLarge', { size: formatBytes(wholeBytes) })
              : sayPlayer(now.state === 'failed' ? 'stillFailed' : 'readingFile')}
          </p>
        </div>
      ) : kind === 'image' ? (
        <ImageView bytes={now.bytes} name={displayName(name)} />
      ) : kind === 'pdf' ? (
        <PdfView bytes={now.bytes} name={displayName(name)} shown={model.actions.showsPdf} />
      ) : (
        <TextView bytes={now.bytes} name={displayName(name)} lengthBytes={wholeBytes} />
      )}
    </div>
  );
}
