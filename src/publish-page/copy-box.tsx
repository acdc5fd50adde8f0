import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { PUBLISH_WORDS } from './publish-words.ts';

type Props = {
  /** What the field is called. */
  readonly name: string;
  readonly text: string;
  /** What the button is called; the visible words stay. */
  readonly copyName?: string;
  readonly rows?: number;
  readonly copyText: (text: string) => Promise<boolean>;
};

const COPIED_FOR_MS = 2_000;

/** A text to take away: read-only, selected whole by a click, with a button that copies it. */
export function CopyBox({ name, text, copyName = PUBLISH_WORDS.copy, rows = 2, copyText }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const isCopied = useSignal(false);
  useEffect(() => {
    if (!isCopied.value) return;
    const timer = setTimeout(() => {
      isCopied.value = false;
    }, COPIED_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied.value]);
  return (
    <div class="copy-box">
      <label class="copy-name" for={id}>
        {name}
      </label>
      <textarea
        id={id}
        ref={field}
        class="field code"
        readOnly
        rows={rows}
        dir="ltr"
        spellcheck={false}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <button
        type="button"
        class="button"
        aria-label={copyName}
        onClick={async () => {
          isCopied.value = await copyText(text);
          if (!isCopied.value) field.current?.focus(); // which selects it, for the keyboard to copy
        }}
      >
        {isCopied.value ? PUBLISH_WORDS.copied : PUBLISH_WORDS.copy}
      </button>
      <span class="only-spoken" aria-live="polite">
        {isCopied.value ? PUBLISH_WORDS.copied : ''}
      </span>
    </div>
  );
}
