import { useEffect } from 'preact/hooks';
import type { AddModel } from '../add-model.ts';
import { isEditable } from './is-editable.ts';

/** What is pasted anywhere outside of fields is added. */
export function usePaste(adding: AddModel): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (isEditable(event.target) || event.clipboardData === null) return;
      const files = [...event.clipboardData.files];
      const text = event.clipboardData.getData('text/plain').trim();
      if (files.length > 0) void adding.takeFiles(files);
      else if (text !== '') void adding.takeText(text);
      else return;
      event.preventDefault();
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [adding]);
}
