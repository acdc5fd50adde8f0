import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AddModel } from '../add-model.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { Icon } from './icon.tsx';

/** Makes the whole page take .torrent files, links and text that are dropped on it, and shows that it does. */
export function DropTarget({ adding }: { readonly adding: AddModel }) {
  const isOver = useSignal(false);
  useEffect(() => {
    const stop = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', listen: (event: DragEvent) => void) =>
      document.addEventListener(type, listen, { signal: stop.signal });
    const welcome = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      isOver.value = true;
    };
    on('dragenter', welcome);
    on('dragover', welcome);
    on('dragleave', (event) => {
      if (event.relatedTarget === null) isOver.value = false;
    });
    on('drop', (event) => {
      event.preventDefault(); // or the browser opens the file in place of this page
      isOver.value = false;
      take(event.dataTransfer, adding);
    });
    return () => stop.abort();
  }, [adding]);
  return isOver.value ? (
    <div class="drop" aria-hidden="true">
      <Icon name="drop" />
      <p>{POPUP_WORDS.drop}</p>
      <p class="quiet">{POPUP_WORDS.dropHint}</p>
    </div>
  ) : null;
}

function take(data: DataTransfer | null, adding: AddModel): void {
  if (data === null) return;
  const files = [...data.files];
  if (files.length > 0) void adding.takeFiles(files);
  else void adding.takeText(data.getData('text/uri-list') || data.getData('text/plain'));
}
