import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { SETTINGS_PAGE_WORDS } from '../words/settings-page-words.ts';

type Props = {
  /** What the button says, and what it is called. */
  readonly words: string;
  readonly name: string;
  readonly keepsSharing: boolean;
  readonly onReset: () => Promise<boolean>;
  readonly announce: (words: string) => void;
};

/** A button that asks before it puts settings back. The answer that changes nothing has the focus. */
export function ResetControl({ words, name, keepsSharing, onReset, announce }: Props) {
  const isAsking = useSignal(false);
  const cancel = useRef<HTMLButtonElement>(null);
  const open = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking.value) cancel.current?.focus();
    else if (wasAsking.current) open.current?.focus();
    wasAsking.current = isAsking.value;
  }, [isAsking.value]);
  const close = () => {
    isAsking.value = false;
  };
  if (!isAsking.value) {
    return (
      <button
        ref={open}
        type="button"
        class="button button-quiet"
        aria-label={name}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {words}
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, these are buttons
    <div
      class="reset-question"
      role="group"
      aria-label={name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <p>
        {SETTINGS_PAGE_WORDS.resetQuestion} {keepsSharing && SETTINGS_PAGE_WORDS.resetKeepsSharing}
      </p>
      <button
        type="button"
        class="button button-danger"
        onClick={async () => {
          close();
          if (await onReset()) announce(SETTINGS_PAGE_WORDS.resetDone);
        }}
      >
        {SETTINGS_PAGE_WORDS.reset}
      </button>
      <button ref={cancel} type="button" class="button" onClick={close}>
        {SETTINGS_PAGE_WORDS.cancel}
      </button>
    </div>
  );
}
